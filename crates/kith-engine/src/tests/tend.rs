//! What the clock asks of changes that wait: reminders, escalation, the end.

use jiff::Timestamp;
use kith_domain::access::Role;
use kith_domain::approval::{Change, ChangeState};
use kith_domain::command::Command;
use kith_domain::policy::{Command as PolicyCommand, Rules, Successor};
use serde_json::json;

use super::{House, on_each};
use crate::{Answer, Caller};
use kith_domain::approval::{Command as ChangeCommand, Word};

async fn told(house: &House, caller: &Caller) -> Vec<String> {
    let page = house.engine.notifications(caller, None, None, 50).await.unwrap();
    page.items.into_iter().map(|item| item.kind).rev().collect()
}

async fn now(house: &House, change: &Change) -> Change {
    let name = change.id.to_string();
    let read = house.engine.store().read(move |reader| crate::noun::load::<Change>(reader, &name));
    read.await.unwrap().state
}

async fn waiting(house: &House) -> Change {
    house
        .submit(json!({"name": "Acme", "email": "a@acme.example", "owning_entity": "US", "stage": "active"}))
        .await
        .1
}

#[test]
fn a_step_is_reminded_of_handed_on_and_lapses() {
    on_each(|house| async move {
        let change = waiting(&house).await;
        let schedule = change.steps[0].schedule.unwrap();
        let tend = |at: Timestamp| {
            let engine = house.engine.clone();
            async move { engine.tend_changes(at).await.unwrap() }
        };
        assert_eq!(tend(schedule.started_at).await, 0, "nothing is due yet");
        assert_eq!(tend(schedule.remind_at).await, 1);
        assert_eq!(tend(schedule.remind_at).await, 0, "asked again it does nothing more");
        assert_eq!(told(&house, &house.ar).await, ["change_reminder"]);
        assert_eq!(told(&house, &house.controller).await, [""; 0]);
        // Nobody is configured to follow: all holders are told, and whoever runs the house.
        tend(schedule.escalate_at).await;
        assert_eq!(told(&house, &house.ar).await, ["change_reminder", "change_escalated"]);
        assert_eq!(told(&house, &house.admin).await, ["change_escalated"]);
        tend(schedule.escalate_again_at.unwrap()).await;
        assert_eq!(now(&house, &change).await.steps[0].escalations.len(), 2);
        tend(change.expires_at.unwrap()).await;
        assert_eq!(now(&house, &change).await.state, ChangeState::Expired);
        assert_eq!(told(&house, &house.seller).await, ["change_expired"]);
        assert_eq!(tend(change.expires_at.unwrap()).await, 0);
    });
}

#[test]
fn a_clock_that_stood_still_catches_up_at_once() {
    on_each(|house| async move {
        let change = waiting(&house).await;
        let late = change.steps[0].schedule.unwrap().escalate_again_at.unwrap();
        house.engine.tend_changes(late).await.unwrap();
        let found = now(&house, &change).await;
        assert_eq!((found.state, found.steps[0].escalations.len()), (ChangeState::Waiting, 2));
        assert!(found.steps[0].reminded_at.is_none(), "what was handed on is not reminded of besides");
    });
}

#[test]
fn a_backup_decides_what_was_handed_on_to_it() {
    on_each(|house| async move {
        let cfo = house.person("Carol Chief", Role::Cfo).await;
        let successor =
            Successor { role: Role::ArManager, backup: Some(Role::Manager), manager: Some(Role::Cfo) };
        let rules = Rules { escalation: vec![successor], ..Rules::default() };
        let command = Command::Policy(PolicyCommand::Set { rules: Box::new(rules) });
        let Answer::Waiting(policy) = house.answer(&house.admin, command).await else {
            panic!("a red change")
        };
        for caller in [&house.controller, &cfo] {
            house.decide(caller, &policy, ChangeCommand::Approve(Word::default())).await;
        }
        assert_eq!(now(&house, &policy).await.state, ChangeState::Applied);

        let change = waiting(&house).await;
        assert_eq!(change.policy_version, 2);
        let approve = || ChangeCommand::Approve(Word::default());
        let early = house.decide(&house.manager, &change, approve()).await;
        assert!(matches!(early, Answer::Refused(refusal) if refusal.code == "change.wrong_role"));
        house.engine.tend_changes(change.steps[0].schedule.unwrap().escalate_at).await.unwrap();
        assert_eq!(told(&house, &house.manager).await, ["change_escalated"]);
        let decided = house.decide(&house.manager, &change, approve()).await;
        let Answer::Waiting(decided) = decided else { panic!("{decided:?}") };
        assert_eq!(decided.steps[0].decisions[0].role, Role::Manager);
        let faults = tokio::task::block_in_place(|| house.engine.verify()).unwrap().faults;
        assert_eq!(faults, [""; 0], "what is stored is what the records give");
    });
}
