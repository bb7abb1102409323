//! The audit trail on the page: found, read, and brought back.

use super::company::{Company, Person, is_clean};

#[test]
fn an_earlier_value_is_found_and_brought_back() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.edit("Dune Retail", &serde_json::json!({"website": "https://dune.example"}));
    company.edit("Dune Retail", &serde_json::json!({"website": "https://wrong.example"}));
    browser.click(".nav a[href='/audit']");
    browser.wait_for("the audit page", |browser| browser.text("h1") == "Audit");
    assert!(browser.text("section[aria-labelledby=head]").contains("Covers"));
    let chosen = browser.evaluate("return document.querySelector('select[name=kind]').value = 'account.'");
    assert_eq!(chosen, "account.");
    browser.click("form[role=search][action='/audit'] button");
    browser.wait_for("the accounts' records", |browser| browser.url().contains("kind=account."));
    let newest = browser.text(".records li");
    assert!(newest.contains("Dune Retail") && newest.contains("https://wrong.example"), "{newest}");
    assert!(newest.contains("approved by"), "{newest}");

    company.open_account(&browser, "Dune Retail");
    browser.open(&format!("{}?tab=changes", browser.url()));
    browser.click("#history form button");
    browser.wait_for("the change", |browser| browser.url().contains("/changes/chg_"));
    let change = browser.text(".pane-r");
    assert!(
        change.contains("https://dune.example") && change.contains("Brought back from version"),
        "{change}"
    );
    is_clean(&browser);
}
