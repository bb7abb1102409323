//! Contracts in the engine: what follows from them by itself, and what onboarding asks of them.

use jiff::Timestamp;
use kith_domain::contract::{Command as ContractCommand, ContractDraft, ContractState, SignerDraft};
use kith_domain::value::{AccountId, ContractId, Personal};
use serde_json::{Value, json};

use super::{House, on_each};
use crate::{Caller, Question, TaskRequest};

async fn customer(house: &House) -> AccountId {
    let manager = house.seller.principal.user().unwrap();
    let more = json!({
        "account_manager": manager,
        "contacts": [{"name": "Cleo Park", "role": "decision_maker", "emails": ["cleo@acme.example"], "is_primary": true}],
    });
    house.account("Acme", "1", more).await
}

/// Drafts, sends and signs a contract behind its link.
async fn signed(house: &House, account: AccountId, body: &Value) -> ContractId {
    let id = ContractId(house.engine.new_uuid().unwrap());
    let (draft, faults) = ContractDraft::read(body, &account.to_string());
    assert!(faults.is_empty(), "{faults:?}");
    let command = ContractCommand::Create { id, account, origin: None, draft: Box::new(draft) };
    house.engine.contract_act(&house.seller, id, command, None).await.unwrap().unwrap();
    let sent = house.engine.contract_send(&house.seller, &id.to_string(), 24).await.unwrap().unwrap();
    sign(house, &id.to_string(), &sent[0].path, "Cleo Park").await;
    id
}

async fn sign(house: &House, id: &str, path: &str, name: &str) {
    let secret = path.rsplit('/').next().unwrap();
    let door = house.engine.door(id, secret).await.unwrap().unwrap();
    let shown = (door.sha256, "192.0.2.7".to_owned());
    house.engine.door_sign((id, secret), (name.into(), true), shown).await.unwrap().unwrap();
}

async fn tasks(house: &House) -> Vec<String> {
    let request = TaskRequest { limit: 50, ..TaskRequest::default() };
    let page = house.engine.tasks(&house.seller, request).await.unwrap().unwrap();
    page.items.into_iter().map(|task| task.kind).rev().collect()
}

async fn state(house: &House, id: ContractId) -> String {
    house.engine.contract_get(&house.seller, &id.to_string()).await.unwrap().unwrap().state
}

fn later() -> Timestamp {
    "2100-01-01T00:00:00Z".parse().unwrap()
}

#[test]
fn the_contract_that_ends_first_is_found_by_asking() {
    on_each(|house| async move {
        let account = customer(&house).await;
        house.account("Borealis", "2", json!({})).await;
        let found = |words: &str| {
            let question = Question { question: words.into(), ..Question::default() };
            let reply = house.engine.ask(&house.admin, &question).unwrap();
            let items = reply.items.unwrap_or_default();
            items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("contracts ending in 60 days"), Vec::<String>::new());
        signed(&house, account, &json!({"starts_on": "2026-11-01", "ends_on": "2027-10-31"})).await;
        assert_eq!(found("contracts ending in 60 days"), Vec::<String>::new());
        signed(&house, account, &json!({"starts_on": "2026-11-01", "ends_on": "2026-12-20"})).await;
        assert_eq!(found("contracts ending in 60 days"), ["Acme"]);
        assert_eq!(found("customers with more than 1 contract"), ["Acme"]);
        assert_eq!(found("customers without a contract"), ["Borealis"]);
    });
}

#[test]
fn what_falls_due_becomes_a_task_once() {
    on_each(|house| async move {
        let account = customer(&house).await;
        let id = signed(&house, account, &json!({"starts_on": "2026-11-01", "ends_on": "2027-10-31"})).await;
        assert_eq!((state(&house, id).await.as_str(), tasks(&house).await), ("active", vec![]));
        let mut house = house;
        let mut seen = Vec::new();
        for (today, expected) in [
            ("2027-05-03", vec![]),
            ("2027-05-04", vec!["contract_renewal"]),
            ("2027-08-25", vec!["contract_renewal"]),
            ("2027-11-01", vec!["contract_renewal"]),
            ("2027-11-23", vec!["contract_renewal", "contract_audit"]),
        ] {
            house.settings.today = Some(today.parse().unwrap());
            house = house.reopen().await;
            house.engine.tend_contracts(later()).await.unwrap();
            assert_eq!(
                house.engine.tend_contracts(later()).await.unwrap(),
                0,
                "asked again it does nothing more"
            );
            assert_eq!(tasks(&house).await, expected, "{today}");
            seen.push(state(&house, id).await);
        }
        assert_eq!(seen, ["active", "expiring", "expiring", "active", "active"], "it renews by itself");
        let verified = house.engine.verify().unwrap();
        assert_eq!(verified.faults, Vec::<String>::new());
    });
}

#[test]
fn onboarding_offers_one_contract_and_learns_when_it_is_validated() {
    on_each(|house| async move {
        let account = customer(&house).await;
        let offered = house.engine.contract_offer(&Caller::system(), account).await.unwrap().unwrap();
        assert_eq!((offered.state, offered.links.len()), (ContractState::Sent, 1));
        assert!(!house.engine.contract_is_validated(account).await.unwrap());
        let again = house.engine.contract_offer(&Caller::system(), account).await.unwrap().unwrap();
        assert_eq!((again.contract, again.links.len()), (offered.contract, 0), "the one that is on its way");
        sign(&house, &offered.contract.to_string(), &offered.links[0].path, "Cleo Park").await;
        assert!(house.engine.contract_is_validated(account).await.unwrap());
        let people = house.engine.portal_users(&house.seller, &account.to_string()).await.unwrap().unwrap();
        assert_eq!(people.items.len(), 1);
    });
}

#[test]
fn an_address_of_somebody_else_becomes_a_task_and_stops_nobody() {
    on_each(|house| async move {
        let account = customer(&house).await;
        let id = ContractId(house.engine.new_uuid().unwrap());
        let text = |text: &str| Some(Personal::new(account, text.to_owned()));
        // The seller's own address: a person of ours is no customer.
        let signer = SignerDraft {
            name: text("Sam"),
            email: text("sam.seller@norvane.example"),
            ..SignerDraft::default()
        };
        let draft = ContractDraft { signers: Some(Some(vec![signer])), ..ContractDraft::default() };
        let command = ContractCommand::Create { id, account, origin: None, draft: Box::new(draft) };
        house.engine.contract_act(&house.seller, id, command, None).await.unwrap().unwrap();
        let sent = house.engine.contract_send(&house.seller, &id.to_string(), 24).await.unwrap().unwrap();
        sign(&house, &id.to_string(), &sent[0].path, "Sam").await;
        assert_eq!(state(&house, id).await, "signed", "nobody confirmed that Sam may sign");
        let confirm = ContractCommand::ConfirmAuthority { signer: 0, basis: "Power of attorney.".into() };
        house.engine.contract_act(&house.controller, id, confirm, None).await.unwrap().unwrap();
        assert_eq!(state(&house, id).await, "active");
        assert_eq!(tasks(&house).await, ["portal_access"]);
        house.engine.contract_provision(&house.admin, &id.to_string()).await.unwrap().unwrap();
        assert_eq!(tasks(&house).await, ["portal_access"], "once");
    });
}
