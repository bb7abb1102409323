//! Contracts on the page: drafted and sent by one person, signed by another behind a link, who then comes into the portal.

use kith_testkit::browser::Browser;
use serde_json::json;

use super::company::{Company, Person, is_clean};

fn customer(company: &Company) {
    company.record(&json!({
        "name": "Norvane Logistics", "legal_name": "Norvane Łódź Sp. z o.o.", "email": "office@norvane.example", "owning_entity": "US",
        "stage": "active",
        "contacts": [{"name": "Cleo Park", "role": "decision_maker", "title": "Head of logistics", "emails": ["cleo@norvane.example"], "is_primary": true}],
    }));
}

#[test]
fn a_contract_is_drafted_sent_signed_elsewhere_and_opens_the_portal() {
    let company = Company::found();
    customer(&company);
    let Some(browser) = company.browser(Person::Admin) else { return };
    company.open_account(&browser, "Norvane Logistics");
    let account = browser.url();
    browser.open(&format!("{account}?tab=contracts"));
    assert!(browser.text("main").contains("No contracts"));
    browser.click("#draft .pri");
    browser.wait_for("the contract", |browser| browser.url().contains("/contracts/ctr_"));
    let contract = browser.url();
    assert!(browser.text("main").contains("Norvane Łódź Sp. z o.o."));
    assert_eq!(browser.text("#state"), "Draft");
    browser.click("#send .pri");
    browser.wait_for("the link", |browser| browser.count("#links a") == 1);
    let link = browser.attribute("#links a", "href").unwrap();
    is_clean(&browser);

    // Another browser: nobody is signed in there.
    let Some(signer) = Browser::start() else { return };
    signer.open(&company.page(&link));
    assert!(signer.text("#text").contains("Norvane Łódź Sp. z o.o."), "{}", signer.text("body"));
    is_clean(&signer);
    signer.click("#consent");
    signer.fill("#name", "Cleo Park");
    signer.click("#sign .pri");
    signer.wait_for("the signature", |signer| signer.count("#signed") == 1);
    assert!(signer.text("main").contains("The contract is valid."));
    is_clean(&signer);
    signer.click("#activate .pri");
    signer.wait_for("the password", |signer| signer.count("#password") == 1);
    assert_eq!(signer.attribute("#email", "value").as_deref(), Some("cleo@norvane.example"));
    signer.fill("#password", "a long enough password");
    signer.click("form .pri");
    signer.wait_for("the door", |signer| signer.url().contains("/sign-in"));
    signer.fill("#email", "cleo@norvane.example");
    signer.fill("#password", "a long enough password");
    signer.click("form[action='/sign-in'] button");
    signer.wait_for("the portal", |signer| signer.url().ends_with("/portal"));
    assert!(signer.text("main").contains("Framework agreement") && signer.text("main").contains("Active"));
    is_clean(&signer);
    signer.open(&account);
    assert_eq!(signer.text("h1"), "Not found", "a customer's person sees their portal only");

    browser.open(&contract);
    assert_eq!(browser.text("#state"), "Active");
    browser.click("#signers ~ .list details summary, section[aria-labelledby=signers] details summary");
    let evidence = browser.text("section[aria-labelledby=signers]");
    assert!(evidence.contains("Simple electronic (SES)") && evidence.contains("sha256"), "{evidence}");
    browser.open(&format!("{account}?tab=contracts"));
    assert!(browser.text("section[aria-labelledby=portal]").contains("Active"));
    is_clean(&browser);
}
