//! From the application to the first order, on the pages alone: five people, two of them the customer's.

use std::path::{Path, PathBuf};

use kith_testkit::browser::Browser;
use serde_json::json;

use super::company::{Company, PASSWORD, Person, is_clean};

const PROVIDERS: &str = r#"{"providers": [
    {"name": "register", "kind": "registry", "file": "register.csv"},
    {"name": "tax office", "kind": "vat", "file": "vat.csv"}
]}"#;
const REGISTER: &str =
    "company_number,name,status,country,as_of\nHRB 136,Halvorsen Sjomat GmbH,active,DE,2026-11-24\n";
const VAT: &str = "vat,name,valid,as_of\nDE136695976,Halvorsen Sjomat GmbH,true,2026-11-24\n";
const MAIL: &str = r#"{"from": "Northwind Freight <service@northwind.example>", "public_url": "https://kith.example", "folder": "mail"}"#;
const LIST: &str = "id,name,kind,country\nP1,\"HALVORSEN, Eric\",person,BY\n";

/// The pages of everything that Kith wrote to an address, as plain text.
fn mails(folder: &Path, to: &str) -> Vec<String> {
    let files = std::fs::read_dir(folder).map(|found| found.map(|file| file.unwrap().path()).collect());
    let mut files: Vec<PathBuf> = files.unwrap_or_default();
    files.sort();
    let whole = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "eml"));
    let texts = whole.map(|file| std::fs::read_to_string(file).unwrap());
    // Long lines are broken in transport, by "=".
    let texts = texts.map(|text| text.replace("=\r\n", "").replace("=3D", "="));
    texts.filter(|text| text.contains(to)).collect()
}

/// The path of the link in the mail to somebody that has one like it.
fn link(folder: &Path, to: &str, begins: &str) -> Option<String> {
    let mails = mails(folder, to);
    let line = mails.iter().rev().flat_map(|text| text.lines()).find(|line| line.contains(begins))?;
    Some(line.trim().trim_start_matches("https://kith.example").to_owned())
}

fn fill(browser: &Browser, fields: &[(&str, &str)]) {
    for (name, text) in fields {
        browser.fill(&format!("#{name}"), text);
    }
}

/// The application as a manager of ours takes it down; what is missing is told field by field, all at once.
fn apply(company: &Company, browser: &Browser) -> String {
    browser.click(".nav a[href='/onboarding']");
    browser.wait_for("the cases", |browser| browser.text("h1") == "Onboarding");
    browser.click(".head .pri");
    browser.wait_for("the form", |browser| browser.text("h1") == "New application");
    browser.click("#apply .pri");
    browser.wait_for("what is missing", |browser| browser.count("#apply-fault") == 1);
    assert!(
        browser.count(".bad[id$=-fault]") > 5,
        "every field says what it lacks: {}",
        browser.text("main")
    );
    is_clean(browser);
    browser.choose("#entity", "EU");
    browser.choose("#price_list", "TRADE");
    fill(
        browser,
        &[
            ("name", "Halvorsen Seafood"),
            ("legal_name", "Halvorsen Sjomat GmbH"),
            ("email", "office@halvorsen.example"),
            ("tax_number", "DE136695976"),
            ("registration", "HRB 136"),
            ("street", "Am Kai 3"),
            ("postal_code", "20457"),
            ("city", "Hamburg"),
            ("country", "de"),
            ("contact_name", "Ingrid Halvorsen"),
            ("contact_email", "ingrid@halvorsen.example"),
            ("owner_name_1", "Ingrid Halvorsen"),
            ("owner_percent_1", "45"),
            ("owner_name_2", "Erik Halvorsen"),
            ("owner_percent_2", "40,5"),
            ("owner_country_2", "no"),
            ("credit_limit", "5000.00"),
            ("edi_id", "14:4012345000009"),
        ],
    );
    browser.click("#owner_controls_1");
    browser.click("#apply .pri");
    browser.wait_for("the case", |browser| browser.url().contains("/onboarding/onb_"));
    let list = browser.text(".check");
    assert!(list.contains("The register has it, under this name, as active."), "{list}");
    assert!(list.contains("The authority says that the number is valid."), "{list}");
    assert!(list.contains("Missing: registry extract, tax form, credit application."), "{list}");
    assert!(browser.text("#next").contains("Next: Sanctions and PEP screening"), "{}", browser.text("#next"));
    is_clean(browser);
    company.page(browser.url().trim_start_matches(company.server.url()))
}

/// The documents are brought by one person.
fn bring(browser: &Browser, company: &Company) {
    for (kind, name) in
        [("registry_extract", "extract"), ("tax_certificate", "tax"), ("credit_application", "credit")]
    {
        let file = company.data().join(format!("{name}.pdf"));
        std::fs::write(&file, format!("%PDF-1.4\n% {name}\n%%EOF\n")).unwrap();
        browser.choose("#document-type", kind);
        browser.attach("#file", &file);
        browser.click("#upload button");
        browser.wait_for(name, |browser| {
            browser.evaluate("return [...document.querySelectorAll('[aria-labelledby=papers] li')].filter(li => li.textContent.includes('missing')).length") == json!(3 - ["extract", "tax", "credit"].iter().position(|one| *one == name).unwrap() - 1)
        });
    }
    is_clean(browser);
}

/// Rules the hit of the case out: the first of two, or the second who agrees.
fn rule_out(browser: &Browser) {
    browser.fill("[aria-labelledby=hits] input[name=reason]", "Another person: born elsewhere.");
    browser.fill("[aria-labelledby=hits] input[name=evidence]", "Passport, seen today.");
    browser.click("[aria-labelledby=hits] button[value=false_positive]");
}

/// Another person and a second one rule the hit out; the first verifies the documents and agrees first.
fn examine(browser: &Browser, second: &Browser, case: &str) {
    browser.open(case);
    let hits = browser.text("[aria-labelledby=hits]");
    assert!(
        hits.contains("Erik Halvorsen") && hits.contains("HALVORSEN, Eric") && hits.contains("differs"),
        "{hits}"
    );
    rule_out(browser);
    browser.wait_for("the proposal", |browser| {
        browser.text("[aria-labelledby=hits]").contains("another reviewer has to agree")
    });
    second.open(case);
    rule_out(second);
    second.wait_for("the agreement", |browser| !browser.text("[aria-labelledby=hits]").contains("agree"));
    browser.open(case);
    browser.wait_for("the screening", |browser| {
        browser.text("#step-screening").contains("Nobody concerned is on a list.")
    });
    while browser.count("[aria-labelledby=papers] form[action$=verify]") > 0 {
        let left = browser.count("[aria-labelledby=papers] form[action$=verify]");
        browser.click("[aria-labelledby=papers] form[action$=verify] button");
        browser.wait_for("one document less", |browser| {
            browser.count("[aria-labelledby=papers] form[action$=verify]") < left
        });
    }
    let list = browser.text(".check");
    assert!(
        list.contains("Every paper is verified.") && list.contains("The limit is within what it is worth."),
        "{list}"
    );
    is_clean(browser);
    approve(browser, case);
}

/// Opens the change from the case and approves it.
fn approve(browser: &Browser, case: &str) {
    browser.open(case);
    browser.click("#step-approvals a[href^='/changes/']");
    browser.wait_for("the change", |browser| browser.count(".decide .pri") == 1);
    browser.click(".decide .pri");
    browser.wait_for("the approval", |browser| browser.count(".decide .pri") == 0);
    is_clean(browser);
}

/// The customer signs behind the link of the mail, and takes up the access that a second mail brings.
fn sign(company: &Company, signer: &Browser) {
    let folder = company.data().join("mail");
    let to = "ingrid@halvorsen.example";
    signer.wait_for("the invitation", |_| link(&folder, to, "/sign/").is_some());
    signer.open(&company.page(&link(&folder, to, "/sign/").unwrap()));
    assert!(signer.text("#text").contains("Halvorsen"), "{}", signer.text("body"));
    signer.click("#consent");
    signer.fill("#name", "Ingrid Halvorsen");
    signer.click("#sign .pri");
    signer.wait_for("the signature", |signer| signer.count("#signed") == 1);
    assert!(signer.text("main").contains("The contract is valid."), "{}", signer.text("main"));
    is_clean(signer);
    signer.wait_for("the access", |_| link(&folder, to, "/activate/").is_some());
    let activation = link(&folder, to, "/activate/").unwrap();
    signer.open(&company.page(&activation));
    signer.fill("#password", PASSWORD);
    signer.click("form .pri");
    signer.wait_for("the door", |signer| signer.url().contains("/sign-in"));
    signer.fill("#email", to);
    signer.fill("#password", PASSWORD);
    signer.click("form[action='/sign-in'] button");
    signer.wait_for("the portal", |signer| signer.url().ends_with("/portal"));
    is_clean(signer);
    signer.wait_for("a link that works once", |signer| {
        signer.open(&company.page(&activation));
        signer.text("h1").contains("does not work")
    });
}

/// The first order, on the list price that the application named.
fn order(browser: &Browser, case: &str) {
    browser.wait_for("the end of the case", |browser| {
        browser.open(case);
        browser.text(".head").contains("Completed") && browser.text(".head").contains("Probation")
    });
    let list = browser.text(".check");
    assert!(
        list.contains("It buys from TRADE.") && list.contains("It is known as 14:4012345000009."),
        "{list}"
    );
    is_clean(browser);
    browser.click("a[href^='/orders/new']");
    browser
        .wait_for("the order form", |browser| browser.text("h1").contains("New order of Halvorsen Seafood"));
    assert_eq!(browser.attribute("#city", "value").as_deref(), Some("Hamburg"), "goods go where they went");
    fill(browser, &[("customer_order_no", "PO-1"), ("item_1", "COD"), ("qty_1", "50")]);
    browser.click("#place .pri");
    browser.wait_for("the order", |browser| browser.url().contains("/orders/ord_"));
    let text = browser.text("main");
    assert!(text.contains("Confirmed") && text.contains("€500"), "{text}");
    is_clean(browser);
}

#[test]
fn a_customer_goes_from_its_application_to_its_first_order_on_the_pages_alone() {
    let files =
        [("providers.json", PROVIDERS), ("register.csv", REGISTER), ("vat.csv", VAT), ("mail.json", MAIL)];
    let company = Company::found_with(&files);
    let headers = [("Content-Type", "application/octet-stream")];
    let list = company.admin.send("POST", "/api/v1/screening/lists?name=own", &headers, LIST.as_bytes());
    assert_eq!(list.status, 201, "{}", list.text());
    let prices = json!({"code": "TRADE", "name": "Trade prices", "currency": "EUR",
        "rows": [{"item": "COD", "price": "10.00", "currency": "EUR"}]});
    let made = company.admin.post_once("/api/v1/price-lists", "prices", &prices);
    assert!(made.status / 100 == 2, "{}", made.text());
    if made.status == 202 {
        company.approve(made.json()["id"].as_str().unwrap());
    }
    let Some(manager) = company.browser(Person::Manager) else { return };
    let case = apply(&company, &manager);
    bring(&manager, &company);

    let Some(receivable) = company.browser(Person::ArManager) else { return };
    let Some(controller) = company.browser(Person::Controller) else { return };
    examine(&receivable, &controller, &case);
    approve(&controller, &case);

    let Some(signer) = Browser::start() else { return };
    sign(&company, &signer);
    order(&manager, &case);
    manager.wait_for("the mails that left", |manager| {
        manager.open(&company.page("/outbox"));
        manager.count("#mails > li") == 3 && manager.count("#mails .pill.good") == 3
    });
    let outbox = manager.text("#mails");
    assert!(outbox.contains("Signature invitation") && outbox.contains("Welcome"), "{outbox}");
    is_clean(&manager);
}
