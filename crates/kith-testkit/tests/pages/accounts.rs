//! The list: asking, mending, saving.

use kith_testkit::browser::Theme;

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
