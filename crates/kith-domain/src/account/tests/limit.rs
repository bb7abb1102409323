//! Tests of limits that follow behaviour.

use std::collections::BTreeMap;

use super::*;
use crate::value::{Currency, Money};

fn usd(minor: i64) -> Money {
    Money::new(minor, "USD".parse().unwrap())
}

fn ground() -> Box<LimitGround> {
    Box::new(LimitGround {
        formula: "dynamic_limit@1".into(),
        currency: "USD".parse::<Currency>().unwrap(),
        need_minor: 9_851_250,
        target_minor: 11_000_000,
        inputs: BTreeMap::from([("terms_days".into(), "30".into())]),
        contributions: Vec::new(),
        rails: Vec::new(),
        counterfactuals: Vec::new(),
    })
}

fn adjust(from: Option<i64>, to: i64, raises: bool) -> Command {
    Command::AdjustLimit { entity: None, from: from.map(usd), to: usd(to), raises, ground: ground() }
}

#[test]
fn a_limit_is_set_to_what_was_computed_for_the_limit_in_force() {
    let mut story = created(json!({"credit_limit": {"amount": "800.00", "currency": "USD"}}));
    story.accepts(&adjust(Some(80_000), 100_000, true));
    story.nothing(&adjust(Some(80_000), 100_000, true));
    assert_eq!(story.state.credit_limit, Some(usd(100_000)));
    story.accepts(&adjust(Some(100_000), 60_000, false));
    story.refuses(&adjust(Some(100_000), 70_000, false), "account.limit_moved");
}

#[test]
fn more_is_never_taken_for_less() {
    let story = created(json!({"credit_limit": {"amount": "800.00", "currency": "USD"}}));
    story.refuses(&adjust(Some(80_000), 90_000, false), "account.limit_moved");
    story.refuses(&adjust(Some(80_000), -1, true), "account.limit_moved");
    assert_eq!(adjust(None, 1, true).operation(), crate::approval::Operation::LimitRaise);
    assert_eq!(adjust(None, 1, false).operation(), crate::approval::Operation::LimitCut);
}

#[test]
fn an_entity_gets_a_limit_of_its_own() {
    let mut story = created(json!({"credit_limit": {"amount": "800.00", "currency": "USD"}}));
    let to = Money::new(50_000, "EUR".parse().unwrap());
    let entity = "EU".parse().ok();
    story.accepts(&Command::AdjustLimit { entity, from: None, to, raises: true, ground: ground() });
    let own = story.state.overrides.values().next().and_then(|said| said.credit_limit.clone());
    assert_eq!(own, Some(Override::Value(to)));
    assert_eq!(story.state.credit_limit, Some(usd(80_000)), "the master's stays");
}
