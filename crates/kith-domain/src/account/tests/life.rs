//! An account's life, and how it belongs to others.

use jiff::civil::date;
use serde_json::json;

use super::{created, id, patch};
use crate::account::*;
use crate::story::{Story, at, uuid};
use crate::value::{AccountId, NoteId, Personal, RelationshipId};

fn why() -> Personal<String> {
    Personal::new("usr_1", "Ceased trading.".into())
}

fn deactivate() -> Command {
    Command::Deactivate { reason: why(), allow_open_ar: false }
}

fn active() -> Story<Account> {
    created(json!({ "stage": "active", "contacts": [{ "name": "Ann", "emails": ["ann@acme.example"] }] }))
}

fn other() -> AccountId {
    AccountId(uuid(78))
}

#[test]
fn inactive_accounts_are_history() {
    let mut story = active();
    story.accepts(&deactivate());
    assert_eq!((story.state.stage, story.state.status(None)), (Stage::Inactive, "inactive"));
    assert!(story.state.is_dormant());
    story.nothing(&deactivate());
    story.refuses(&patch(&json!({ "name": "x" })), "account.inactive");
    story.refuses(&Command::Review { on: date(2026, 1, 1), next_on: None }, "account.inactive");
    let note = Command::AddNote { id: NoteId(uuid(1)), text: Personal::new(id(), "Still here".into()) };
    story.accepts(&note);
    story.context.now = at(86_400 * 400);
    story.facts.today = Some(date(2027, 2, 5));
    story.accepts(&Command::Reactivate { reason: why() });
    assert_eq!(story.state.stage, Stage::Active);
    assert_eq!(story.state.kyb.review_due_on, Some(date(2027, 2, 5)), "looked into again after a year");
    let refused = story.refuses(&Command::Reactivate { reason: why() }, "account.already_active");
    assert!(refused.sentence.contains("active"), "{}", refused.sentence);
    story.accepts(&patch(&json!({ "name": "x" })));
}

#[test]
fn open_business_keeps_a_customer() {
    let mut story = active();
    let usd = "USD".parse().unwrap();
    story.facts.standing = Standing {
        open_orders: 2,
        open_invoices: 1,
        open_balance: Some(crate::value::Money::new(1_234, usd)),
        touched: true,
        ..Standing::default()
    };
    let both = [("/open_orders", "open_orders"), ("/open_balance", "open_balance")];
    story.faults(&deactivate(), "account.open_business", &both);
    let refusal = story.refuses(&deactivate(), "account.open_business");
    assert!(refusal.clears.contains("allow_open_ar"), "{}", refusal.clears);
    let open_ar = Command::Deactivate { reason: why(), allow_open_ar: true };
    story.faults(&open_ar, "account.open_business", &both[..1]);
    story.facts.standing.open_orders = 0;
    story.accepts(&open_ar);
}

#[test]
fn stages_follow_one_another_only_as_agreed() {
    let mut story = created(json!({}));
    story.refuses(&deactivate(), "account.stage_not_allowed");
    story.refuses(&Command::Reopen { reason: why() }, "account.stage_not_allowed");
    let silent = Command::Close { reason: Personal::new("usr_1", " ".into()) };
    story.refuses(&silent, "account.reason_invalid");
    story.accepts(&Command::Close { reason: why() });
    story.refuses(&patch(&json!({ "name": "x" })), "account.closed");
    story.refuses(&Command::Reactivate { reason: why() }, "account.stage_not_allowed");
    story.accepts(&Command::Reopen { reason: why() });
    assert_eq!(story.state.stage, Stage::Inactive);
    let mut story = active();
    let refusal = story.refuses(&Command::Close { reason: why() }, "account.stage_not_allowed");
    assert_eq!(refusal.clears, "Deactivate it first.");
    story.accepts(&deactivate());
    story.accepts(&Command::Close { reason: why() });
}

#[test]
fn only_what_nothing_happened_to_is_deleted() {
    let story = active();
    let delete = Command::Delete { reason: why() };
    let refusal = story.refuses(&delete, "account.not_deletable");
    assert!(refusal.clears.contains("Deactivate"), "{refusal:?}");
    let mut story = created(json!({ "contacts": [{ "name": "Ann" }] }));
    story.facts.standing = Standing { touched: true, children: 1, related: 1, ..Standing::default() };
    let places =
        [("/touchpoints", "has_history"), ("/children", "has_children"), ("/relationships", "is_related")];
    story.faults(&delete, "account.not_deletable", &places);
    story.facts.standing = Standing::default();
    story.accepts(&delete);
    let state = &story.state;
    assert!(state.keys().is_empty() && state.name.is_empty() && state.contacts.is_empty());
    assert_eq!(state.account_number, "C-000123");
    assert_eq!(state.erased_subjects.len(), 2, "the account's own key and its contact's");
    story.refuses(&patch(&json!({ "name": "x" })), "account.deleted");
}

fn under(parent: AccountId, day: jiff::civil::Date) -> Command {
    Command::SetParent { parent: Some(parent), valid_from: day, reason: None }
}

#[test]
fn an_account_has_one_parent_at_a_time() {
    let mut story = active();
    story.facts.kin = KinFacts { parent_found: true, cycle: false, levels_above: 1, levels_below: 1 };
    story.accepts(&under(other(), date(2026, 1, 1)));
    story.nothing(&under(other(), date(2026, 2, 1)));
    let third = AccountId(uuid(79));
    story.accepts(&under(third, date(2026, 6, 1)));
    assert_eq!(story.state.parent_on(date(2026, 5, 31)), Some(other()));
    assert_eq!(story.state.parent_on(date(2026, 6, 1)), Some(third));
    story.accepts(&Command::SetParent { parent: None, valid_from: date(2026, 7, 1), reason: None });
    assert_eq!(story.state.parent_on(date(2026, 7, 1)), None);
    assert_eq!(story.state.parent_on(date(2026, 6, 30)), Some(third));
    // What lay ahead gives way to what is said now.
    story.accepts(&under(other(), date(2026, 6, 10)));
    assert_eq!(story.state.parents.len(), 3);
    assert_eq!(story.state.parent_on(date(2027, 1, 1)), Some(other()));
}

#[test]
fn a_hierarchy_is_a_tree_of_twenty_levels() {
    let mut story = active();
    story.refuses(&under(id(), date(2026, 1, 1)), "account.parent_cycle");
    story.refuses(&under(other(), date(2026, 1, 1)), "account.parent_unknown");
    story.facts.kin = KinFacts { parent_found: true, cycle: true, levels_above: 2, levels_below: 2 };
    story.refuses(&under(other(), date(2026, 1, 1)), "account.parent_cycle");
    story.facts.kin = KinFacts { parent_found: true, cycle: false, levels_above: 19, levels_below: 2 };
    story.refuses(&under(other(), date(2026, 1, 1)), "account.parent_too_deep");
    story.facts.kin.levels_below = 1;
    story.accepts(&under(other(), date(2026, 1, 1)));
}

fn owns(number: u128, share_bp: Option<u16>) -> Relationship {
    Relationship {
        id: RelationshipId(uuid(number)),
        to: other(),
        kind: RelationshipKind::Owns,
        share_bp,
        valid_from: date(2026, 1, 1),
        valid_to: None,
        source: Some("annual report".into()),
    }
}

#[test]
fn relationships_are_added_changed_and_taken_away() {
    let mut story = active();
    story.facts.related_found = true;
    let relate = |relationship: Relationship| Command::Relate { relationship };
    story.accepts(&relate(owns(1, Some(5_150))));
    story.nothing(&relate(owns(1, Some(5_150))));
    story.refuses(&relate(owns(2, None)), "account.relationship_exists");
    let ended = Relationship { valid_to: Some(date(2026, 6, 30)), ..owns(1, Some(10_000)) };
    story.accepts(&relate(ended));
    story.accepts(&relate(Relationship { valid_from: date(2026, 7, 1), ..owns(2, None) }));
    assert!(!story.state.relationships[0].holds_on(date(2026, 7, 1)));
    let other_kind = Relationship { kind: RelationshipKind::BillsTo, share_bp: None, ..owns(1, None) };
    story.refuses(&relate(other_kind), "account.relationship_fixed");
    story.accepts(&Command::Unrelate { id: RelationshipId(uuid(2)) });
    story.refuses(&Command::Unrelate { id: RelationshipId(uuid(2)) }, "account.relationship_not_found");
}

#[test]
fn all_faults_of_a_relationship_are_told_at_once() {
    let story = active();
    let wrong = Relationship {
        kind: RelationshipKind::SameAs,
        share_bp: Some(10_001),
        valid_to: Some(date(2025, 1, 1)),
        ..owns(1, None)
    };
    let places = [
        ("/to", "account_unknown"),
        ("/type", "merge_elsewhere"),
        ("/percent", "out_of_range"),
        ("/percent", "not_a_share"),
        ("/valid_to", "ends_before_start"),
    ];
    story.faults(&Command::Relate { relationship: wrong }, "account.relationship_invalid", &places);
    let itself = Relationship { to: id(), kind: RelationshipKind::ParentOf, ..owns(1, None) };
    let places = [("/to", "itself"), ("/type", "parent_elsewhere")];
    story.faults(&Command::Relate { relationship: itself }, "account.relationship_invalid", &places);
}
