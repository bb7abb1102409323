//! The patch that brings a past state back.

use serde_json::{Value, json};

use super::patch;

fn all(now: &Value, then: &Value) -> Value {
    Value::Object(patch(now, then, |_| true))
}

#[test]
fn values_come_back_and_absent_ones_are_cleared() {
    let (now, then) =
        (json!({"tier": "premium", "website": "w", "name": "A"}), json!({"tier": "standard", "name": "A"}));
    assert_eq!(all(&now, &then), json!({"tier": "standard", "website": null}));
    assert_eq!(all(&now, &now), json!({}));
}

#[test]
fn objects_are_merged_back_member_by_member() {
    let now = json!({"metadata": {"a": 1, "b": {"c": 2, "d": 3}, "e": 5}});
    let then = json!({"metadata": {"a": 1, "b": {"c": 9}, "f": 6}});
    assert_eq!(all(&now, &then), json!({"metadata": {"e": null, "b": {"c": 9, "d": null}, "f": 6}}));
}

#[test]
fn rows_are_added_updated_and_deleted() {
    let now = json!({"contacts": [{"id": "1", "title": "x"}, {"id": "2", "title": "y"}]});
    let then = json!({"contacts": [{"id": "1", "title": null}, {"id": "3", "title": "z"}]});
    assert_eq!(
        all(&now, &then)["contacts"],
        json!([
            {"action": "delete", "id": "2"},
            {"action": "update", "id": "1", "title": null},
            {"action": "add", "title": "z"},
        ])
    );
    let (now, then) = (json!({"identifiers": []}), json!({"identifiers": [{"kind": "lei", "value": "L"}]}));
    assert_eq!(all(&now, &then)["identifiers"], json!([{"action": "add", "kind": "lei", "value": "L"}]));
}

#[test]
fn lists_of_texts_come_back_whole() {
    let (now, then) = (json!({"tags": ["a", "b"]}), json!({"tags": ["b"]}));
    assert_eq!(all(&now, &then), json!({"tags": ["b"]}));
}
