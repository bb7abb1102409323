//! The start page, the palette, the inbox, the desk of the quarantine, first run; and two browsers that agree.

use kith_testkit::browser::Browser;
use serde_json::{Value, json};

use super::company::{Company, Person, is_clean, order};

/// Presses a key on the page, or in the field that has the focus.
fn press(browser: &Browser, key: &str, control: bool) {
    let _done = browser.evaluate(&format!(
        "(document.activeElement || document.body).dispatchEvent(new KeyboardEvent('keydown', \
         {{key: '{key}', ctrlKey: {control}, bubbles: true, cancelable: true}}));"
    ));
}

/// Moves the mouse to where it rests on nothing: what is under it is not changed while it is read.
fn leave(browser: &Browser) {
    let _done = browser.devtools("Input.dispatchMouseEvent", &json!({"type": "mouseMoved", "x": 2, "y": 2}));
}

/// No wider than its window.
fn is_narrow(browser: &Browser) {
    let wide = browser
        .evaluate("return document.documentElement.scrollWidth - document.documentElement.clientWidth;");
    assert_eq!(wide, json!(0), "{} scrolls sideways", browser.url());
}

#[test]
fn an_empty_company_is_told_how_to_begin_and_a_full_one_how_things_stand() {
    let company = Company::found();
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page("/"));
    browser.wait_for("first run", |browser| browser.url().ends_with("/welcome"));
    assert_eq!(browser.count(".welcome .three .card"), 3);
    assert!(browser.text(".steps").contains("First accounts"));
    is_clean(&browser);
    company.customer("Brightwater Foods", "premium");
    browser.open(&company.page("/"));
    browser.wait_for("the start page", |browser| browser.count("#home-needs") == 1);
    assert!(browser.text("h1").starts_with("Good "));
    assert_eq!(browser.count("#outcome-data_quality"), 1);
    assert_eq!(browser.count("#outcome-retention"), 0, "what cannot be told is left out");
    browser.viewport(390, 844);
    is_narrow(&browser);
    is_clean(&browser);
}

#[test]
fn two_browsers_agree_without_being_loaded_again() {
    let company = Company::with_customers();
    let Some(one) = company.browser(Person::Admin) else { return };
    let Some(other) = company.browser(Person::ArManager) else { return };
    for browser in [&one, &other] {
        browser.open(&company.page("/?scope=all"));
        leave(browser);
        browser.wait_for("the stream", |browser| browser.text("#live").contains("Live"));
    }
    let first = |browser: &Browser| browser.attribute("#home-happenings .feed li", "id");
    let before = first(&one);
    company.happen(&order("calder-chemicals", 0));
    for browser in [&one, &other] {
        browser.wait_for("what happened", |browser| first(browser) != before);
    }
    assert_eq!(first(&one), first(&other), "both show the same");
    // A change that waits for one of them is counted for that one, and no longer once it is decided.
    let mark = ".side [data-count='changes']";
    let waiting = company.propose("Fenwright", "standard");
    other.wait_for("the count", |browser| browser.text(mark) == "1");
    other.wait_for("the need", |browser| browser.text("#home-needs").contains("Fenwright"));
    company.approve(&waiting);
    other.wait_for("no count", |browser| browser.text(mark).is_empty());
    other.wait_for("no need", |browser| !browser.text("#home-needs").contains("Fenwright"));
    // A feed that runs all day does not grow.
    for _ in 0..5 {
        company.happen(&Value::Array((0..8).map(|_| order("dune-retail", 0)).collect()));
    }
    one.wait_for("the latest", |browser| browser.text("#home-happenings .feed li").contains("Dune"));
    assert!(one.count("#home-happenings .feed > li") <= 12);
    assert!(one.count(".chart.desk") <= 1);
    is_clean(&one);
    is_clean(&other);
}

#[test]
fn the_palette_finds_asks_and_jumps_by_keys_alone() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Admin) else { return };
    press(&browser, "k", true);
    browser.wait_for("the palette", |browser| browser.count("dialog#palette[open]") == 1);
    browser.wait_for("what can be done", |browser| browser.count("#palette-options [role=option]") > 3);
    browser.fill("#palette-q", "brigthwater");
    browser.wait_for("the account", |browser| browser.text("#palette-options").contains("Brightwater Foods"));
    let active = browser.attribute("#palette-q", "aria-activedescendant").unwrap();
    assert_eq!(browser.attribute(&format!("#{active}"), "aria-selected").as_deref(), Some("true"));
    press(&browser, "Enter", false);
    browser.wait_for("the page of the account", |browser| browser.title().starts_with("Brightwater Foods"));
    press(&browser, "k", true);
    browser.fill("#palette-q", "premium customers");
    browser.wait_for("the answer", |browser| browser.text(".palette-said").contains("2 accounts"));
    // The list as a whole, and the accounts at its head.
    let options = browser.text("#palette-options");
    for wanted in ["Open as list", "Brightwater Foods", "Calder Chemicals"] {
        assert!(options.contains(wanted), "{wanted}: {options}");
    }
    browser.fill("#palette-q", "how many orders did Calder Chemicals place in 90 days");
    browser.wait_for("the figure", |browser| browser.count(".palette-said .answer-figures dd") > 0);
    let said = browser.text(".palette-said");
    assert!(said.contains("Calder Chemicals") && said.contains("ago"), "with its age: {said}");
    is_clean(&browser);
    press(&browser, "k", true);
    browser.wait_for("the palette to close", |browser| browser.count("dialog#palette[open]") == 0);
    press(&browser, "?", false);
    browser.wait_for("the keys", |browser| browser.count("dialog#keys[open]") == 1);
    browser.click("#keys button");
    press(&browser, "g", false);
    press(&browser, "i", false);
    browser.wait_for("the inbox", |browser| browser.url().ends_with("/inbox"));
    // The same without script is a page.
    browser.scripts(false);
    browser.open(&company.page("/ask?q=calder"));
    assert!(browser.text("main").contains("Calder Chemicals"));
    browser.click("main .list a");
    browser.wait_for("the account", |browser| browser.url().contains("/accounts/acc_"));
    is_clean(&browser);
}

#[test]
fn the_navigation_of_an_administrator_fits_and_the_sheet_of_keys_is_what_the_keys_do() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Admin) else { return };
    let height =
        "const side = document.querySelector('.side'); return side.scrollHeight - side.clientHeight;";
    assert_eq!(browser.evaluate(height), json!(0), "it is seen without scrolling");
    assert!(browser.count(".side .nav a") >= 17);
    // What is folded away stays so.
    browser.click("#group-data > summary");
    browser.wait_for("the fold", |browser| browser.count("#group-data[open]") == 0);
    browser.open(&company.page("/accounts"));
    assert_eq!(browser.count("#group-data[open]"), 0);
    // Escape leaves the field that asks; a letter is a key again.
    press(&browser, "/", false);
    assert_eq!(browser.evaluate("return document.activeElement.id;"), "q");
    press(&browser, "Escape", false);
    assert_eq!(browser.evaluate("return document.activeElement.id;"), "");
    press(&browser, "?", false);
    browser.wait_for("the keys", |browser| browser.count("dialog#keys[open]") == 1);
    for wanted in ["Select up to here", "Log contact", "Onboarding", "Approve"] {
        assert!(browser.text("#keys").contains(wanted), "{wanted}");
    }
    browser.click("#keys button");
    press(&browser, "j", false);
    press(&browser, "x", false);
    assert_eq!(browser.count("#rows tr.sel"), 1);
    is_clean(&browser);
    // On a small screen the rest is in a drawer, in the same groups.
    browser.viewport(390, 844);
    browser.open(&company.page("/accounts"));
    browser.click(".tabbar .more > summary");
    browser.wait_for("the drawer", |browser| browser.text(".tabbar .more .panel").contains("Quarantine"));
    is_narrow(&browser);
    is_clean(&browser);
}

#[test]
fn a_key_that_is_pressed_before_the_scripts_are_there_is_heard() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Admin) else { return };
    // As the first thing in the page, before any script but the one in its head has run.
    let early = "document.addEventListener('readystatechange', () => { if (document.readyState === 'interactive') \
        document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'k', ctrlKey: true, bubbles: true})); });";
    let _done = browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({"source": early}));
    browser.open(&company.page("/accounts"));
    browser.wait_for("the palette", |browser| browser.count("dialog#palette[open]") == 1);
    is_clean(&browser);
}

#[test]
fn the_inbox_is_read_put_off_and_counted() {
    let company = Company::found();
    let users = company.admin.get("/api/v1/users").expect(200);
    let ada = users["items"].as_array().unwrap().iter().find(|user| user["name"] == "Ada Admin").unwrap();
    let from = company.client_of("Sven Sales", "account_manager");
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page("/inbox"));
    assert!(browser.text("#inbox-list").contains("All read"));
    leave(&browser);
    for title in ["Call Acme", "Write to Acme"] {
        from.post("/api/v1/tasks", &json!({"kind": "call_back", "title": title, "assignee": ada["id"]}))
            .expect(201);
    }
    browser.wait_for("both", |browser| browser.count("#inbox-list li.unread") == 2);
    browser.wait_for("the count", |browser| browser.text(".side [data-count='unread']") == "2");
    browser.click("#inbox-list li.unread button[formaction='/inbox/snooze']");
    browser.wait_for("one less", |browser| browser.count("#inbox-list li.unread") == 1);
    browser.open(&company.page("/inbox?show=snoozed"));
    assert!(browser.text("#inbox-list").contains("back "));
    browser.open(&company.page("/inbox"));
    browser.click(".head form button");
    browser.wait_for("nothing more", |browser| browser.text("#inbox-list").contains("All read"));
    assert_eq!(browser.text(".side [data-count='unread']"), "");
    is_clean(&browser);
}

#[test]
fn the_quarantine_is_worked_off_by_its_causes() {
    let company = Company::with_customers();
    let mut stray: Vec<Value> = (0..3).map(|_| order("nobody-knows", 1)).collect();
    stray[2]["time"] = json!("yesterday");
    let held = company.admin.post("/api/v1/touchpoints", &Value::Array(stray)).expect(200);
    assert_eq!(held["quarantined"].as_array().unwrap().len(), 3);
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page("/quarantine"));
    assert!(browser.text("#causes-title").contains("Causes"));
    assert!(
        browser.text("main .list li").contains("$2,500"),
        "two orders of one cause: {}",
        browser.text("main")
    );
    assert_eq!(browser.count("li[id^='qua_']"), 2);
    browser.click("#choose-all");
    browser.fill("#subject", "Dune");
    browser.fill("#reason", "A customer we know by another name.");
    browser.click("#chosen button[value='repair']");
    browser.wait_for("why not", |browser| browser.count("[role=alert]") == 1);
    assert_eq!(browser.attribute("#subject", "value").as_deref(), Some("Dune"), "what was typed is kept");
    let dune = company.admin.get("/api/v1/find?q=dune").expect(200);
    browser.fill("#subject", dune["items"][0]["account_number"].as_str().unwrap());
    browser.click("#chosen button[value='repair']");
    browser.wait_for("both", |browser| browser.text("main [role=status]").contains("Done with 2 of 2"));
    assert_eq!(browser.count("li[id^='qua_']"), 1);
    is_clean(&browser);
    browser.click("li[id^='qua_'] summary");
    browser.fill("li[id^='qua_'] textarea", "{ not json");
    browser.fill("li[id^='qua_'] form [name=reason]", "The time was a word.");
    browser.click("li[id^='qua_'] textarea ~ .row button");
    browser.wait_for("that it is no JSON", |browser| browser.text("[role=alert]").contains("not JSON"));
    assert!(browser.text("li[id^='qua_'] textarea").contains("{ not json"));
    browser.viewport(390, 844);
    is_narrow(&browser);
    is_clean(&browser);
}
