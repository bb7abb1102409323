//! The lists are coherent: less for more, more next year, less for those who buy most.

use jiff::civil::date;

use super::*;

fn price(list: &Value, item: &str, currency: &str, least: &str, day: &str) -> f64 {
    let row = list["rows"].as_array().unwrap().iter().find(|row| {
        row["item"] == item
            && row["currency"] == currency
            && row["min_qty"] == least
            && row["effective_from"].as_str().unwrap() <= day
            && row["effective_to"].as_str().is_none_or(|last| last >= day)
    });
    row.unwrap()["price"].as_str().unwrap().parse().unwrap()
}

#[test]
fn each_tier_and_entity_has_a_list_in_its_currency() {
    let lists = price_lists(date(2026, 11, 25));
    let codes: Vec<&str> = lists.iter().map(|list| list["code"].as_str().unwrap()).collect();
    assert_eq!(
        codes,
        [
            "STANDARD",
            "PREMIUM-US",
            "PREMIUM-EU",
            "PREMIUM-UK",
            "STRATEGIC-US",
            "STRATEGIC-EU",
            "STRATEGIC-UK"
        ]
    );
    assert_eq!(list_of("premium", "EU").as_deref(), Some("PREMIUM-EU"));
    assert_eq!(list_of("standard", "EU"), None);
    let [standard, premium, strategic] = [&lists[0], &lists[1], &lists[4]];
    let now = |list, least: &str| price(list, "VALVE-DN50", "USD", least, "2026-11-25");
    assert!((now(standard, "1") - 146.0).abs() < 1e-9);
    assert!(now(standard, "10") < now(standard, "1") && now(premium, "50") < now(premium, "10"));
    assert!(now(strategic, "1") < now(premium, "1") && now(premium, "1") < now(standard, "1"));
    assert!(price(premium, "VALVE-DN50", "USD", "1", "2027-02-01") > now(premium, "1"));
    assert!(price(premium, "VALVE-DN50", "USD", "1", "2025-02-01") < now(premium, "1"));
}
