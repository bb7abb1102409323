//! Tests of the change gate.

mod course;
mod duties;
mod explore;
mod revision;

use serde_json::{Value, json};

use super::*;
use crate::access::Role::{ArManager, Controller};
use crate::access::{Principal, Role, RoleGrant};
use crate::account;
use crate::context::ActorKind;
use crate::policy::{Lane, Reason, StepRule, Times};
use crate::story::{Story, at, context, uuid};
use crate::value::{AccountId, ChangeId, EntityCode, Personal, UserId};

fn held(credit: bool) -> crate::Command {
    let id = AccountId(uuid(77));
    let mut draft = account::Draft { name: Some(Some("Acme".into())), ..account::Draft::default() };
    draft.email = Some(Some(Personal::new(id, "ap@acme.example".into())));
    if credit {
        draft.payment_terms = Some(Some("NET60".into()));
    }
    crate::Command::Account { id, command: account::Command::Update { draft: Box::new(draft) } }
}

/// An update that waits for an AR Manager, then a Controller.
fn submission(credit: bool, entity: Option<&str>) -> Box<Submission> {
    let entity: Option<EntityCode> = entity.map(|code| code.parse().unwrap());
    let steps = [ArManager, Controller].map(StepRule::of);
    Box::new(Submission {
        id: ChangeId(uuid(9)),
        operation: Operation::AccountUpdate,
        command: Box::new(held(credit)),
        targets: vec![AccountId(uuid(77)).to_string()],
        base_version: Some(3),
        lane: Lane::Yellow,
        reasons: Vec::new(),
        policy_version: 1,
        amount: None,
        times: Times::of(Lane::Yellow),
        steps: steps.iter().map(|rule| Step::waiting(rule, entity.clone())).collect(),
        on_behalf_of: None,
        reason: Some(Personal::new("usr_1", "asked by phone".into())),
        diff: vec![Diff { path: "/name".into(), before: json!("Acne"), after: json!("Acme") }],
        warnings: Vec::new(),
        payload_hash: "00".repeat(32),
    })
}

fn submit(credit: bool, entity: Option<&str>) -> Command {
    Command::Submit(submission(credit, entity))
}

fn story() -> Story<Change> {
    let mut story = Story::new(Facts::of(Principal::system()));
    acts(&mut story, ActorKind::User, 1, &[]);
    story
}

/// The next command is asked by this actor, who holds these roles everywhere and is bound to nothing.
fn acts(story: &mut Story<Change>, kind: ActorKind, user: u128, roles: &[Role]) {
    story.context = context(kind, user, story.context.now);
    let roles = roles.iter().map(|role| RoleGrant::everywhere(*role)).collect();
    story.facts = Facts::of(Principal { actor: story.context.actor.clone(), roles });
}

fn submitted() -> Story<Change> {
    let mut story = story();
    story.accepts(&submit(true, None));
    story
}

fn approve() -> Command {
    let comment = Some(Personal::new("usr_2", " fine ".into()));
    Command::Approve(Word { comment, ..Word::default() })
}

fn reject(comment: &str) -> Command {
    let comment = Some(Personal::new("usr_2", comment.to_owned()));
    Command::Reject(Word { comment, ..Word::default() })
}

fn applying() -> Story<Change> {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.accepts(&approve());
    acts(&mut story, ActorKind::User, 3, &[Controller]);
    story.accepts(&approve());
    story
}

fn user(number: u128) -> UserId {
    UserId(uuid(number))
}

#[test]
fn differences_are_found_by_place_and_row() {
    let before = json!({
        "name": "Acne", "tags": ["a"], "gone": 1, "metadata": { "$subject": "acc_1", "$value": { "a": 1 } },
        "contacts": [{ "id": "con_1", "title": "Clerk" }, { "id": "con_2" }],
        "limit": { "amount": "1.00", "currency": "USD" },
    });
    let after = json!({
        "name": "Acme", "tags": ["a", "b"], "a/b": 2, "metadata": { "$subject": "acc_1", "$value": { "a": 2 } },
        "contacts": [{ "id": "con_3" }, { "id": "con_1", "title": "Head" }],
        "limit": { "amount": "2.00", "currency": "USD" },
    });
    let mut found: Vec<(String, Value, Value)> =
        diff(&before, &after).into_iter().map(|diff| (diff.path, diff.before, diff.after)).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let expected = [
        ("/a~1b", json!(null), json!(2)),
        ("/contacts/con_1/title", json!("Clerk"), json!("Head")),
        ("/contacts/con_2", json!({ "id": "con_2" }), json!(null)),
        ("/contacts/con_3", json!(null), json!({ "id": "con_3" })),
        ("/gone", json!(1), json!(null)),
        (
            "/limit",
            json!({ "amount": "1.00", "currency": "USD" }),
            json!({ "amount": "2.00", "currency": "USD" }),
        ),
        (
            "/metadata",
            json!({ "$subject": "acc_1", "$value": { "a": 1 } }),
            json!({ "$subject": "acc_1", "$value": { "a": 2 } }),
        ),
        ("/name", json!("Acne"), json!("Acme")),
        ("/tags", json!(["a"]), json!(["a", "b"])),
    ];
    assert_eq!(found, expected.map(|(path, before, after)| (path.to_owned(), before, after)));
    assert_eq!(diff(&before, &before), vec![]);
}

#[test]
fn operations_have_codes_and_grants() {
    for operation in Operation::ALL {
        assert_eq!(serde_json::to_value(operation).unwrap(), operation.as_str());
    }
    assert_eq!(crate::required(&held(false)), crate::access::Grant::AccountsWrite);
    assert_eq!(crate::operation(&held(false)), Operation::AccountUpdate);
}
