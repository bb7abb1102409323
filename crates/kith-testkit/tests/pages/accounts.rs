//! The list: asking, mending, saving.

use kith_testkit::browser::{Browser, Theme};

use super::company::{Company, Person, is_clean};

const QUESTION: &str = "premium customers with declining orders and recent service issues";

#[test]
fn a_question_in_words_becomes_a_list_that_can_be_mended() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    assert_eq!(browser.count("#rows tr"), 4);
    browser.fill("#q", &format!("{QUESTION}\n"));
    browser.wait_for("the answer", |browser| browser.url().contains("q="));
    assert_eq!(browser.count("#rows tr"), 1, "{}", browser.text("main"));
    assert!(browser.text("#rows").contains("Brightwater Foods"));
    assert_eq!(browser.count(".chip .rm"), 3, "{}", browser.text(".chips"));
    // Without its last condition the list is longer or the same, and the address keeps the rest.
    browser.click(".chip .rm");
    browser.wait_for("the shorter filter", |browser| browser.count(".chip .rm") == 2);
    assert!(browser.url().contains("&f="), "{}", browser.url());
    while browser.count(".chip .rm") > 0 {
        let left = browser.count(".chip .rm") - 1;
        browser.click(".chip .rm");
        browser.wait_for("one condition less", |browser| browser.count(".chip .rm") == left);
    }
    assert_eq!(browser.count("#rows tr"), 4, "without conditions all are there, whatever was asked");
    is_clean(&browser);
}

#[test]
fn a_filter_that_cannot_be_read_is_shown_with_its_place() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    browser.open(&company.page("/accounts?f=teir+%3D%3D+%22premium%22"));
    assert_eq!(browser.text("pre.fault mark"), "teir");
    assert_eq!(browser.count("#rows"), 0);
    is_clean(&browser);
}

#[test]
fn a_list_is_kept_under_a_name() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    browser.open(&company.page("/accounts?f=tier+%3D%3D+%22premium%22&sort=-name&cols=orders_90d"));
    browser.click("details.menu:has(#view-name) > summary");
    browser.fill("#view-name", "Premium, Z to A\n");
    browser.wait_for("the view", |browser| browser.url().contains("view="));
    assert_eq!(browser.text("h1"), "Premium, Z to A");
    assert!(browser.text(".side").contains("Premium, Z to A"));
    assert!(browser.text("#rows tr").contains("Calder Chemicals"), "{}", browser.text("#rows"));
    assert_eq!(browser.count("#rows tr"), 2);
    is_clean(&browser);
}

#[test]
fn lists_read_without_script_and_in_both_themes() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    let ground = "return getComputedStyle(document.body).backgroundColor";
    let light = browser.evaluate(ground);
    browser.theme(Theme::Dark);
    assert_ne!(browser.evaluate(ground), light, "the dark theme has a ground of its own");
    browser.scripts(false);
    browser.open(&company.page("/accounts?q=top+2+customers+by+orders"));
    assert_eq!(browser.source().matches("<tr data-account=").count(), 2, "{}", browser.source());
    browser.scripts(true);
    is_clean(&browser);
}

/// Presses a key where the focus is.
fn press(browser: &Browser, key: &str) {
    browser.run(&format!(
        "(document.activeElement || document.body).dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true, cancelable: true}})); return true"
    ));
}

#[test]
fn rows_are_selected_by_keys_and_changed_together() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    let picked = |browser: &Browser| browser.count("#rows tr.sel");
    for key in ["j", "x", "j"] {
        press(&browser, key);
    }
    assert_eq!(picked(&browser), 1);
    press(&browser, "*");
    assert_eq!(picked(&browser), 4);
    press(&browser, "*");
    assert_eq!(picked(&browser), 0);
    press(&browser, "x");
    assert!(browser.text("#bulk").contains("1 selected"), "{}", browser.text("#bulk"));
    browser.click("[data-whole]");
    browser.click("#bulk button[value=tags]");
    browser.wait_for("the act", |browser| browser.text("h1").contains("4 accounts"));
    browser.fill("#bulk-add", "cold-chain");
    browser.click("button[value=look]");
    browser.wait_for("what it does", |browser| browser.count("#preview") == 1);
    assert!(browser.text("#preview").contains("cold-chain"), "{}", browser.text("#preview"));
    browser.click("button[value=send]");
    browser.wait_for("the job", |browser| browser.text("#job").contains("Finished: 4 of 4"));
    assert!(!browser.text("#job").contains("refused"), "{}", browser.text("#job"));
    is_clean(&browser);
}

#[test]
fn a_column_is_widened_by_keys_and_stays_so() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    let width = "return Number(document.querySelector('col[data-col=health]').getAttribute('width'))";
    browser.run("document.querySelector('[data-grip=health]').focus(); return true");
    press(&browser, "ArrowRight");
    let wide = browser.evaluate(width);
    assert!(wide.as_f64().unwrap() > 48.0, "{wide}");
    // It is sent once no more keys come, half a second later.
    std::thread::sleep(std::time::Duration::from_millis(900));
    browser.wait_for("that it is kept", |browser| {
        browser.open(&company.page("/accounts"));
        browser.evaluate(width) == wide
    });
    // A column is taken away, and the list stays so too.
    browser.click("#columns > summary");
    browser.click("[name='on.signals']");
    browser.click("#columns button.pri");
    browser.wait_for("the list without it", |browser| browser.count("col[data-col=signals]") == 0);
    browser.open(&company.page("/accounts"));
    assert_eq!(browser.count("col[data-col=signals]"), 0);
    is_clean(&browser);
}

#[test]
fn a_view_says_that_it_is_not_what_is_shown() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    browser.open(&company.page("/accounts?f=tier+%3D%3D+%22premium%22"));
    browser.click("details.menu:has(#view-name) > summary");
    browser.fill("#view-name", "Premium\n");
    browser.wait_for("the view", |browser| browser.url().contains("view="));
    assert_eq!(browser.count("#view-changed"), 0);
    browser.click("th a[href*='revenue_365d']");
    browser.wait_for("the change", |browser| browser.count("#view-changed") == 1);
    browser.click("#view-changed button");
    browser.wait_for("the saved view", |browser| browser.count("#view-changed") == 0);
    assert!(browser.text("h1").contains("Premium"));
    assert_eq!(browser.count("th[aria-sort=descending]"), 1, "the order is the view's now");
    browser.open(&company.page("/views"));
    assert!(browser.text("main").contains("Premium"));
    is_clean(&browser);
}

#[test]
fn a_chip_is_edited_with_choices_and_the_address_keeps_it() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    browser.open(&company.page("/accounts?f=tier+%3D%3D+%22premium%22&sort=name"));
    assert!(browser.text(".chip").contains("is Premium"), "{}", browser.text(".chip"));
    browser.click(".chip summary");
    browser.click(".chip [name='pick.standard']");
    browser.click(".chip .cond .pri");
    browser.wait_for("the wider list", |browser| browser.count("#rows tr") == 4);
    let text = browser.text(".chip");
    assert!(text.contains("is Standard or Premium") || text.contains("is Premium or Standard"), "{text}");
    assert!(browser.url().contains("f=tier%20in%20"), "{}", browser.url());
    is_clean(&browser);
}

#[test]
fn a_condition_is_put_together_from_field_relation_and_value() {
    let company = Company::with_customers();
    for scripts in [true, false] {
        let Some(browser) = company.browser(Person::Controller) else { return };
        browser.open(&company.page("/accounts?sort=name"));
        browser.scripts(scripts);
        if !scripts {
            browser.open(&company.page("/accounts?sort=name"));
        }
        browser.click("#add-filter > summary");
        browser.choose("#add-field", "orders_90d");
        browser.click("#add-filter .cond .pri");
        browser.wait_for("its relations", |browser| browser.count("#add-relation") == 1);
        browser.choose("#add-relation", "at_least");
        // Nothing is typed: it is said at the value, and nothing is lost.
        browser.click("#add-filter .cond .pri");
        browser.wait_for("the fault", |browser| browser.count("#add-fault") == 1);
        browser.fill("#add-value", "1");
        browser.click("#add-filter .cond .pri");
        browser.wait_for("the filter", |browser| browser.url().contains("f=orders_90d%20%3E%3D%201"));
        assert_eq!(browser.count(".chip .rm"), 1);
        browser.scripts(true);
        is_clean(&browser);
    }
}

#[test]
fn a_task_is_opened_for_each_of_many() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    press(&browser, "*");
    browser.click("#bulk button[value=task]");
    browser.wait_for("the act", |browser| browser.text("h1").contains("4 accounts"));
    browser.fill("#bulk-title", "Call before the holidays");
    browser.fill("#bulk-due", "2030-12-20");
    browser.click("button[value=look]");
    browser.wait_for("what it does", |browser| browser.count("#preview") == 1);
    browser.click("button[value=send]");
    browser.wait_for("the job", |browser| browser.text("#job").contains("Finished: 4 of 4"));
    assert!(!browser.text("#job").contains("refused"), "{}", browser.text("#job"));
    browser.open(&company.page("/tasks"));
    assert!(browser.text("main").contains("Call before the holidays"), "{}", browser.text("main"));
    browser.open(&company.page("/accounts/bulk"));
    assert!(browser.text("main").contains("Add task"), "{}", browser.text("main"));
    is_clean(&browser);
}
