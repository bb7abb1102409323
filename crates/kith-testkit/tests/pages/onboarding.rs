//! A customer is taken on, on the page: from the application to the approvals and on to probation.

use serde_json::{Value, json};

use super::company::{Company, Person, is_clean};

fn application() -> Value {
    json!({
        "account": {
            "name": "Halvorsen Seafood", "legal_name": "Halvorsen Seafood AS", "email": "ap@halvorsen.example",
            "owning_entity": "EU", "customer_type": "wholesale", "payment_terms": "NET30",
            "tax_id": {"kind": "vat", "value": "DE136695976", "country": "DE"},
            "contacts": [{"name": "Ingrid Halvorsen", "emails": ["ingrid@halvorsen.example"], "is_primary": true}],
            "addresses": [{"kinds": ["billing"], "country": "NO", "lines": ["Strandgate 1"], "city": "Bergen"}],
        },
        "owners": [
            {"name": "Ingrid Halvorsen", "percent": 45, "controls": true}, {"name": "Erik Halvorsen", "percent": 40},
        ],
        "prepay": true,
    })
}

#[test]
fn a_customer_is_taken_on_from_its_application_to_its_approval() {
    let company = Company::found();
    let case = company.admin.post_once("/api/v1/onboarding", "application", &application()).expect(201);
    let path = format!("/onboarding/{}", case["id"].as_str().unwrap());
    let Some(browser) = company.browser(Person::ArManager) else { return };
    browser.click(".nav a[href='/onboarding']");
    browser.wait_for("the cases", |browser| browser.text("h1") == "Onboarding");
    assert!(browser.text(".tbl").contains("Halvorsen Seafood"), "{}", browser.text(".tbl"));
    is_clean(&browser);
    browser.click(".tbl a");
    browser.wait_for("the case", |browser| browser.text("h1") == "Halvorsen Seafood");
    let list = browser.text(".check");
    assert!(
        list.contains("The application is complete.")
            && list.contains("Missing: registry extract, tax form."),
        "{list}"
    );
    assert!(browser.text("main").contains("85 % explained"));
    is_clean(&browser);
    for step in ["registry", "tax_id", "screening", "documents"] {
        let row = format!("#step-{step}");
        browser.click(&format!("{row} summary"));
        browser.fill(&format!("#reason-{step}"), "Seen in the file.");
        browser.click(&format!("{row} button[value='complete']"));
        browser.wait_for(step, |browser| {
            browser.count(&format!("{row} summary")) == 0 && browser.text(&row).contains("Seen in the file.")
        });
    }
    assert!(browser.text("#step-approvals").contains("It waits for its approvers."));
    browser.viewport(390, 844);
    is_clean(&browser);
    browser.viewport(1440, 900);

    let changes = company.admin.get("/api/v1/changes?state=waiting").expect(200);
    let change = changes["items"][0]["id"].as_str().unwrap().to_owned();
    browser.open(&company.page(&format!("/changes/{change}")));
    assert!(browser.text(".pane-r").contains("Take Halvorsen Seafood on"), "{}", browser.text(".pane-r"));
    browser.click(".decide .pri");
    browser.wait_for("the first approval", |browser| browser.count(".decide") == 0);
    company.approve(&change);
    browser.open(&company.page(&path));
    browser.wait_for("the approvals", |browser| {
        browser.open(&company.page(&path));
        browser.text("#step-approvals").contains("Approved")
    });
    for step in ["contract", "provisioning"] {
        browser.wait_for(step, |browser| {
            browser.open(&company.page(&path));
            browser.count(&format!("#step-{step} summary")) == 1
        });
        browser.click(&format!("#step-{step} summary"));
        browser.fill(&format!("#reason-{step}"), "Done.");
        browser.click(&format!("#step-{step} button[value='complete']"));
        browser.wait_for("the step", |browser| browser.text(&format!("#step-{step}")).contains("Done."));
    }
    browser.wait_for("the end", |browser| {
        browser.open(&company.page(&path));
        browser.text(".head").contains("Completed") && browser.text(".head").contains("Probation")
    });
    is_clean(&browser);
}
