//! A change is decided on the page.

use super::company::{Company, Person, is_clean};

#[test]
fn two_people_approve_a_customer_on_the_page() {
    let company = Company::found();
    let change = company.propose("Fjord Seafood", "premium");
    let Some(browser) = company.browser(Person::ArManager) else { return };
    assert_eq!(browser.text(".nav a[href='/changes'] .cnt"), "1");
    browser.click(".nav a[href='/changes']");
    browser.wait_for("the list of changes", |browser| browser.text("h1") == "Changes");
    assert!(browser.text(".pane-r").contains("Create Fjord Seafood"));
    browser.fill("#comment", "Known from the fair.");
    browser.click(".decide .pri");
    browser.wait_for("the change", |browser| browser.url().ends_with(&change));
    assert!(browser.text(".pane-r").contains("Known from the fair."), "{}", browser.text(".pane-r"));
    is_clean(&browser);
    drop(browser);

    let Some(browser) = company.browser(Person::Controller) else { return };
    browser.open(&company.page(&format!("/changes/{change}")));
    browser.click(".decide .pri");
    browser.wait_for("the applied change", |browser| browser.text(".pane-r").contains("Applied"));
    browser.open(&company.page("/accounts"));
    assert!(browser.text("#rows").contains("Fjord Seafood"));
    is_clean(&browser);
}

#[test]
fn a_refused_decision_keeps_what_was_typed() {
    let company = Company::found();
    let change = company.propose("Gulf Metals", "standard");
    let Some(browser) = company.browser(Person::ArManager) else { return };
    browser.open(&company.page(&format!("/changes/{change}")));
    browser.click(".decide .danger");
    browser.wait_for("the reason", |browser| browser.count("#decision-fault") == 1);
    browser.fill("#comment", "We do not deliver there.");
    browser.click(".decide .danger");
    browser.wait_for("the rejection", |browser| browser.text(".pane-r").contains("Rejected"));
    assert_eq!(browser.count(".decide"), 0, "what was decided is not decided again");
    is_clean(&browser);
}

#[test]
fn who_proposed_does_not_approve() {
    let company = Company::found();
    let change = company.propose("Harbor Tools", "standard");
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page(&format!("/changes/{change}")));
    assert!(browser.text(".pane-r").contains("Create Harbor Tools"));
    assert_eq!(browser.count(".decide"), 0);
    is_clean(&browser);
}
