//! One account: its values live, its notes kept.

use kith_testkit::browser::Browser;

use super::company::{Company, Person, event, is_clean, order};

/// The value in the tile of a metric.
fn tile(browser: &Browser, metric: &str) -> String {
    browser.text(&format!("#tile-{metric} .val"))
}

#[test]
fn a_number_changes_while_one_looks() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Calder Chemicals");
    assert_eq!(tile(&browser, "service_issues_30d"), "0");
    browser.wait_for("the live stream", |browser| browser.text("#live") == "Live");
    assert_eq!(browser.evaluate("window.stillHere = true; return true"), true);
    let data = serde_json::json!({"exception_no": "X-77", "kind": "delay", "severity": "high"});
    company.happen(&event("calder-chemicals", "exception.detected", 0, &data));
    browser.wait_for("the new issue", |browser| tile(browser, "service_issues_30d") == "1");
    browser.wait_for("the line in the timeline", |browser| browser.text("#timeline").contains("delay, high"));
    assert_eq!(browser.evaluate("return window.stillHere === true"), true, "nothing was loaded again");
    is_clean(&browser);
}

#[test]
fn every_value_leads_to_its_evidence() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Brightwater Foods");
    browser.click("#tile-service_issues_30d");
    browser.wait_for("the metric", |browser| browser.url().contains("/metrics/service_issues_30d"));
    assert!(browser.text("section[aria-labelledby=evidence]").contains("io.kith.exception.detected"));
    assert_eq!(browser.text(".figure"), "3");
    for tab in ["timeline", "metrics", "master", "changes"] {
        company.open_account(&browser, "Brightwater Foods");
        browser.open(&format!("{}?tab={tab}", browser.url()));
        assert_eq!(browser.text("h1"), "Brightwater Foods", "{tab}");
    }
    is_clean(&browser);
}

#[test]
fn a_note_is_kept_with_its_writer() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Dune Retail");
    browser.fill("#note", "Prefers deliveries before ten.");
    browser.click("form[action$='/notes'] button");
    browser.wait_for("the note", |browser| browser.url().ends_with("#notes"));
    let notes = browser.text("section[aria-labelledby=notes]");
    assert!(notes.contains("Prefers deliveries before ten.") && notes.contains("Carl Controller"), "{notes}");
    is_clean(&browser);
}

#[test]
fn an_account_reads_without_script() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::ArManager) else { return };
    company.open_account(&browser, "Brightwater Foods");
    let address = browser.url();
    browser.scripts(false);
    browser.open(&address);
    let html = browser.source();
    assert!(html.contains("Why health is") && html.contains("id=\"tile-service_issues_30d\""));
    browser.open(&format!("{address}?tab=timeline&group=shipments"));
    assert_eq!(browser.source().matches("Shipment exception: damage, high").count(), 3);
    browser.scripts(true);
    is_clean(&browser);
}

#[test]
fn the_list_follows_what_happens() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    browser.wait_for("the live stream", |browser| browser.text("#live") == "Live");
    let issues = "return [...document.querySelectorAll('#rows tr')]\
                  .find(row => row.textContent.includes('Dune Retail')).children[5].textContent.trim()";
    assert_eq!(browser.evaluate(issues), "0");
    company.happen(&order("dune-retail", 0));
    let data = serde_json::json!({"exception_no": "X-90", "kind": "delay", "severity": "high"});
    company.happen(&event("dune-retail", "exception.detected", 0, &data));
    browser.wait_for("the new issue", |browser| browser.evaluate(issues) == "1");
    is_clean(&browser);
}

#[test]
fn an_account_is_seen_as_a_legal_entity_sees_it() {
    let company = Company::with_customers();
    company.edit(
        "Brightwater Foods",
        &serde_json::json!({"payment_terms": "NET30", "overrides": {"EU": {"payment_terms": {"mode": "value", "value": "NET45"}}}}),
    );
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Brightwater Foods");
    let terms = |browser: &Browser| browser.text("section[aria-labelledby=terms]");
    assert!(terms(&browser).contains("NET30"), "{}", terms(&browser));
    let eu = "return [...document.querySelectorAll('nav.seg a')].find(link => link.href.includes('entity=EU')).textContent.trim()";
    assert!(browser.evaluate(eu).to_string().contains('1'), "one field is overridden there");
    browser.click("nav.seg a[href*='entity=EU']");
    browser.wait_for("the entity's terms", |browser| terms(browser).contains("NET45"));
    assert!(terms(&browser).contains("overridden here"), "{}", terms(&browser));
    let hover = "return document.querySelector('[data-overridden=payment_terms]').title";
    assert_eq!(browser.evaluate(hover), "Master record: NET30");
    is_clean(&browser);
}
