//! A change is decided on the page.

use kith_testkit::browser::Browser;
use serde_json::json;

use super::company::{Company, Person, is_clean};

#[test]
fn two_people_approve_a_customer_on_the_page() {
    let company = Company::found();
    let change = company.propose("Fjord Seafood", "premium");
    let Some(browser) = company.browser(Person::ArManager) else { return };
    assert_eq!(browser.text(".nav a[href='/changes'] .cnt"), "1");
    browser.click(".nav a[href='/changes']");
    browser.wait_for("the list of changes", |browser| browser.text("h1") == "Changes");
    assert!(browser.text(".pane-r").contains("Create Fjord Seafood"));
    browser.fill("#comment", "Known from the fair.");
    browser.click(".decide .pri");
    browser.wait_for("the change", |browser| browser.url().ends_with(&change));
    assert!(browser.text(".pane-r").contains("Known from the fair."), "{}", browser.text(".pane-r"));
    is_clean(&browser);
    drop(browser);

    let Some(browser) = company.browser(Person::Controller) else { return };
    browser.open(&company.page(&format!("/changes/{change}")));
    browser.click(".decide .pri");
    browser.wait_for("the applied change", |browser| browser.text(".pane-r").contains("Applied"));
    browser.open(&company.page("/accounts"));
    assert!(browser.text("#rows").contains("Fjord Seafood"));
    is_clean(&browser);
}

#[test]
fn a_refused_decision_keeps_what_was_typed() {
    let company = Company::found();
    let change = company.propose("Gulf Metals", "standard");
    let Some(browser) = company.browser(Person::ArManager) else { return };
    browser.open(&company.page(&format!("/changes/{change}")));
    browser.click(".decide .danger");
    browser.wait_for("the reason", |browser| browser.count("#decision-fault") == 1);
    browser.fill("#comment", "We do not deliver there.");
    browser.click(".decide .danger");
    browser.wait_for("the rejection", |browser| browser.text(".pane-r").contains("Rejected"));
    assert_eq!(browser.count(".decide"), 0, "what was decided is not decided again");
    is_clean(&browser);
}

#[test]
fn who_proposed_does_not_approve() {
    let company = Company::found();
    let change = company.propose("Harbor Tools", "standard");
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page(&format!("/changes/{change}")));
    assert!(browser.text(".pane-r").contains("Create Harbor Tools"));
    assert_eq!(browser.count(".decide"), 0);
    is_clean(&browser);
}

#[test]
fn a_raise_shows_what_it_does_to_credit_and_who_decides() {
    let company = Company::with_customers();
    company.edit("Calder Chemicals", &json!({"credit_limit": {"amount": "50000.00", "currency": "USD"}}));
    let change = company
        .submit_edit("Calder Chemicals", &json!({"credit_limit": {"amount": "80000.00", "currency": "USD"}}));
    let Some(browser) = company.browser(Person::ArManager) else { return };
    browser.open(&company.page(&format!("/changes/{change}")));
    let effect = browser.text(".effect");
    for wanted in ["$50,000", "$80,000", "Exposure", "Available", "Past due", "Utilisation"] {
        assert!(effect.contains(wanted), "{wanted}: {effect}");
    }
    assert_eq!(browser.count(".decide"), 1);
    assert!(browser.text("#who-decides").contains("Rosa Receivable"), "{}", browser.text("#who-decides"));
    browser.click(".effect header a");
    browser.wait_for("the customer's credit", |browser| browser.url().contains("tab=credit"));
    assert!(browser.text("h1").contains("Calder Chemicals"));
    is_clean(&browser);
    drop(browser);
    // Whoever may not decide is told who can, in the list as well.
    let Some(browser) = company.browser(Person::Admin) else { return };
    for page in [format!("/changes/{change}"), "/changes?state=waiting".to_owned()] {
        browser.open(&company.page(&page));
        assert_eq!(browser.count(".decide"), 0);
        assert!(browser.text("#who-decides").contains("Rosa Receivable"), "{page}");
        assert!(browser.text(".pane-r").contains("somebody else decides"), "{}", browser.text(".pane-r"));
    }
    let read = company.admin.get(&format!("/api/v1/changes/{change}")).expect(200);
    assert_eq!(read["credit_effects"][0]["before"]["limit"]["amount"], "50000.00");
    assert_eq!(read["credit_effects"][0]["after"]["limit"]["amount"], "80000.00");
    assert_eq!(read["deciders"][0]["role"], "ar_manager");
    is_clean(&browser);
}

/// Presses a key outside of any field.
fn press(browser: &Browser, key: &str) {
    let script = "document.activeElement.blur(); document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'KEY', bubbles: true}));";
    let _ = browser.evaluate(&script.replace("KEY'", &format!("{key}'")));
}

#[test]
fn keys_move_and_approve_and_selected_ones_are_approved_together() {
    let company = Company::found();
    for name in ["Fjord Seafood", "Gulf Metals", "Harbor Tools"] {
        company.propose(name, "standard");
    }
    let Some(browser) = company.browser(Person::ArManager) else { return };
    browser.open(&company.page("/changes"));
    assert_eq!(browser.count(".appr .req"), 3);
    assert!(browser.text(".pane-r").contains("Why this lane"), "{}", browser.text(".pane-r"));
    // J goes to the next one, Enter opens it, A approves it.
    press(&browser, "j");
    let second = browser.evaluate("return document.activeElement.getAttribute('href');");
    let first = browser.evaluate("return document.querySelector('.appr .req').getAttribute('href');");
    assert_ne!(second, first);
    browser.open(&company.page(second.as_str().unwrap()));
    press(&browser, "a");
    browser.wait_for("the approval", |browser| browser.text(".pane-r").contains("Rosa Receivable"));
    browser.open(&company.page("/changes"));
    browser.wait_for("the two that are left", |browser| browser.count(".appr .req") == 2);
    let select_and_approve = || {
        let _ =
            browser.evaluate("for (const box of document.querySelectorAll('[name^=pick-]')) box.click();");
        browser.fill("#together-comment", "All known.");
        browser.click("#together [value=approve]");
    };
    // Both say that an address is missing: each is opened by itself before they go together.
    select_and_approve();
    browser.wait_for("what became of them", |browser| browser.text("#main").contains("0 decided, 2 not"));
    let links = browser
        .evaluate("return [...document.querySelectorAll('.appr .req')].map(a => a.getAttribute('href'));");
    for link in links.as_array().unwrap() {
        browser.open(&company.page(link.as_str().unwrap()));
    }
    browser.open(&company.page("/changes"));
    select_and_approve();
    browser.wait_for("what became of them", |browser| browser.text("#main").contains("2 decided"));
    assert_eq!(browser.count(".appr .req"), 0);
    is_clean(&browser);
}

#[test]
fn r_asks_for_a_reason_before_it_rejects() {
    let company = Company::found();
    let change = company.propose("Gulf Metals", "standard");
    let Some(browser) = company.browser(Person::ArManager) else { return };
    browser.open(&company.page(&format!("/changes/{change}")));
    press(&browser, "r");
    assert_eq!(browser.evaluate("return document.activeElement.id;"), "comment");
    browser.fill("#comment", "We do not deliver there.");
    press(&browser, "r");
    browser.wait_for("the rejection", |browser| browser.text(".pane-r").contains("Rejected"));
    is_clean(&browser);
}

#[test]
fn three_ways_are_shown_and_the_change_is_submitted_again() {
    let company = Company::found();
    company.customer("Dune Retail", "standard");
    let one = company.submit_edit("Dune Retail", &serde_json::json!({"tier": "premium"}));
    let other = company.submit_edit("Dune Retail", &serde_json::json!({"tier": "strategic"}));
    company.approve(&one);
    company.settle(&other);
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page(&format!("/changes/{other}")));
    let shown = browser.text(".pane-r");
    for word in ["The record moved", "standard", "premium", "strategic"] {
        assert!(shown.to_lowercase().contains(&word.to_lowercase()), "{word} in {shown}");
    }
    browser.fill("#remark", "The tier was raised twice.");
    browser.click("form[action$='/comment'] button");
    browser.wait_for("the comment", |browser| browser.text(".pane-r").contains("raised twice"));
    browser.click("form[action$='/resubmit'] button");
    browser.wait_for("the second revision", |browser| browser.text(".pane-r").contains("revision 2"));
    is_clean(&browser);
    browser.viewport(390, 844);
    browser.open(&company.page(&format!("/changes/{other}")));
    let wide = browser.evaluate("return document.documentElement.scrollWidth > innerWidth + 1;");
    assert_eq!(wide, false, "the page fits a phone");
}

#[test]
fn settings_delegate_and_propose_a_policy() {
    let company = Company::found();
    let Some(browser) = company.browser(Person::ArManager) else { return };
    browser.open(&company.page("/settings/delegations"));
    browser.fill("#delegate-to", Person::Controller.email());
    let ends = jiff::Timestamp::now().checked_add(jiff::SignedDuration::from_hours(72)).unwrap();
    let ends = ends.strftime("%Y-%m-%d").to_string();
    let _ = browser.evaluate(&format!("document.querySelector('#delegate-ends').value = '{ends}';"));
    browser.click("form[action='/delegations'] button");
    browser.wait_for("the delegation", |browser| {
        browser.text("#main").contains("Carl Controller for Rosa Receivable")
    });
    browser.click("form[action$='/end'] button");
    browser.wait_for("its end", |browser| browser.text("#main").contains("Ended"));
    is_clean(&browser);
    drop(browser);
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page("/settings/approvals"));
    assert!(browser.text("#main").contains("Green minor edits"), "{}", browser.text("#main"));
    browser.click("form[action$='/packs'] button");
    browser
        .wait_for("the red change", |browser| browser.text(".pane-r").contains("Change the approval policy"));
    assert!(browser.text(".pane-r").contains("Red"));
    is_clean(&browser);
}
