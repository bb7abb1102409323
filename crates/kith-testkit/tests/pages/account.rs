//! One account: its values live, its notes kept.

use kith_testkit::browser::Browser;

use super::company::{Company, Person, event, is_clean, order};

/// The value in the tile of a metric.
fn tile(browser: &Browser, metric: &str) -> String {
    browser.text(&format!("#tile-{metric} .val"))
}

#[test]
fn a_number_changes_while_one_looks() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Calder Chemicals");
    assert_eq!(tile(&browser, "service_issues_30d"), "0");
    browser.wait_for("the live stream", |browser| browser.text("#live") == "Live");
    assert_eq!(browser.evaluate("window.stillHere = true; return true"), true);
    let data = serde_json::json!({"exception_no": "X-77", "kind": "delay", "severity": "high"});
    company.happen(&event("calder-chemicals", "exception.detected", 0, &data));
    browser.wait_for("the new issue", |browser| tile(browser, "service_issues_30d") == "1");
    browser.wait_for("the line in the timeline", |browser| browser.text("#timeline").contains("delay, high"));
    assert_eq!(browser.evaluate("return window.stillHere === true"), true, "nothing was loaded again");
    is_clean(&browser);
}

#[test]
fn every_value_leads_to_its_evidence() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Brightwater Foods");
    browser.click("#tile-service_issues_30d");
    browser.wait_for("the metric", |browser| browser.url().contains("/metrics/service_issues_30d"));
    assert!(browser.text("section[aria-labelledby=evidence]").contains("Shipment exception"));
    assert_eq!(browser.text(".figure"), "3");
    for tab in ["timeline", "metrics", "master", "changes"] {
        company.open_account(&browser, "Brightwater Foods");
        browser.open(&format!("{}?tab={tab}", browser.url()));
        assert_eq!(browser.text("h1"), "Brightwater Foods", "{tab}");
    }
    is_clean(&browser);
}

#[test]
fn a_note_is_kept_with_its_writer() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Dune Retail");
    browser.fill("#note", "Prefers deliveries before ten.");
    browser.click("form[action$='/notes'] button");
    browser.wait_for("the note", |browser| browser.url().ends_with("#notes"));
    let notes = browser.text("section[aria-labelledby=notes]");
    assert!(notes.contains("Prefers deliveries before ten.") && notes.contains("Carl Controller"), "{notes}");
    // Whoever looks at the account at that time sees the next one come.
    let Some(other) = company.browser(Person::ArManager) else { return };
    company.open_account(&other, "Dune Retail");
    other.wait_for("the stream", |browser| browser.text("#live").contains("Live"));
    browser.fill("#note", "The gate code has changed.");
    browser.click("form[action$='/notes'] button");
    other.wait_for("the note of another", |browser| {
        browser.text("#note-log").contains("The gate code has changed.")
    });
    is_clean(&browser);
    is_clean(&other);
}

#[test]
fn an_account_reads_without_script() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::ArManager) else { return };
    company.open_account(&browser, "Brightwater Foods");
    let address = browser.url();
    browser.scripts(false);
    browser.open(&address);
    let html = browser.source();
    assert!(html.contains("Why health is") && html.contains("id=\"tile-service_issues_30d\""));
    browser.open(&format!("{address}?tab=timeline&group=shipments"));
    assert_eq!(browser.source().matches("Shipment exception: damage, high").count(), 3);
    browser.scripts(true);
    is_clean(&browser);
}

#[test]
fn the_list_follows_what_happens() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    browser.wait_for("the live stream", |browser| browser.text("#live") == "Live");
    let issues = "return [...document.querySelectorAll('#rows tr')]\
                  .find(row => row.textContent.includes('Dune Retail')).children[6].textContent.trim()";
    assert_eq!(browser.evaluate(issues), "0");
    company.happen(&order("dune-retail", 0));
    let data = serde_json::json!({"exception_no": "X-90", "kind": "delay", "severity": "high"});
    company.happen(&event("dune-retail", "exception.detected", 0, &data));
    browser.wait_for("the new issue", |browser| browser.evaluate(issues) == "1");
    is_clean(&browser);
}

#[test]
fn an_account_is_seen_as_a_legal_entity_sees_it() {
    let company = Company::with_customers();
    company.edit(
        "Brightwater Foods",
        &serde_json::json!({"payment_terms": "NET30", "overrides": {"EU": {"payment_terms": {"mode": "value", "value": "NET45"}}}}),
    );
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Brightwater Foods");
    let terms = |browser: &Browser| browser.text("section[aria-labelledby=terms]");
    assert!(terms(&browser).contains("NET30"), "{}", terms(&browser));
    let eu = "return [...document.querySelectorAll('nav.seg a')].find(link => link.href.includes('entity=EU')).textContent.trim()";
    assert!(browser.evaluate(eu).to_string().contains('1'), "one field is overridden there");
    browser.click("nav.seg a[href*='entity=EU']");
    browser.wait_for("the entity's terms", |browser| terms(browser).contains("NET45"));
    assert!(terms(&browser).contains("overridden here"), "{}", terms(&browser));
    let hover = "return document.querySelector('#own-payment_terms').textContent";
    let told = browser.evaluate(hover).to_string();
    assert!(told.contains("Master record: NET30") && told.contains("Set here by"), "{told}");
    is_clean(&browser);
}

#[test]
fn the_record_is_seen_as_it_was() {
    let company = Company::with_customers();
    company.edit("Calder Chemicals", &serde_json::json!({"payment_terms": "NET30"}));
    let before = jiff::Timestamp::now();
    company.edit("Calder Chemicals", &serde_json::json!({"payment_terms": "NET45"}));
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Calder Chemicals");
    let address = browser.url();
    browser.open(&format!("{address}/as-of/{before}"));
    assert!(browser.text("section[aria-labelledby=terms]").contains("NET30"));
    let since = browser.text("#since");
    assert!(since.contains("NET30") && since.contains("NET45"), "{since}");
    browser.open(&format!("{address}/as-of/2001-01-01"));
    assert_eq!(browser.count("#since"), 0, "{}", browser.text("main"));
    assert!(browser.text("main .note").len() > 10);
    is_clean(&browser);
}

#[test]
fn the_timeline_goes_on_while_one_scrolls() {
    let company = Company::with_customers();
    let orders: Vec<serde_json::Value> = (0..70).map(|day| order("evergreen-paper", day)).collect();
    company.happen(&serde_json::Value::Array(orders));
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Evergreen Paper");
    browser.open(&format!("{}?tab=timeline", browser.url()));
    assert_eq!(browser.count("#timeline .tl > li[id]"), 50);
    browser.run("scrollTo(0, document.body.scrollHeight); return true");
    browser.wait_for("the rest", |browser| browser.count("#timeline .tl > li[id]") == 70);
    assert_eq!(browser.count("#timeline a[rel=next]"), 0);
    is_clean(&browser);
}

#[test]
fn an_edit_of_what_another_changed_shows_all_three_values() {
    let company = Company::with_customers();
    company.edit("Dune Retail", &serde_json::json!({"payment_terms": "NET30"}));
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Dune Retail");
    let address = browser.url();
    browser.open(&format!("{address}/edit?field=payment_terms"));
    company.edit("Dune Retail", &serde_json::json!({"payment_terms": "NET45"}));
    browser.choose("#edit-payment_terms", "NET60");
    browser.click("button[data-send]");
    browser.wait_for("the three values", |browser| browser.count("#clashes") == 1);
    let clash = browser.text("#clashes");
    assert!(["NET30", "NET45", "NET60"].iter().all(|value| clash.contains(value)), "{clash}");
    let kept = "return document.querySelector('#edit-payment_terms').value";
    assert_eq!(browser.evaluate(kept), "NET60", "what was typed is kept");
    is_clean(&browser);
}

#[test]
fn a_new_account_needs_three_fields_and_says_what_is_wrong_with_them() {
    let company = Company::found();
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page("/accounts/new"));
    browser.fill("#edit-name", "Fernhill Dairy");
    browser.fill("#edit-email", "not an address");
    browser.run("document.querySelector('#edit-owning_entity').value = 'US'; return true");
    browser.run("document.querySelector('form[data-edit]').noValidate = true; return true");
    browser.click("button[data-send]");
    browser.wait_for("the fault at its field", |browser| browser.count("#edit-email-fault") == 1);
    assert_eq!(browser.evaluate("return document.querySelector('#edit-name').value"), "Fernhill Dairy");
    browser.run("document.querySelector('#edit-email').value = 'office@fernhill.example'; return true");
    browser.click("button[data-send]");
    browser.wait_for("the account, or its way there", |browser| {
        browser.run("document.querySelector('#outlook') && document.querySelector('button[data-send]')?.click(); return true");
        !browser.url().ends_with("/accounts/new")
    });
    assert!(browser.text("main").contains("Fernhill Dairy"));
    is_clean(&browser);
}

/// Presses a key where the focus is.
fn press(browser: &Browser, key: &str) {
    browser.run(&format!(
        "(document.activeElement || document.body).dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true, cancelable: true}})); return true"
    ));
}

#[test]
fn keys_of_the_account_open_forms_with_the_focus_in_them() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Dune Retail");
    let account = browser.url();
    press(&browser, "e");
    browser.wait_for("the form", |browser| browser.url().ends_with("/edit"));
    let focused = "return document.activeElement.id";
    browser.wait_for("the focus", |browser| browser.evaluate(focused) == "edit-name");
    // On a value of its own, E edits that value where it stands.
    browser.open(&format!("{account}?tab=master"));
    browser.run("document.querySelector('dd[data-field=website] .pen').focus(); return true");
    press(&browser, "e");
    browser.wait_for("the form in the row", |browser| browser.count("dd[data-field=website] form") == 1);
    assert_eq!(browser.evaluate(focused), "edit-website");
    browser.open(&format!("{account}?tab=master"));
    press(&browser, "n");
    browser.wait_for("the note", |browser| browser.evaluate(focused) == "note");
    browser.open(&format!("{account}?tab=master"));
    press(&browser, "t");
    browser.wait_for("the task", |browser| browser.evaluate(focused) == "task-title");
    browser.open(&account);
    press(&browser, "c");
    browser.wait_for("the new account", |browser| browser.url().ends_with("/accounts/new"));
    browser.wait_for("the focus", |browser| browser.evaluate(focused) == "edit-name");
    is_clean(&browser);
}

#[test]
fn a_second_change_of_a_field_is_warned_of_at_the_field() {
    let company = Company::with_customers();
    let first = company.submit_edit("Dune Retail", &serde_json::json!({"payment_terms": "NET45"}));
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Dune Retail");
    let account = browser.url();
    for place in ["edit", "edit?field=payment_terms", "edit?field=payment_terms&part=inline"] {
        browser.open(&format!("{account}/{place}"));
        let warned = browser.text("#edit-payment_terms-waits");
        assert!(warned.contains("NET45") && warned.contains("waits already"), "{place}: {warned}");
        let link = browser.attribute("#edit-payment_terms-waits a", "href");
        assert_eq!(link, Some(format!("/changes/{first}")), "{place}");
        let described = browser.attribute("#edit-payment_terms", "aria-describedby");
        assert_eq!(described.as_deref(), Some("edit-payment_terms-waits"));
    }
    browser.open(&format!("{account}?tab=master"));
    let row = browser.text("dd[data-field=payment_terms]");
    assert!(row.contains("waits") && row.contains("NET45"), "{row}");
    is_clean(&browser);
}

#[test]
fn an_edit_in_a_row_outlives_the_end_of_its_session() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Dune Retail");
    let page = format!("{}?tab=master", browser.url());
    browser.open(&page);
    browser.click("dd[data-field=website] a[data-inline]");
    browser.wait_for("the form", |browser| browser.count("#edit-website") == 1);
    browser.fill("#edit-website", "https://dune.example");
    browser.run("fetch('/sign-out', {method: 'POST', body: new URLSearchParams({csrf: document.querySelector('[name=csrf]').value})}).then(() => { document.body.dataset.out = '1'; }); return true");
    browser.wait_for("the end of the session", |browser| browser.count("body[data-out]") == 1);
    browser.click("dd[data-field=website] button[data-send]");
    browser.wait_for("the way back in", |browser| browser.count("dd[data-field=website] .lost a") == 1);
    browser.click("dd[data-field=website] .lost a");
    browser.wait_for("the door", |browser| browser.url().contains("/sign-in"));
    super::company::sign_in(&browser, Person::Controller, super::company::PASSWORD);
    browser.wait_for("the form with what was typed", |browser| {
        browser.url() == page
            && browser.count("#edit-website") == 1
            && browser.evaluate("return document.querySelector('#edit-website').value")
                == "https://dune.example"
    });
    is_clean(&browser);
}

#[test]
fn money_is_typed_beside_its_currency_and_managers_are_those_who_may() {
    let company = Company::with_customers();
    company.client_of("Vera", "viewer");
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Dune Retail");
    browser.open(&format!("{}/edit", browser.url()));
    let managers = browser.text("#edit-account_manager");
    assert!(!managers.contains("Vera"), "{managers}");
    browser.fill("#edit-credit_limit", "90,000.5");
    browser.choose("[name=\"credit_limit.currency\"]", "EUR");
    browser.wait_for("what it comes to", |browser| browser.text("[data-outlook]").contains("90,000.50"));
    assert!(browser.text("[data-outlook]").contains('€'), "{}", browser.text("[data-outlook]"));
    is_clean(&browser);
}
