//! Two accounts become one: from the preview to the account that stands for both.

use super::company::{Company, Person, is_clean};

/// The number of an account, as its page shows it.
fn number(company: &Company, name: &str) -> String {
    let found = company.admin.get("/api/v1/accounts?include_inactive=true").expect(200);
    let items = found["items"].as_array().unwrap().clone();
    let item = items.iter().find(|item| item["name"] == name).cloned().unwrap();
    item["account_number"].as_str().unwrap().to_owned()
}

#[test]
fn a_merge_goes_from_its_preview_to_one_account() {
    let company = Company::with_customers();
    let (survivor, loser) = (number(&company, "Dune Retail"), number(&company, "Evergreen Paper"));
    let Some(browser) = company.browser(Person::ArManager) else { return };
    company.open_account(&browser, "Dune Retail");
    browser.click("#actions summary");
    browser.click("#actions a[href$='/merge']");
    browser.wait_for("the page of the merge", |browser| browser.count("#other") == 1);
    browser.fill("#loser", "C-999999");
    browser.click("#other button");
    browser.wait_for("what stands in the way", |browser| browser.count("#merge-fault") == 1);
    browser.fill("#loser", &loser);
    browser.click("#other button");
    browser.wait_for("the preview", |browser| browser.count("#merge") == 1);
    let outlook = browser.text("#outlook");
    assert!(outlook.contains("Yellow") && outlook.to_lowercase().contains("manager"), "{outlook}");
    let names = browser.text("tr[data-field=name]");
    assert!(names.contains("Dune Retail") && names.contains("Evergreen Paper"), "{names}");
    browser.click("tr[data-field=name] input[value=survivor]");
    browser.fill("#merge #reason", "The same company.");
    browser.click("#merge .pri");
    browser.wait_for("the change", |browser| browser.url().contains("/changes/chg_"));
    let change = browser.url();
    assert!(browser.text(".pane-r").contains("Merge Evergreen Paper into Dune Retail"));
    is_clean(&browser);
    drop(browser);
    for person in [Person::Manager, Person::Controller] {
        let Some(browser) = company.browser(person) else { return };
        browser.open(&change);
        browser.click(".decide .pri");
        let done = if matches!(person, Person::Controller) { "Applied" } else { "Max Manager" };
        browser.wait_for("the decision", |browser| {
            browser.count(".decide") == 0 && browser.text(".pane-r").contains(done)
        });
        if matches!(person, Person::Controller) {
            browser.open(&company.page(&format!("/accounts/{loser}")));
            assert_eq!(
                browser.text("h1"),
                "Dune Retail",
                "the merged account leads to the one that stands for it"
            );
            assert!(browser.text("body").contains(&survivor));
            browser.open(&format!("{}?tab=group", browser.url()));
            assert!(browser.text("#merged").contains("Evergreen Paper"));
            assert!(browser.count("#rollup dd") > 3);
            browser.open(&company.page("/accounts"));
            assert!(!browser.text("#rows").contains("Evergreen Paper"));
        }
        is_clean(&browser);
    }
}

#[test]
fn deactivating_shows_lane_and_approvers_and_what_stands_in_the_way() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Calder Chemicals");
    browser.click("#actions summary");
    browser.click("#actions a[href$='/act/deactivate']");
    browser.wait_for("the page of the act", |browser| browser.count("#act") == 1);
    assert!(browser.text("body").contains("orders are open"), "{}", browser.text("body"));
    company.open_account(&browser, "Evergreen Paper");
    browser.click("#actions summary");
    browser.click("#actions a[href$='/act/deactivate']");
    browser.wait_for("the outlook", |browser| browser.count("#outlook") == 1);
    browser.fill("#reason", "Ceased trading.");
    browser.click("#act .pri");
    browser.wait_for("the change", |browser| browser.url().contains("/changes/chg_"));
    assert!(browser.text(".pane-r").contains("Deactivate Evergreen Paper"));
    is_clean(&browser);
}
