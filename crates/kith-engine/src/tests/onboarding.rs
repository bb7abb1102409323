//! Cases of onboarding where the world does not answer, and what rules do to accounts by themselves.

use std::sync::Arc;

use kith_connect::provider::{FileProvider, ProviderKind, Providers};
use kith_domain::account::Draft;
use kith_domain::onboarding::{Application, StepName, StepState};
use kith_domain::value::{AccountId, OnboardingId};
use serde_json::{Value, json};

use super::{House, on_each};
use crate::{Answer, ApplicationRequest, Applied, Request};

const LEI: &str = "5493001KJTIIGC8Y1R12";

fn golden(status: &str) -> String {
    format!(
        "LEI,Entity.LegalName,Entity.LegalAddress.Country,Entity.EntityStatus\n{LEI},\"Acme, Incorporated\",US,{status}\n"
    )
}

async fn apply(house: &House, more: Value) -> OnboardingId {
    let mut body = json!({
        "name": "Acme", "legal_name": "ACME Inc.", "email": "ap@acme.example", "owning_entity": "US",
        "identifiers": [{"kind": "lei", "value": LEI}],
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let account = AccountId(house.engine.new_uuid().unwrap());
    let engine = house.engine.clone();
    let mut ids = move || engine.new_uuid().unwrap();
    let (draft, faults) = Draft::read_new(&body, account, &mut ids);
    assert_eq!(faults, vec![]);
    let application =
        ApplicationRequest { who: Applied::New(account, Box::new(draft)), said: Application::default() };
    let (id, command) = house.engine.application(&house.seller, application).await.unwrap().unwrap();
    let answer = house.engine.onboard(&house.seller, Request::from(command)).await.unwrap().answer;
    assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
    id
}

/// Where a step stands, and what its trail says of it.
async fn step(house: &House, id: OnboardingId, name: &str) -> (String, String) {
    let case = house.engine.case(&house.seller, &id.to_string()).await.unwrap().unwrap();
    let step = case.steps.into_iter().find(|step| step.step == name).unwrap();
    (step.state, step.reason.unwrap_or_default())
}

fn asks_file(house: &House, path: &std::path::Path) {
    let mut providers = Providers::default();
    providers
        .add(ProviderKind::Lei, Arc::new(FileProvider::new("gleif", ProviderKind::Lei, path.to_path_buf())));
    house.engine.ask_providers(providers);
}

/// An application lacks a payment terms code and so on: intake is completed by hand so that the rest goes on.
async fn past_intake(house: &House, id: OnboardingId) {
    use kith_domain::command::Command;
    use kith_domain::onboarding::Command as CaseCommand;
    use kith_domain::value::Personal;
    let reason = Personal::new("usr_1", "All there.".to_owned());
    let command = CaseCommand::Judge { step: StepName::Intake, passed: true, reason, evidence: vec![] };
    let request = Request::from(Command::Onboarding { id, command });
    let answer = house.engine.onboard(&house.ar, request).await.unwrap().answer;
    assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
}

#[test]
fn a_provider_that_is_down_leaves_the_step_pending_and_is_asked_again() {
    on_each(|house| async move {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("golden.csv");
        asks_file(&house, &path);
        let id = apply(&house, json!({})).await;
        past_intake(&house, id).await;
        let (state, reason) = step(&house, id, "registry").await;
        assert_eq!(state, StepState::PendingExternal.as_str(), "{reason}");
        assert!(reason.contains("golden.csv"), "{reason}");
        let heads = house.engine.heads().await.unwrap();
        house.engine.tend_cases().await.unwrap();
        assert_eq!(house.engine.heads().await.unwrap(), heads, "silence is no news");
        std::fs::write(&path, golden("ACTIVE")).unwrap();
        house.engine.tend_cases().await.unwrap();
        let (state, reason) = step(&house, id, "registry").await;
        assert_eq!(state, StepState::Passed.as_str(), "{reason}");
        let case = house.engine.case(&house.seller, &id.to_string()).await.unwrap().unwrap();
        let registry = case.steps.iter().find(|step| step.step == "registry").unwrap();
        let evidence = &registry.trail.last().unwrap().evidence[0];
        assert_eq!(evidence.source, "gleif");
        assert!(evidence.text.as_ref().unwrap().contains("Acme, Incorporated"));
        assert_eq!(registry.trail.len(), 2, "every answer stands in the trail once");
    });
}

#[test]
fn what_a_register_says_is_judged_and_asked_again_only_by_a_person() {
    on_each(|house| async move {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("golden.csv");
        std::fs::write(&path, golden("INACTIVE")).unwrap();
        asks_file(&house, &path);
        let id = apply(&house, json!({})).await;
        past_intake(&house, id).await;
        assert_eq!(step(&house, id, "registry").await.0, StepState::Failed.as_str());
        std::fs::write(&path, golden("ACTIVE")).unwrap();
        house.engine.tend_cases().await.unwrap();
        assert_eq!(step(&house, id, "registry").await.0, StepState::Failed.as_str());
        house.engine.run_step(id, StepName::Registry).await.unwrap().unwrap();
        assert_eq!(step(&house, id, "registry").await.0, StepState::Passed.as_str());
        let refused = house.engine.run_step(id, StepName::Registry).await.unwrap().unwrap_err();
        assert_eq!(refused.code, "onboarding.step_settled");
    });
}

#[test]
fn rules_leave_accounts_alone_that_they_do_not_concern() {
    on_each(|house| async move {
        let account = house.account("Acme", "1", json!({"stage": "prospect"})).await;
        assert_eq!(house.engine.react(true).await.unwrap(), 0);
        let life = house.engine.lifecycle(&house.seller, &account.to_string()).await.unwrap().unwrap();
        assert_eq!(life.stage, "prospect");
        let names: Vec<&str> = life.moves.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["apply", "close", "delete"]);
        assert!(life.moves.iter().all(|one| one.allowed));
    });
}
