//! The quality of data.

use jiff::civil::date;
use serde_json::json;

use super::super::freshness;
use super::{created, patch};
use crate::account::Command;

#[test]
fn quality_weighs_what_is_filled() {
    let story = created(json!({}));
    let quality = story.state.quality();
    // Name and e-mail of seven required fields at three each, none of the eight recommended.
    assert_eq!((quality.filled, quality.wanted), (6, 29));
    assert_eq!(quality.missing_required, story.state.missing_fields());
    assert_eq!(quality.missing_recommended.len(), 8);
    assert_eq!((quality.validity(), quality.parts()), (1.0, 10_000 * 6 / 29));
}

#[test]
fn values_that_do_not_hold_count_against_it() {
    let mut story = created(json!({ "phone": "+1 312 555 0100", "industry": "Food" }));
    assert_eq!((story.state.quality().holding, story.state.quality().checked), (2, 2));
    story.accepts(&patch(&json!({
        "phone": "312 555 0100",
        "tax_id": { "value": "33.400.689/0001-08", "country": "BR" },
        "contacts": [{ "action": "add", "name": "Ann" }],
    })));
    let quality = story.state.quality();
    assert_eq!((quality.holding, quality.checked), (1, 4));
    assert_eq!(quality.invalid, ["phone", "tax_id", "contacts"]);
    assert_eq!(quality.parts(), 10_000 * 9 / (29 * 4));
}

#[test]
fn data_lose_their_worth_with_time() {
    let worth: Vec<f64> = [-1, 0, 180, 365, 730, 731, i64::MAX].into_iter().map(freshness).collect();
    assert_eq!(worth, [1.0, 1.0, 1.0, 0.5, 0.0, 0.0, 0.0]);
    assert!(freshness(181) < 1.0 && freshness(300) > 0.5 && freshness(400) < 0.5);
}

#[test]
fn a_review_confirms_the_data() {
    let mut story = created(json!({}));
    let made = story.state.confirmed_on();
    story.accepts(&Command::Review { on: date(2026, 1, 10), next_on: None });
    assert_eq!(story.state.confirmed_on(), made.max(Some(date(2026, 1, 10))));
}
