//! Orders: the queue of held ones, and letting one go.

use serde_json::json;

use super::company::{Company, Person, is_clean};

#[test]
fn a_held_order_is_read_and_released() {
    let company = Company::found();
    let account = company.customer("Calder Chemicals", "premium");
    company.edit("Calder Chemicals", &json!({"credit_limit": {"amount": "1000", "currency": "USD"}}));
    let order = json!({
        "account": account, "entity": "US", "type": "service", "currency": "USD",
        "total": {"amount": "1500.00", "currency": "USD"}, "customer_order_no": "PO-77",
    });
    let held = company.admin.post_once("/api/v1/orders", "order-77", &order);
    assert_eq!(held.status, 202, "{}", held.text());
    let number = held.json()["order_no"].as_str().unwrap().to_owned();
    let Some(browser) = company.browser(Person::ArManager) else { return };
    browser.open(&company.page("/orders?state=held"));
    let queue = browser.text("#orders");
    assert!(queue.contains(&number) && queue.contains("PO-77") && queue.contains("Clears"), "{queue}");
    browser.click("#orders a");
    browser.wait_for("the order", |browser| browser.text("h1").contains(&number));
    assert!(browser.text("body").contains("above the limit"), "{}", browser.text("body"));
    browser.fill("#why", "The payment was announced.");
    browser.click("form[action$=release] button");
    browser.wait_for("the release", |browser| browser.text("body").contains("Released by"));
    let text = browser.text("body");
    assert!(text.contains("Confirmed") && text.contains("The payment was announced."), "{text}");
    is_clean(&browser);
    browser.open(&company.page("/orders?state=held"));
    assert!(browser.text("body").contains("No order waits for a person."));
    browser.open(&company.page(&format!("/accounts/{account}")));
    assert_eq!(browser.count(&format!("a[href*='/orders?state=all&account={account}']")), 1);
    is_clean(&browser);
}
