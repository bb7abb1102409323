//! Creating and editing through the change gate.

use kith_domain::account::{Command as AccountCommand, Draft};
use kith_domain::approval::{Command as ChangeCommand, Word};
use kith_domain::command::Command;
use kith_domain::context::{Actor, ActorKind};
use serde_json::json;

use super::on_each;
use crate::{Answer, Caller, Request};

fn approve() -> ChangeCommand {
    ChangeCommand::Approve(Word::default())
}

#[test]
fn an_account_exists_only_after_both_approved() {
    on_each(|house| async move {
        let (id, change) =
            house.submit(json!({"name": "Acme", "email": "a@acme.example", "owning_entity": "US"})).await;
        assert_eq!(change.steps.len(), 2);
        assert!(house.engine.account(&house.admin, &id.to_string()).await.unwrap().is_err());
        house.decide(&house.ar, &change, approve()).await;
        assert!(house.engine.account(&house.admin, &id.to_string()).await.unwrap().is_err());
        house.decide(&house.controller, &change, approve()).await;
        let account = house.engine.account(&house.admin, &id.to_string()).await.unwrap().unwrap();
        assert_eq!((account.name.as_str(), account.version), ("Acme", 1));
        assert_eq!(account.account_number, "C-000001");
        assert_eq!(account.email.as_deref(), Some("a@acme.example"));
    });
}

#[test]
fn four_eyes_and_order_of_steps_hold() {
    on_each(|house| async move {
        let (_, change) =
            house.submit(json!({"name": "Acme", "email": "a@acme.example", "owning_entity": "US"})).await;
        let refused = |answer: Answer| match answer {
            Answer::Refused(refusal) => refusal.code,
            other => panic!("{other:?}"),
        };
        // The second step's approver cannot take the first; the submitter and an administrator none.
        for caller in [&house.controller, &house.seller, &house.admin] {
            refused(house.decide(caller, &change, approve()).await);
        }
        let agent = Caller {
            principal: kith_domain::access::Principal {
                actor: Actor { kind: ActorKind::Agent, user: house.ar.principal.user() },
                roles: house.ar.principal.roles.clone(),
            },
            ..house.ar.clone()
        };
        refused(house.decide(&agent, &change, approve()).await);
        house.decide(&house.ar, &change, approve()).await;
        refused(house.decide(&house.ar, &change, approve()).await);
        house.decide(&house.controller, &change, approve()).await;
        refused(house.decide(&house.controller, &change, approve()).await);
    });
}

#[test]
fn the_same_key_does_it_once_and_other_words_under_it_are_refused() {
    on_each(|house| async move {
        let request = |name: &str| {
            let (id, draft) =
                house.draft(&json!({"name": name, "email": "a@acme.example", "owning_entity": "US"}));
            let command = Command::Account {
                id,
                command: AccountCommand::Create { id, number: 0, draft, application: false },
            };
            Request { command, key: Some("k-1".into()), expected_version: None }
        };
        let first = house.engine.execute(&house.seller, request("Acme")).await.unwrap();
        let again = house.engine.execute(&house.seller, request("Acme")).await.unwrap();
        assert!(!first.replayed && again.replayed);
        assert_eq!(first.answer, again.answer);
        let other = house.engine.execute(&house.seller, request("Other")).await.unwrap();
        assert!(matches!(other.answer, Answer::Refused(refusal) if refusal.code == "idempotency_key_reused"));
    });
}

#[test]
fn a_change_on_fields_that_moved_goes_stale_and_on_others_is_rebased() {
    on_each(|house| async move {
        let id = house.account("Acme", "1", json!({})).await;
        let edit = |body: serde_json::Value| {
            let engine = house.engine.clone();
            let (draft, faults) = Draft::read_patch(&body, id, &mut || engine.new_uuid().unwrap());
            assert!(faults.is_empty(), "{faults:?}");
            Command::Account { id, command: AccountCommand::Update { draft: Box::new(draft) } }
        };
        let mut waiting = Vec::new();
        for body in [json!({"tier": "premium"}), json!({"tier": "strategic"}), json!({"industry": "Toys"})] {
            match house.answer(&house.seller, edit(body)).await {
                Answer::Waiting(change) => waiting.push(*change),
                other => panic!("{other:?}"),
            }
        }
        let mut states = Vec::new();
        for change in &waiting {
            house.decide(&house.ar, change, approve()).await;
            match house.decide(&house.controller, change, approve()).await {
                Answer::Waiting(change) => states.push(change.state.as_str()),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(states, ["applied", "stale", "applied"]);
        let account = house.engine.account(&house.admin, &id.to_string()).await.unwrap().unwrap();
        assert_eq!((account.tier.as_str(), account.industry.as_deref()), ("premium", Some("Toys")));
    });
}

#[test]
fn a_refusal_changes_nothing() {
    on_each(|house| async move {
        house.account("Acme", "1", json!({"tax_id": {"kind": "vat", "value": "DE136695976"}})).await;
        let before = house.engine.heads().await.unwrap();
        let (id, draft) = house.draft(&json!({"name": "", "email": "no", "owning_entity": "XX",
            "tax_id": {"kind": "vat", "value": "DE136695976"}}));
        let command = Command::Account {
            id,
            command: AccountCommand::Create { id, number: 0, draft, application: false },
        };
        let Answer::Refused(refusal) = house.answer(&house.seller, command).await else { panic!() };
        let places: Vec<&str> = refusal.fields.iter().map(|fault| fault.pointer.as_str()).collect();
        for place in ["/name", "/email", "/owning_entity", "/tax_id"] {
            assert!(places.iter().any(|found| found.starts_with(place)), "{place} in {places:?}");
        }
        assert_eq!(house.engine.heads().await.unwrap(), before);
    });
}
