//! The screening desk.

use serde_json::json;

use super::company::{Company, Person, is_clean};

const LIST: &str =
    "id,name,kind,country\nE1,NORDWIND LOGISTIK,company,RU\nP1,\"MUNOZ LOPEZ, Jose\",person,CO\n";

#[test]
fn a_hit_is_seen_beside_its_entry_and_cleared_with_reason_and_evidence() {
    let company = Company::found();
    let headers = [("Content-Type", "application/octet-stream")];
    let loaded = company.admin.send("POST", "/api/v1/screening/lists?name=own", &headers, LIST.as_bytes());
    assert_eq!(loaded.status, 201, "{}", loaded.text());
    company.record(&json!({"name": "Nordwind Logistik GmbH", "email": "info@nordwind.example", "owning_entity": "EU",
        "currency": "EUR",
        "addresses": [{"kinds": ["billing"], "lines": ["Am Kai 3"], "city": "Hamburg", "postal_code": "20457", "country": "DE"}]}));
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.wait_for("the hit", |browser| {
        browser.open(&company.page("/screening"));
        browser.count(".appr .req") == 1
    });
    let shown = browser.text(".pane-r");
    assert!(shown.contains("NORDWIND LOGISTIK") && shown.contains("another country"), "{shown}");
    assert!(browser.text(".pane-l").contains("own 2 entries"), "{}", browser.text(".pane-l"));
    is_clean(&browser);
    browser.fill("#reason", "Another country and another owner.");
    browser.fill("#evidence", "Extract of the company register.");
    browser.click("button[value='false_positive']");
    browser.wait_for("the proposal", |browser| {
        browser.text(".pane-r").contains("another reviewer has to agree")
    });
    assert_eq!(browser.count("button[value='false_positive']"), 0, "nobody agrees with themselves");
    is_clean(&browser);
    let Some(second) = company.browser(Person::Controller) else { return };
    second.open(&company.page("/inbox"));
    second.click("#inbox-list a[href*='/screening/hit_']");
    second.wait_for("the hit", |browser| browser.text(".pane-r").contains("says that it is somebody else"));
    second.fill("#reason", "Seen the extract, too.");
    second.fill("#evidence", "Extract of the company register.");
    second.click("button[value='false_positive']");
    second.wait_for("an empty desk", |browser| browser.text(".pane-r").contains("No hit here"));
    browser.open(&company.page("/screening?state=false_positive"));
    assert!(browser.text(".pane-r").contains("another owner"), "{}", browser.text(".pane-r"));
    is_clean(&browser);
}
