//! The import of a file, from the upload to the accounts.

use serde_json::json;

use super::company::{Company, Person, is_clean};

const FILE: &str = "Nr,Company,Email,Terms,Owner Entity\n\
    1,Halden Dairy Ltd,ap@halden.example,Net 30,US\n\
    2,Corbel Works,ap@corbel,Net 30,US\n\
    3,Norvane Iberia,ap@norvane.example,Net 37,US\n\
    4,Brightwater Goods,ap@brightwater.example,Net 30,US\n";

#[test]
fn a_file_goes_from_its_upload_to_its_accounts() {
    let company = Company::with_customers();
    let manager = company.client_of("Mia Manager", "manager");
    let Some(browser) = company.browser(Person::Admin) else { return };
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("crm-accounts.csv");
    std::fs::write(&path, FILE).unwrap();
    browser.click(".nav a[href='/imports']");
    browser.wait_for("the list", |browser| browser.url().ends_with("/imports"));
    assert!(browser.text("main").contains("No file yet"));
    browser.attach("#file", &path);
    browser.click("#upload button[type=submit]");
    browser.wait_for("the check", |browser| browser.url().contains("/imports/imp_"));
    assert_eq!(browser.text("h1"), "Check the import");
    assert!(browser.text("#import-summary").contains("with errors"));

    // The column that no name explains is given its meaning, the owner as well.
    let select = |place: usize, field: &str| {
        let script = format!("document.querySelector('#field-{place}').value = '{field}'; return true");
        assert_eq!(browser.evaluate(&script), true);
    };
    select(0, "external_id");
    select(4, "owning_entity");
    let before = browser.url();
    browser.click("#apply");
    browser.wait_for("the other reading", |browser| browser.url() != before);
    assert_eq!(browser.attribute("#field-0 option[selected]", "value").as_deref(), Some("external_id"));
    let faults = browser.text("#fault-rows");
    assert!(faults.contains("ap@corbel") && faults.contains("NET7"), "{faults}");
    browser.click(".seg a[href*='level=reference']");
    browser.wait_for("the level", |browser| !browser.text("#fault-rows").contains("ap@corbel"));
    assert!(browser.attribute("a[href$='errors.csv']", "download").is_some());

    assert!(browser.text("#send").starts_with("Send 2 rows"));
    browser.click("#send");
    browser.wait_for("the approval", |browser| browser.text("h1") == "Waits for approval");
    let id = browser.attribute("[data-import]", "data-import").unwrap();
    let import = manager.get(&format!("/api/v1/imports/{id}")).expect(200);
    browser.wait_for("the live stream", |browser| browser.text("#live") == "Live");
    manager
        .post(&format!("/api/v1/changes/{}/approve", import["change"].as_str().unwrap()), &json!({}))
        .expect(200);
    browser.wait_for("the end, without a reload", |browser| browser.text("h1") == "Imported");
    assert!(browser.text("#import-result").contains("2 created"), "{}", browser.text("#import-result"));
    assert_eq!(browser.count("#undo"), 1);
    is_clean(&browser);
    browser.viewport(390, 844);
    browser.open(&browser.url());
    assert_eq!(browser.text("h1"), "Imported");
    is_clean(&browser);
}
