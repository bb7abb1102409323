//! Tests of the change gate.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;
use crate::access::Role::{ArManager, Cfo, Controller, Manager};
use crate::access::{Principal, Role, RoleGrant};
use crate::account;
use crate::context::ActorKind;
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

fn submit(credit: bool, entity: Option<&str>) -> Command {
    let entity: Option<EntityCode> = entity.map(|code| code.parse().unwrap());
    let roles = steps(Operation::AccountUpdate, Lane::Yellow);
    Command::Submit(Box::new(Submission {
        id: ChangeId(uuid(9)),
        operation: Operation::AccountUpdate,
        command: Box::new(held(credit)),
        targets: vec![AccountId(uuid(77)).to_string()],
        base_version: Some(3),
        lane: Lane::Yellow,
        steps: roles.into_iter().map(|role| Step::waiting(role, entity.clone())).collect(),
        expires_at: at(1000),
        reason: Some(Personal::new("usr_1", "asked by phone".into())),
        diff: vec![Diff { path: "/name".into(), before: json!("Acne"), after: json!("Acme") }],
        warnings: Vec::new(),
        payload_hash: "00".repeat(32),
    }))
}

fn story() -> Story<Change> {
    let mut story = Story::new(Facts { principal: Principal::system(), serves_target: false });
    acts(&mut story, ActorKind::User, 1, &[]);
    story
}

/// The next command is asked by this actor, who holds these roles everywhere.
fn acts(story: &mut Story<Change>, kind: ActorKind, user: u128, roles: &[Role]) {
    story.context = context(kind, user, story.context.now);
    let roles = roles.iter().map(|role| RoleGrant::everywhere(*role)).collect();
    story.facts.principal = Principal { actor: story.context.actor.clone(), roles };
}

fn submitted() -> Story<Change> {
    let mut story = story();
    story.accepts(&submit(true, None));
    story
}

fn approve() -> Command {
    Command::Approve { comment: Some(Personal::new("usr_2", " fine ".into())) }
}

fn reject(comment: &str) -> Command {
    Command::Reject { comment: Some(Personal::new("usr_2", comment.into())) }
}

fn applying() -> Story<Change> {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.accepts(&approve());
    acts(&mut story, ActorKind::User, 3, &[Controller]);
    story.accepts(&approve());
    story
}

#[test]
fn two_people_in_their_roles_approve_in_sequence() {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 3, &[Controller]);
    let refusal = story.refuses(&approve(), "change.wrong_role");
    assert!(refusal.clears.contains("AR Manager"));
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.accepts(&approve());
    assert_eq!(story.state.state, ChangeState::Waiting);
    assert_eq!(story.state.steps[0].comment.as_ref().unwrap().get().unwrap(), "fine");
    acts(&mut story, ActorKind::User, 3, &[Controller]);
    story.accepts(&approve());
    assert_eq!(story.state.state, ChangeState::Applying);
    acts(&mut story, ActorKind::System, 0, &[]);
    story.accepts(&Command::MarkApplied { result: json!({ "version": 4 }) });
    assert_eq!(story.state.state, ChangeState::Applied);
    assert_eq!(story.state.result, Some(json!({ "version": 4 })));
    story.refuses(&Command::MarkFailed { result: json!({}) }, "change.not_applying");
}

#[test]
fn one_person_takes_one_step() {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 2, &[ArManager, Controller]);
    story.accepts(&approve());
    story.refuses(&approve(), "change.already_decided");
    story.refuses(&reject("no"), "change.already_decided");
}

#[test]
fn nobody_decides_on_their_own_change() {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 1, &[ArManager]);
    story.refuses(&approve(), "change.own_change");
    story.refuses(&reject("no"), "change.own_change");
}

#[test]
fn nobody_decides_on_what_their_agent_submitted() {
    let mut story = story();
    acts(&mut story, ActorKind::Agent, 2, &[ArManager]);
    story.accepts(&submit(true, None));
    story.refuses(&approve(), "change.people_only");
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.refuses(&approve(), "change.own_change");
}

#[test]
fn programs_and_kith_itself_never_decide() {
    let mut story = submitted();
    for kind in [ActorKind::ApiClient, ActorKind::Agent, ActorKind::System] {
        acts(&mut story, kind, 2, &[ArManager]);
        story.refuses(&approve(), "change.people_only");
        story.refuses(&reject("no"), "change.people_only");
    }
}

#[test]
fn the_role_must_reach_the_entity() {
    let mut story = story();
    story.accepts(&submit(true, Some("US")));
    acts(&mut story, ActorKind::User, 2, &[]);
    let at = |code: &str| RoleGrant { role: ArManager, entity: Some(code.parse().unwrap()) };
    story.facts.principal.roles = vec![at("EU")];
    story.refuses(&approve(), "change.wrong_role");
    story.facts.principal.roles = vec![at("US")];
    story.accepts(&approve());
}

#[test]
fn whoever_serves_an_account_does_not_approve_its_credit() {
    let mut credit = submitted();
    acts(&mut credit, ActorKind::User, 2, &[ArManager]);
    credit.facts.serves_target = true;
    credit.refuses(&approve(), "change.own_account");
    let mut name = story();
    name.accepts(&submit(false, None));
    acts(&mut name, ActorKind::User, 2, &[ArManager]);
    name.facts.serves_target = true;
    name.accepts(&approve());
}

#[test]
fn rejecting_needs_a_comment_and_ends_it() {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.refuses(&Command::Reject { comment: None }, "change.comment_required");
    story.refuses(&reject("  "), "change.comment_required");
    story.refuses(&reject(&"x".repeat(5000)), "change.comment_invalid");
    story.accepts(&reject("the name is wrong"));
    assert_eq!(story.state.state, ChangeState::Rejected);
    assert_eq!(story.state.steps[0].state, StepState::Rejected);
    acts(&mut story, ActorKind::User, 3, &[ArManager]);
    story.refuses(&approve(), "change.not_waiting");
}

#[test]
fn the_submitter_cancels() {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.refuses(&Command::Cancel { comment: None }, "change.not_submitter");
    acts(&mut story, ActorKind::User, 1, &[]);
    story.accepts(&Command::Cancel { comment: None });
    story.nothing(&Command::Cancel { comment: None });
    applying_is_not_cancelled();
}

#[track_caller]
fn applying_is_not_cancelled() {
    let mut story = applying();
    acts(&mut story, ActorKind::User, 1, &[]);
    story.refuses(&Command::Cancel { comment: None }, "change.not_waiting");
}

#[test]
fn nobody_decides_in_time() {
    let mut story = submitted();
    story.refuses(&Command::Expire, "change.not_lapsed");
    story.context.now = at(1000);
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.refuses(&approve(), "change.lapsed");
    story.accepts(&Command::Expire);
    story.nothing(&Command::Expire);
    assert_eq!(story.state.state, ChangeState::Expired);
    let applying = applying();
    applying.refuses(&Command::Expire, "change.not_waiting");
}

#[test]
fn what_was_approved_can_still_be_stale_or_fail() {
    let mut stale = applying();
    stale.accepts(&Command::MarkStale { version: 5, fields: vec!["/name".into()] });
    assert_eq!(stale.state.result, Some(json!({ "version": 5, "fields": ["/name"] })));
    let mut failed = applying();
    failed.accepts(&Command::MarkFailed { result: json!({ "code": "account.invalid" }) });
    assert!(failed.state.state.settled());
    submitted().refuses(&Command::MarkApplied { result: json!({}) }, "change.not_applying");
}

#[test]
fn what_nobody_has_to_approve_does_not_wait() {
    let Command::Submit(mut submission) = submit(false, None) else { panic!("not a submission") };
    submission.steps.clear();
    story().refuses(&Command::Submit(submission), "change.no_steps");
    story().refuses(&approve(), "change.not_found");
    submitted().refuses(&submit(true, None), "change.exists");
}

#[test]
fn a_change_comes_with_its_decisions_open() {
    let Command::Submit(mut submission) = submit(false, None) else { panic!("not a submission") };
    submission.steps[0].state = StepState::Approved;
    submission.steps[0].by = Some(UserId(uuid(2)));
    story().refuses(&Command::Submit(submission), "change.no_steps");
}

#[test]
fn lanes_are_those_of_the_table() {
    let none = BTreeSet::new();
    let facts = LaneFacts::everyday(ActorKind::User);
    for operation in Operation::ALL {
        let expected = match operation {
            Operation::AccountCreate
            | Operation::AccountUpdate
            | Operation::AccountDeactivate
            | Operation::AccountReactivate
            | Operation::AccountClose
            | Operation::AccountMerge
            | Operation::AccountUnmerge
            | Operation::AccountSetParent
            | Operation::AccountRelate
            | Operation::ImportExecute
            | Operation::ImportRevert => Lane::Yellow,
            Operation::AccountReopen | Operation::AccountDelete => Lane::Red,
            _ => Lane::Green,
        };
        assert_eq!(lane(*operation, &none, &facts), expected, "{operation:?}");
    }
    assert_eq!(steps(Operation::AccountCreate, Lane::Yellow), [ArManager, Controller]);
    assert_eq!(steps(Operation::AccountUpdate, Lane::Red), [ArManager, Controller, Cfo]);
    assert_eq!(steps(Operation::AccountDeactivate, Lane::Yellow), [Manager, Controller]);
    assert_eq!(steps(Operation::AccountMerge, Lane::Red), [Manager, Controller, Cfo]);
    assert_eq!(steps(Operation::AccountDelete, Lane::Red), [Manager, Controller, Cfo]);
    assert_eq!(steps(Operation::ImportExecute, Lane::Yellow), [Manager]);
    assert_eq!(steps(Operation::ImportExecute, Lane::Red), [Manager, Controller, Cfo]);
    assert_eq!(steps(Operation::UserSetRoles, Lane::Red), [Controller, Cfo]);
    assert_eq!(steps(Operation::AccountAddNote, Lane::Green), []);
}

#[test]
fn lanes_are_raised() {
    let update = |fields: &[&'static str], facts: &LaneFacts| {
        lane(Operation::AccountUpdate, &fields.iter().copied().collect(), facts)
    };
    let facts = LaneFacts::everyday(ActorKind::User);
    let agent = LaneFacts::everyday(ActorKind::Agent);
    assert_eq!(update(&["credit_limit"], &facts), Lane::Yellow);
    assert_eq!(update(&["credit_limit"], &agent), Lane::Red);
    assert_eq!(update(&["website"], &agent), Lane::Yellow);
    assert_eq!(update(&[], &LaneFacts { over_million: true, ..facts.clone() }), Lane::Red);
    assert_eq!(update(&[], &LaneFacts { open_compliance: true, ..facts.clone() }), Lane::Red);
    assert_eq!(update(&[], &LaneFacts { records: 101, ..facts.clone() }), Lane::Red);
    let many = LaneFacts { records: 101, ..facts.clone() };
    assert_eq!(lane(Operation::ImportExecute, &BTreeSet::new(), &many), Lane::Yellow);
    let new = LaneFacts { new_submitter: true, ..facts.clone() };
    assert_eq!(update(&[], &new), Lane::Red);
    assert_eq!(update(&[], &LaneFacts { in_setup: true, ..new.clone() }), Lane::Yellow);
    assert_eq!(lane(Operation::AccountAddNote, &BTreeSet::new(), &new), Lane::Green);
}

#[test]
fn granting_an_approving_role_is_red_after_set_up() {
    let facts = LaneFacts { grants_approving: true, ..LaneFacts::everyday(ActorKind::User) };
    let none = BTreeSet::new();
    assert_eq!(lane(Operation::UserSetRoles, &none, &facts), Lane::Red);
    assert_eq!(lane(Operation::UserAdd, &none, &facts), Lane::Red);
    let setup = LaneFacts { in_setup: true, ..facts };
    assert_eq!(lane(Operation::UserAdd, &none, &setup), Lane::Green);
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
