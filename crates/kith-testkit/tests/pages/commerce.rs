//! Prices, certificates and documents on the page.

use super::company::{Company, Person, is_clean};

/// Opens a tab of the account that is open.
fn tab(browser: &kith_testkit::browser::Browser, name: &str) {
    let address = browser.url();
    let bare = address.split('?').next().unwrap_or_default();
    browser.open(&format!("{bare}?tab={name}"));
}

#[test]
fn a_price_is_asked_for_and_the_change_shows_its_lane_and_approvers() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Admin) else { return };
    company.open_account(&browser, "Dune Retail");
    tab(&browser, "commerce");
    browser.click("#add-pricing summary");
    browser.fill("#add-pricing [name=item]", "PALLET");
    browser.fill("#add-pricing [name=price]", "-5");
    browser.click("#add-pricing .pri");
    browser.wait_for("the fault", |browser| browser.count("#commerce-fault") == 1);
    assert!(browser.text("#commerce-fault").contains("below zero"), "{}", browser.text("#commerce-fault"));
    let kept = browser.evaluate("return document.querySelector('#add-pricing [name=item]').value");
    assert_eq!(kept, "PALLET", "what was typed stays");
    browser.fill("#add-pricing [name=price]", "12.3456");
    browser.click("#add-pricing .pri");
    browser.wait_for("the change", |browser| browser.url().contains("/changes/chg_"));
    let said = browser.text(".pane-r");
    assert!(said.contains("Yellow") && said.contains("AR manager") && said.contains("Controller"), "{said}");
    assert!(said.contains("12.3456"), "{said}");
    is_clean(&browser);
}

#[test]
fn a_document_is_uploaded_and_verified_by_somebody_else() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Admin) else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("certificate.pdf");
    std::fs::write(&file, b"%PDF-1.7\n% A certificate.\n%%EOF\n").unwrap();
    company.open_account(&browser, "Dune Retail");
    tab(&browser, "documents");
    let account = browser.url();
    browser.fill("#file", file.to_str().unwrap());
    assert_eq!(browser.text("[data-dropped]"), "certificate.pdf");
    browser.click("#upload .pri");
    browser.wait_for("the document", |browser| browser.text(".list").contains("certificate.pdf"));
    assert!(browser.text(".list").contains("Scanned"));
    is_clean(&browser);
    drop(browser);

    let Some(browser) = company.browser(Person::Controller) else { return };
    browser.open(&account);
    browser.click(".list form button");
    browser.wait_for("the verification", |browser| browser.text(".list").contains("Verified"));
    is_clean(&browser);
}
