//! Tests of price lists.

use jiff::civil::date;
use serde_json::json;

use super::*;
use crate::story::{Story, ids, uuid};

fn facts() -> Facts {
    let entities = [("US".parse().unwrap(), "USD".parse().unwrap())].into();
    Facts { entities, today: Some(date(2026, 1, 10)), standard: None }
}

fn create(kind: PriceListKind, body: &serde_json::Value) -> Command {
    let (draft, code, faults) = PriceListDraft::read(body, &mut ids(), true);
    assert_eq!(faults, vec![]);
    Command::Create { kind, code, draft: Box::new(draft) }
}

fn update(body: &serde_json::Value) -> Command {
    let mut next = 5000;
    let mut ids = || {
        next += 1;
        uuid(next)
    };
    let (draft, _, faults) = PriceListDraft::read(body, &mut ids, false);
    assert_eq!(faults, vec![]);
    Command::Update { draft: Box::new(draft) }
}

#[test]
fn a_list_is_created_and_its_rows_change() {
    let mut story = Story::<PriceList>::new(facts());
    let body = json!({"code": " std ", "name": "Standard", "currency": "usd", "is_standard": true,
        "rows": [{"item": "A", "price": "10.00"}]});
    story.refuses(&update(&json!({"name": "x"})), "price_list.not_found");
    story.accepts(&create(PriceListKind::List, &body));
    assert_eq!((story.state.code.as_str(), story.state.rows.len()), ("STD", 1));
    story.refuses(&create(PriceListKind::List, &body), "price_list.exists");
    let id = story.state.rows[0].id;
    let overlap = json!({"rows": [{"action": "add", "item": "A", "price": "9"}]});
    story.refuses(&update(&overlap), "pricing_overlap");
    let edit = json!({"rows": [{"action": "update", "id": id, "price": "9"}, {"action": "add", "item": "B", "price": "1"}]});
    story.accepts(&update(&edit));
    assert_eq!(story.state.rows.len(), 2);
    story.nothing(&update(&json!({"name": "Standard"})));
}

#[test]
fn one_list_is_the_standard() {
    let mut story = Story::<PriceList>::new(Facts { standard: Some("OTHER".into()), ..facts() });
    let body = json!({"code": "S", "name": "S", "is_standard": true});
    story.refuses(&create(PriceListKind::List, &body), "price_list.standard_taken");
    story.facts.standard = Some("S".into());
    story.accepts(&create(PriceListKind::List, &body));
}

#[test]
fn every_fault_is_named() {
    let story = Story::<PriceList>::new(facts());
    let body = json!({"code": "no good", "currency": "ZZZ", "is_standard": true,
        "rows": [{"item": "A", "price": "5", "currency": "USD", "price_type": "discount_pct"}]});
    story.faults(
        &create(PriceListKind::List, &body),
        "price_list.invalid",
        &[
            ("/code", "code_invalid"),
            ("/name", "required"),
            ("/currency", "currency_unknown"),
            ("/rows/0/price_type", "not_allowed"),
        ],
    );
    let group = json!({"code": "G", "name": "G", "is_standard": true});
    story.faults(
        &create(PriceListKind::Group, &group),
        "price_list.invalid",
        &[("/is_standard", "not_allowed")],
    );
}
