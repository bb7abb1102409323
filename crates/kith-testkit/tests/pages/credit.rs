//! The credit desk and the credit of an account, on a wide and on a small screen.

use kith_testkit::browser::{Browser, Theme};
use serde_json::json;

use super::company::{Company, Person, is_clean};

/// Nothing is wider than the screen.
fn fits(browser: &Browser) {
    let wide = browser.evaluate("return document.documentElement.scrollWidth - window.innerWidth");
    assert!(wide.as_i64().unwrap() <= 0, "{wide} too wide");
}

#[test]
fn who_is_close_to_a_limit_is_seen_with_reasons() {
    let company = Company::with_customers();
    let limit = |amount: &str| json!({"credit_limit": {"amount": amount, "currency": "USD"}});
    company.edit("Brightwater Foods", &limit("60000"));
    company.edit("Calder Chemicals", &limit("51000"));
    let ask = |account: &str, amount: &str, key: &str| {
        let body = json!({"account": format!("external:crm:{account}"), "entity": "US",
            "amount": {"amount": amount, "currency": "USD"}, "order_no": key});
        company.admin.post_once("/api/v1/credit/reservations", key, &body)
    };
    ask("brightwater-foods", "1200.00", "SO-1").expect(201);
    assert_eq!(ask("calder-chemicals", "15000.00", "SO-2").status, 409);
    let Some(browser) = company.browser(Person::Controller) else { return };
    browser.open(&company.page("/credit"));
    assert_eq!(browser.text("h1"), "Credit");
    let limits = browser.text("section[aria-labelledby=limits]");
    assert!(limits.contains("Calder Chemicals") && limits.contains("$51,000"), "{limits}");
    let against = browser.text("section[aria-labelledby=against]");
    assert!(against.contains("Calder Chemicals") && against.contains("above the limit of"), "{against}");
    let accuracy = browser.text("section[aria-labelledby=accuracy]");
    assert!(
        accuracy.contains("limit-days of 90 days") && accuracy.contains("2 of 2 decisions"),
        "{accuracy}"
    );
    assert!(browser.text("section[aria-labelledby=sources]").contains("Fed by hand"));
    let behaviour = browser.text("#behaviour");
    assert!(
        behaviour.contains("Days sales outstanding") && behaviour.contains("with all entities, in USD"),
        "{behaviour}"
    );
    assert!(behaviour.contains("91–120 days") && behaviour.contains("Accounts with invoices"), "{behaviour}");
    fits(&browser);
    browser.viewport(390, 844);
    browser.theme(Theme::Dark);
    browser.open(&company.page("/credit?entity=US"));
    fits(&browser);
    browser.viewport(1440, 900);
    browser.theme(Theme::Light);
    browser.click("section[aria-labelledby=against] a");
    browser.wait_for("the tab", |browser| browser.url().contains("tab=credit"));
    assert!(browser.text("#decisions + span + *, section[aria-labelledby=decisions]").contains("Hold"));
    assert!(browser.text("#exposure").starts_with('$'), "{}", browser.text("#exposure"));
    let behaviour = browser.text("#behaviour");
    assert!(
        behaviour.contains("with US, in USD") && behaviour.contains("High credit of a year"),
        "{behaviour}"
    );
    browser.viewport(390, 844);
    fits(&browser);
    is_clean(&browser);
}
