//! The desk of alerts.

use serde_json::{Value, json};

use super::company::{Company, Person, is_clean};

#[test]
fn an_alert_is_read_with_its_evidence_and_closed_with_what_it_was() {
    let company = Company::found();
    let id = company.customer("Nordwind", "premium");
    let now = jiff::Timestamp::now();
    let order = |no: &str, hours: i64, amount: &str| {
        let at = now.checked_sub(jiff::ToSpan::hours(hours)).unwrap();
        json!({"specversion": "1.0", "id": no, "source": "erp", "type": "io.kith.order.placed", "time": at.to_string(),
            "subject": id, "data": {"order_no": no, "entity": "US", "value": {"amount": amount, "currency": "USD"}}})
    };
    let mut orders: Vec<Value> = (1..=12)
        .map(|back| order(&format!("O{back}"), back * 100, if back % 2 == 0 { "100.00" } else { "108.00" }))
        .collect();
    orders.push(order("O-900", 0, "900.00"));
    company.happen(&Value::Array(orders));
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.wait_for("the alert", |browser| {
        browser.open(&company.page("/alerts"));
        browser.count(".appr .req") == 1
    });
    assert_eq!(browser.text(".nav a[href='/alerts'] .cnt"), "1");
    let pane = browser.text(".pane-r");
    assert!(pane.contains("Unusual spending") && pane.contains("robust standard deviations"), "{pane}");
    assert!(pane.contains("O-900") && pane.contains("$900"), "{pane}");
    is_clean(&browser);

    browser.open(&company.page(&format!("/accounts/{id}")));
    assert!(browser.text("#account-alerts").contains("Unusual spending"));
    is_clean(&browser);

    browser.click("#account-alerts a");
    browser.wait_for("the alert alone", |browser| browser.count(".decide") == 1);
    browser.fill("#comment", "Confirmed by telephone.");
    browser.click(".decide button[value='legitimate']");
    browser.wait_for("the outcome", |browser| browser.text(".pane-r").contains("Confirmed by telephone."));
    assert_eq!(browser.count(".decide"), 0);
    is_clean(&browser);
}
