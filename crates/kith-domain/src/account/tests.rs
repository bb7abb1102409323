//! Tests of accounts.

mod commerce;
mod edit;
mod fields;
mod hold;
mod keys;
mod lane;
mod life;
mod limit;
mod merge;
mod overrides;
mod quality;
mod transition;

use jiff::civil::date;
use serde_json::{Value, json};

use super::*;
use crate::organisation::{Catalogues, CustomFields};
use crate::refusal::FieldFault;
use crate::story::{Story, at, ids, uuid};
use crate::value::{AccountId, NoteId, Personal, UserId};

fn id() -> AccountId {
    AccountId(uuid(77))
}

fn facts() -> Facts {
    let currency = |code: &str| code.parse().unwrap();
    Facts {
        entities: [("US", "USD"), ("EU", "EUR")]
            .map(|(code, money)| (code.parse().unwrap(), currency(money)))
            .into(),
        catalogues: Catalogues::with_terms(&["NET30", "NET120"].map(str::to_owned)).into(),
        custom_fields: CustomFields::new().into(),
        accounts: [].into(),
        users: [UserId(uuid(5))].into(),
        taken: [].into(),
        today: Some(date(2026, 1, 10)),
        ..Facts::default()
    }
}

/// The faults of shape of a body, and the command that it comes to.
fn read(body: &Value) -> (Command, Vec<FieldFault>) {
    let (draft, faults) = Draft::read_new(body, id(), &mut ids());
    (Command::Create { id: id(), number: 123, draft: Box::new(draft), application: false }, faults)
}

#[track_caller]
fn create(body: &Value) -> Command {
    let (command, faults) = read(body);
    assert_eq!(faults, vec![]);
    command
}

#[track_caller]
fn patch(body: &Value) -> Command {
    // Other ids than those of the creation.
    let mut next = 2000;
    let mut ids = || {
        next += 1;
        uuid(next)
    };
    let (draft, faults) = Draft::read_patch(body, id(), &mut ids);
    assert_eq!(faults, vec![]);
    Command::Update { draft: Box::new(draft) }
}

fn acme() -> Value {
    json!({ "name": "ACME Corporation", "email": "ap@acme.example", "owning_entity": "US" })
}

/// ACME with more members.
fn acme_with(more: Value) -> Value {
    let mut body = acme();
    let Value::Object(more) = more else { panic!("not an object") };
    body.as_object_mut().unwrap().extend(more);
    body
}

fn story() -> Story<Account> {
    Story::new(facts())
}

#[track_caller]
fn created(more: Value) -> Story<Account> {
    let mut story = story();
    story.accepts(&create(&acme_with(more)));
    story
}

#[test]
fn an_account_begins_as_a_prospect_with_its_defaults() {
    let mut story = created(json!({}));
    let state = &story.state;
    assert_eq!((state.account_number.as_str(), state.stage), ("C-000123", Stage::Prospect));
    assert_eq!((state.customer_type, state.tier), (CustomerType::Other, Tier::Standard));
    assert_eq!(state.currency, Some("USD".parse().unwrap()));
    assert_eq!(state.email, Personal::new(id(), "ap@acme.example".into()));
    assert_eq!((state.kyb.state, state.review.cadence_days), (KybState::None, 90));
    assert_eq!(state.credit_limit, None);
    assert_eq!(state.review_due_on(), Some(date(2026, 4, 1)));
    story.refuses(&create(&acme()), "account.exists");
    story.nothing(&patch(&acme()));
}

#[test]
fn an_existing_customer_is_taken_over_as_active() {
    let story = created(json!({ "stage": "active" }));
    assert_eq!(story.state.stage, Stage::Active);
    let kyb = Kyb { state: KybState::Grandfathered, review_due_on: Some(date(2026, 4, 10)) };
    assert_eq!(story.state.kyb, kyb);
}

#[test]
fn an_account_does_not_begin_elsewhere_nor_move_by_editing() {
    let body = acme_with(json!({ "stage": "closed" }));
    story().faults(&create(&body), "account.invalid", &[("/stage", "stage_not_startable")]);
    let story = created(json!({}));
    story.faults(&patch(&json!({ "stage": "active" })), "account.invalid", &[("/stage", "not_editable")]);
}

#[test]
fn nothing_is_asked_of_what_is_not_there() {
    story().refuses(&patch(&json!({ "name": "x" })), "account.not_found");
    story().refuses(&Command::Review { on: date(2026, 1, 1), next_on: None }, "account.not_found");
}

#[test]
fn nothing_is_asked_of_what_was_erased() {
    let mut story = created(json!({}));
    story.state.stage = Stage::Erased;
    story.refuses(&patch(&json!({ "name": "x" })), "account.erased");
}

#[test]
fn a_note_is_added_once_and_leaves_the_account_as_it_is() {
    let mut story = created(json!({}));
    let note = |number: usize, text: &str| Command::AddNote {
        id: NoteId(uuid(number as u128)),
        text: Personal::new(id(), text.into()),
    };
    let before = story.state.clone();
    let events = story.accepts(&note(1, " called \n twice "));
    let [Event::NoteAdded { note: added }] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(added.text.get().unwrap(), "called \n twice");
    assert_eq!(added.by, Some(UserId(uuid(1))));
    let (updated_at, last_note) = (before.updated_at, before.last_note);
    assert_eq!(Account { updated_at, last_note, ..story.state.clone() }, before);
    story.accepts(&note(3, "again"));
    story.refuses(&note(2, " "), "account.note_invalid");
    story.refuses(&note(2, &"x".repeat(16 * 1024 + 1)), "account.note_invalid");
    story.facts.note_known = true;
    story.nothing(&note(1, "other"));
}

#[test]
fn reviews_are_of_days_that_were() {
    let mut story = created(json!({ "review": { "cadence_days": 30 } }));
    story.refuses(&Command::Review { on: date(2026, 1, 11), next_on: None }, "account.review_in_future");
    story.accepts(&Command::Review { on: date(2026, 1, 10), next_on: None });
    story.nothing(&Command::Review { on: date(2026, 1, 9), next_on: None });
    assert_eq!(story.state.review_due_on(), Some(date(2026, 2, 9)));
    let agreed = |next_on| Command::Review { on: date(2026, 1, 10), next_on: Some(next_on) };
    story.refuses(&agreed(date(2026, 1, 10)), "account.review_next_invalid");
    story.refuses(&agreed(date(2028, 2, 1)), "account.review_next_invalid");
    story.accepts(&agreed(date(2026, 3, 1)));
    assert_eq!(story.state.review_due_on(), Some(date(2026, 3, 1)));
    // Without the organisation's day it is the day of the time, in UTC.
    story.facts.today = None;
    story.context.now = at(86_400 * 11);
    story.accepts(&Command::Review { on: date(2026, 1, 12), next_on: None });
    assert_eq!(story.state.review_due_on(), Some(date(2026, 2, 11)), "the day that was agreed is over");
}

#[test]
fn an_active_customer_has_what_it_must_have() {
    let story = created(json!({}));
    let missing = ["legal_name", "primary_contact", "addresses", "payment_terms", "account_manager"];
    assert_eq!(story.state.missing_fields(), missing);
    let whole = created(json!({
        "legal_name": "ACME Corp.",
        "contacts": [{ "name": "Ann", "is_primary": true }],
        "addresses": [{ "kinds": ["billing"], "country": "US" }],
        "payment_terms": "net30",
        "sales_rep": UserId(uuid(5)),
        "stage": "active",
    }));
    assert_eq!(whole.state.missing_fields(), Vec::<&str>::new());
    assert_eq!(warnings(&whole.state), vec![]);
    assert!(whole.state.is_served_by(UserId(uuid(5))) && !whole.state.is_served_by(UserId(uuid(6))));
}

#[test]
fn what_deserves_a_look_is_warned_of() {
    let story = created(json!({
        "email": "boss@GMAIL.com", "customer_type": "enterprise", "payment_terms": "NET120",
        "credit_limit": { "amount": "1000000.01", "currency": "USD" },
    }));
    let codes: Vec<String> = warnings(&story.state).into_iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["limit_high", "terms_long", "free_mail", "billing_address_missing"]);
    let exact = created(json!({ "credit_limit": "1000000" }));
    assert!(!warnings(&exact.state).iter().any(|warning| warning.code == "limit_high"));
}
