//! The changes that the demo leaves on the approvers' desks, one for every lane and several states.

use axum::body::Bytes;
use kith_api::view::ChangeView;
use serde_json::{Value, json};

use super::account::{self, Created};
use super::stage::Stage;
use crate::demo::Story;
use crate::door::{Call, Door};
use crate::failure::Failure;

/// Proposals that are decided in the days before: applied, rejected, taken back.
pub(super) async fn decided(stage: &Stage) -> Result<(), Failure> {
    let mut accounts = stage.steady("preferred", "US").skip(40);
    if let Some(account) = accounts.next() {
        let patch = json!({"payment_terms": "NET45", "reason": "Part of the talks about volume."});
        let change = propose(stage, account, &patch).await?;
        account::approve(&stage.local, &stage.people, change).await?;
    }
    if let Some(account) = accounts.next() {
        let patch = json!({"tier": "strategic", "reason": "They ask to be served like the large ones."});
        let change = propose(stage, account, &patch).await?;
        let no = json!({"comment": "Twelve orders a quarter are not strategic. Ask again in summer."});
        stage.call("helen", Call::to("change_reject").place(&change.id).json(&no)?).await?;
    }
    if let Some(account) = accounts.next() {
        let patch = json!({"payment_terms": "NET60", "reason": "Entered for the wrong customer."});
        let change = propose(stage, account, &patch).await?;
        let body = json!({"comment": "The wrong customer, sorry."});
        stage.manager_calls(account, Call::to("change_cancel").place(&change.id).json(&body)?).await?;
    }
    Ok(())
}

/// Proposes changes and leaves them, one of them half approved.
pub(super) async fn leave_waiting(stage: &Stage) -> Result<(), Failure> {
    let mut active =
        stage.created.iter().filter(|account| account.is_active && account.story != Story::Churned);
    if let Some(account) = active.next() {
        let change = raise_limit(stage, account).await?;
        account::approve_step(&stage.local, &stage.people, &change).await?;
    }
    for account in stage.with(Story::Stretched).skip(1).take(2) {
        raise_limit(stage, account).await?;
    }
    if let Some(account) = stage.with(Story::Growing).find(|account| account.tier == "preferred") {
        let patch = json!({"tier": "premium", "reason": format!("{} ordered more in every month of this year.", account.name)});
        propose(stage, account, &patch).await?;
    }
    if let Some(account) = active.nth(3) {
        let patch =
            json!({"payment_terms": "NET60", "reason": "Asked for in the talks about next year's volume."});
        propose(stage, account, &patch).await?;
    }
    policy(stage).await?;
    prospect(stage).await
}

/// Red: the policy itself.
async fn policy(stage: &Stage) -> Result<(), Failure> {
    let patch = json!({"packs": ["credit_authority"], "reason": "Small raises of limits should not need the controller."});
    let body = Bytes::from(patch.to_string());
    stage.call("grace", Call::to("policy_edit").bytes("application/merge-patch+json", body)).await.map(drop)
}

/// Half as much again, in whole five hundreds.
async fn raise_limit(stage: &Stage, account: &Created) -> Result<ChangeView, Failure> {
    let known = stage.manager_calls(account, Call::to("account_get").place(&account.id)).await?;
    let limit = &known["credit_limit"];
    let whole = limit["amount"].as_str().and_then(|amount| amount.split('.').next()?.parse::<u64>().ok());
    let raised = whole.unwrap_or(100_000).saturating_mul(3) / 1_000 * 500;
    let patch = json!({
        "credit_limit": {"amount": format!("{raised}.00"), "currency": limit["currency"]},
        "reason": "The spring programme needs more room; payments were on time for a year.",
    });
    propose(stage, account, &patch).await
}

async fn propose(stage: &Stage, account: &Created, patch: &Value) -> Result<ChangeView, Failure> {
    let door = Door::Local(stage.local.of(stage.people.with_address(&account.manager)?));
    let read = door.call(Call::to("account_get").place(&account.id)).await?;
    let version = read.etag.ok_or_else(|| Failure::Here(format!("{}: no version", account.name)))?;
    let call = Call::to("account_update").place(&account.id).json(patch)?.header("if-match", version);
    door.call(call).await?.json()
}

/// A customer that nobody has approved yet.
async fn prospect(stage: &Stage) -> Result<(), Failure> {
    let Some(first) = stage.created.first() else { return Ok(()) };
    let body = json!({
        "name": "Larkfield Tooling",
        "legal_name": "Larkfield Tooling LLC",
        "email": "orders@larkfield-tooling.example",
        "owning_entity": "US",
        "customer_type": "wholesale",
        "tier": "standard",
        "payment_terms": "NET30",
        "currency": "USD",
        "account_manager": stage.people.id(&first.manager)?,
        "contacts": [{"name": "June Abara", "emails": ["june.abara@larkfield-tooling.example"], "is_primary": true}],
        "addresses": [{"kinds": ["billing"], "lines": ["18 Foundry Road"], "city": "Joliet",
                       "state_province": "IL", "postal_code": "60432", "country": "US"}],
        "reason": "Met at the trade fair; first order is agreed.",
    });
    stage.manager_calls(first, Call::to("account_create").json(&body)?).await.map(drop)
}
