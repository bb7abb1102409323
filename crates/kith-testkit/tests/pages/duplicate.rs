//! The review desk for duplicates.

use serde_json::{Value, json};

use super::company::{Company, Person, is_clean};

fn customer(name: &str, email: &str, city: &str) -> Value {
    json!({"name": name, "email": email, "owning_entity": "EU", "currency": "EUR", "accept_duplicates": true,
        "phone": "+49 40 1234567",
        "addresses": [{"kinds": ["billing"], "lines": ["Am Kai 3"], "city": city, "postal_code": "20457", "country": "DE"}]})
}

#[test]
fn a_pair_is_compared_and_dismissed_with_the_keyboard() {
    let company = Company::found();
    company.record(&customer("Nordwind Logistik GmbH", "info@nordwind.example", "Hamburg"));
    company.record(&customer("NORDWIND Logistik", "sales@nordwind.example", "Hamburg-Mitte"));
    company.record(&customer("Zebra Timber", "office@zebra.example", "Kiel"));
    let Some(browser) = company.browser(Person::Admin) else { return };
    assert_eq!(browser.text(".nav a[href='/duplicates'] .cnt"), "1");
    browser.click(".nav a[href='/duplicates']");
    browser.wait_for("the review desk", |browser| browser.text("h1") == "Duplicates");
    let pair = browser.text(".pane-r");
    assert!(pair.contains("C-000001") && pair.contains("C-000002"), "{pair}");
    assert!(pair.contains("Before anything is compared"), "{pair}");
    assert!(browser.count(".pane-r mark") >= 4, "names, addresses and cities differ on both sides");
    is_clean(&browser);

    browser.fill("#reason", "Two branches with their own books.");
    let key = "document.activeElement.blur(); document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'd', bubbles: true}));";
    assert!(browser.evaluate(key).is_null());
    browser.wait_for("an empty desk", |browser| browser.text(".pane-r").contains("No pair here"));
    browser.open(&company.page("/duplicates?state=dismissed"));
    assert!(browser.text(".pane-r").contains("Two branches"), "{}", browser.text(".pane-r"));
    is_clean(&browser);
}

#[test]
fn a_scan_finds_what_is_on_record_and_the_list_says_when() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page("/duplicates"));
    assert!(browser.text(".pane-l").contains("Nothing here"));
    browser.click(".pane-l form .btn");
    browser.wait_for("the end of the scan", |browser| {
        browser.open(&company.page("/duplicates"));
        browser.text(".pane-l").contains("Last scan")
    });
    is_clean(&browser);
}
