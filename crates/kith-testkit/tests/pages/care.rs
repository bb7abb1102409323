//! Ownership and care: a team, its portfolio, handing accounts over, reviews.

use serde_json::json;

use super::company::{Company, Person, is_clean};

/// The `usr_…` of somebody.
fn user(company: &Company, name: &str) -> String {
    let users = company.admin.get("/api/v1/users").expect(200);
    let found = users["items"].as_array().unwrap().iter().find(|user| user["name"] == name).cloned();
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_team_is_made_and_people_come_to_it_and_leave() {
    let company = Company::found();
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page("/teams"));
    browser.fill("#code", "no rth");
    browser.fill("#team-name", "Northern region");
    browser.click("#new-team button");
    browser.wait_for("the fault", |browser| browser.text("body").contains("letters, digits"));
    browser.fill("#code", "north");
    browser.click("#new-team button");
    browser.wait_for("the team", |browser| browser.url().ends_with("/teams/NORTH"));
    for name in ["Max Manager", "Rosa Receivable"] {
        let id = user(&company, name);
        let _done = browser.evaluate(&format!("document.querySelector('#user').value = '{id}'"));
        browser.click("#add-member button");
        browser.wait_for("the member", |browser| {
            browser.count("#members") == 1 && browser.text("#members").contains(name)
        });
    }
    let max = user(&company, "Max Manager");
    let _done = browser.evaluate(&format!("document.querySelector('#lead').value = '{max}'"));
    browser.click("#edit-team .pri");
    browser.wait_for("the lead", |browser| browser.text("#members").contains("Lead"));
    assert_eq!(browser.count("#members form"), 1, "the lead cannot be removed");
    browser.click("#members form button");
    browser.wait_for("the member to be gone", |browser| !browser.text("#members").contains("Rosa"));
    is_clean(&browser);
}

#[test]
fn accounts_are_picked_and_handed_over_with_what_belongs_to_them() {
    let company = Company::with_customers();
    let (max, rosa) = (user(&company, "Max Manager"), user(&company, "Rosa Receivable"));
    for name in ["Brightwater Foods", "Calder Chemicals"] {
        company.edit(name, &json!({"account_manager": max}));
    }
    company.submit_edit("Calder Chemicals", &json!({"tier": "standard"}));
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page(&format!("/portfolio?user={max}")));
    let accounts = browser.text("#picks");
    assert!(accounts.contains("Brightwater Foods") && accounts.contains("Calder Chemicals"), "{accounts}");
    browser.click("#picks button[name=all]");
    browser.wait_for("what goes with them", |browser| browser.count("#transfer") == 1);
    let carried = browser.text("#carried");
    assert!(carried.contains("1 open change ") && carried.contains("versions of history"), "{carried}");
    let _done = browser.evaluate(&format!("document.querySelector('#to').value = '{rosa}'"));
    browser.fill("#reason", "New territory");
    browser.click("#transfer .pri");
    browser.wait_for("what came of it", |browser| browser.text("h1") == "Handed over");
    assert_eq!(browser.count("#carried a[href^='/changes/chg_']"), 2);
    browser.click("#carried a[href^='/changes/chg_']");
    browser.wait_for("the change", |browser| browser.url().contains("/changes/chg_"));
    assert!(browser.text(".pane-r").contains("New territory"), "{}", browser.text(".pane-r"));
    is_clean(&browser);
}

#[test]
fn a_review_is_marked_as_done_with_a_note_and_the_next_day() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page("/reviews?due=90&manager="));
    assert!(browser.text("#reviews").contains("Dune Retail"), "{}", browser.text("body"));
    let _done = browser.evaluate(
        "const row = [...document.querySelectorAll('#reviews > li')].find(li => li.textContent.includes('Dune Retail')); \
         row.querySelector('details').open = true; row.id = 'dune';",
    );
    browser.fill("#dune input[name=note]", "Happy with mornings.");
    let next = jiff::Zoned::now().date().saturating_add(jiff::Span::new().days(200));
    let _done =
        browser.evaluate(&format!("document.querySelector('#dune input[name=next_on]').value = '{next}'"));
    browser.click("#dune .pri");
    browser.wait_for("that it is told", |browser| browser.count("#told") == 1);
    assert!(browser.text("#told").contains("Dune Retail was reviewed"), "{}", browser.text("#told"));
    assert!(!browser.text("#reviews").contains("Dune Retail"), "its next review is beyond these days");
    let reviewed = company.admin.get("/api/v1/reviews?due=201").expect(200);
    let dune = reviewed["items"].as_array().unwrap().iter().find(|item| item["name"] == "Dune Retail");
    assert_eq!(dune.unwrap()["next_review_on"], next.to_string());
    is_clean(&browser);
}

#[test]
fn a_relationship_is_asked_for_on_the_tab_of_the_group_and_ended() {
    let company = Company::with_customers();
    let found = company.admin.get("/api/v1/accounts").expect(200);
    let items = found["items"].as_array().unwrap().clone();
    let other = items.iter().find(|item| item["name"] == "Evergreen Paper").cloned().unwrap();
    let Some(browser) = company.browser(Person::Admin) else { return };
    company.open_account(&browser, "Dune Retail");
    let address = format!("{}?tab=group", browser.url().split('?').next().unwrap_or_default());
    browser.open(&address);
    let _done = browser.evaluate("document.querySelector('#relate').closest('details').open = true");
    browser.fill("#related", "C-999999");
    browser.click("#relate .pri");
    browser.wait_for("the fault", |browser| browser.text("body").contains("no such account"));
    assert_eq!(browser.evaluate("return document.querySelector('#related').value"), "C-999999");
    browser.fill("#related", other["account_number"].as_str().unwrap());
    browser.fill("#share", "40");
    let _done = browser.evaluate("document.querySelector('#relation').value = 'owns'");
    browser.click("#relate .pri");
    browser.wait_for("the change", |browser| browser.url().contains("/changes/chg_"));
    let change = browser.url().rsplit('/').next().unwrap_or_default().to_owned();
    company.approve(&change);
    browser.open(&address);
    assert!(browser.text("body").contains("40 %"), "{}", browser.text("body"));
    browser.click(".end-relationship button");
    browser.wait_for("the change", |browser| browser.url().contains("/changes/chg_"));
    is_clean(&browser);
}

#[test]
fn a_code_is_added_renamed_and_retired_on_the_page() {
    let company = Company::found();
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page("/settings/codes"));
    browser.fill("#code-department", "SALES");
    browser.click("form:has(#code-department) button");
    browser.wait_for("the code", |browser| browser.count("[data-code=SALES]") == 1);
    browser.click("[data-code=SALES] summary");
    browser.fill("[data-code=SALES] input[name=label]", "Sales people");
    browser.click("[data-code=SALES] .pri");
    browser.wait_for("the name", |browser| browser.text("[data-code=SALES]").contains("Sales people"));
    browser.click("[data-code=SALES] form[action$='/retire'] button");
    browser.wait_for("the mark", |browser| browser.text("[data-code=SALES]").contains("Retired"));
    is_clean(&browser);
}

#[test]
fn a_row_of_the_policy_is_proposed_with_a_form() {
    let company = Company::found();
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page("/settings/approvals"));
    browser.click("#new-row summary");
    let _done = browser.evaluate(
        "document.querySelector('#row-new-operation').value = 'account_update'; \
         document.querySelector('#row-new-role-0').value = 'controller'; \
         document.querySelector('#row-new-many-0').value = '2';",
    );
    browser.fill("#row-new-when", "no such condition (");
    browser.click("#new-row .pri");
    browser.wait_for("the fault", |browser| browser.count(".note.bad") == 1);
    browser.click("#new-row summary");
    let _done = browser.evaluate(
        "document.querySelector('#row-new-operation').value = 'account_update'; \
         document.querySelector('#row-new-role-0').value = 'controller'; \
         document.querySelector('#row-new-many-0').value = '2';",
    );
    browser.fill("#row-new-when", "stage == \"active\"");
    browser.click("#new-row .pri");
    browser.wait_for("the change", |browser| browser.url().contains("/changes/chg_"));
    let said = browser.text(".pane-r");
    assert!(said.contains("Red") && said.contains("CFO"), "{said}");
    is_clean(&browser);
}
