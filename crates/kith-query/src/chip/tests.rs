//! Chips in words, taken away and added.

use proptest::prelude::*;

use super::{and, chips, without};
use crate::filter::{Filter, check};
use crate::fixture::{catalogue, filter};

#[test]
fn conditions_are_said_in_words() {
    let text = "tier == \"premium\" && tier in [\"premium\", \"strategic\"] && orders_90d >= 1000 && revenue_365d > 50000 \
                && !has(account_manager) && created_on >= today() - days(30) && !(tier in [\"standard\"]) \
                && name.contains(\"Ltd\") && active && (orders_90d == 0 || has(tags)) && orders_90d * 2 > 3 \
                && revenue_365d < money(\"5.00\", \"EUR\") && contract.status != \"open\"";
    let catalogue = catalogue();
    let filter = check(text, &catalogue).unwrap();
    let said: Vec<String> =
        chips(&filter, &catalogue).iter().map(|c| format!("{}: {}", c.label, c.text)).collect();
    let expected = [
        "Tier: is Premium",
        "Tier: is Premium or Strategic",
        "Orders, 90 days: at least 1,000",
        "Revenue, 365 days: above USD 50,000",
        "Account manager: is missing",
        "Customer since: in the last 30 days",
        "Tier: is not Standard",
        "Name: contains Ltd",
        "Active: is yes",
        "Either: Orders, 90 days is 0 or Tags is known",
        "Condition: orders_90d * 2 > 3",
        "Revenue, 365 days: below EUR 5.00",
        "Contract status: is not Open",
    ];
    assert_eq!(said, expected);
}

#[test]
fn the_last_chip_taken_away_leaves_everything() {
    let catalogue = catalogue();
    let filter = check("active", &catalogue).unwrap();
    assert_eq!(without(&filter, 0, &catalogue).print(), "true");
    assert_eq!(without(&filter, 1, &catalogue).print(), "active");
    assert_eq!(chips(&Filter::all(), &catalogue), []);
    assert_eq!(
        and(&Filter::all(), "orders_90d > 1 || active", &catalogue).unwrap().print(),
        "orders_90d > 1 || active"
    );
    assert_eq!(and(&filter, "ordrs_90d > 1", &catalogue).unwrap_err()[0].code, "unknown_field");
}

proptest! {
    #[test]
    fn chips_put_together_are_the_filter(text in filter()) {
        let catalogue = catalogue();
        let filter = check(&text, &catalogue).unwrap();
        let chips = chips(&filter, &catalogue);
        let kept = chips.iter().map(|chip| format!("({})", chip.expression)).collect::<Vec<_>>().join(" && ");
        let kept = check(&kept, &catalogue).unwrap();
        let mut again = Filter::all();
        for chip in &chips {
            again = and(&again, &chip.expression, &catalogue).unwrap();
        }
        prop_assert_eq!(again.print(), kept.print());
        for place in 0..chips.len() {
            let left = without(&filter, place, &catalogue);
            prop_assert_eq!(super::chips(&left, &catalogue).len(), chips.len() - 1);
        }
    }
}
