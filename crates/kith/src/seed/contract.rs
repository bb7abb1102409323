//! Contracts: drafts, one that waits for its signatures, some in force, some that end soon.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::account::Created;
use super::paper;
use super::stage::Stage;
use crate::door::Call;
use crate::failure::Failure;

/// Text of the agreement about rates.
const RATES: &str = "# Rates\n\
    {{account.name}} buys parts and freight at the prices of the list that is named below.\n\n\
    ## Fuel\n\
    The fuel surcharge follows the index of the month before, capped at {{fuel_cap}}.\n\n\
    ## Claims\n\
    - Damage is told within {{claim_days}} days.\n\
    - Deliveries on time and in full: 96 percent of a quarter.";

/// In force: first day and last day counted from the day of the demo, renewal, title.
const IN_FORCE: [(i64, Option<i64>, &str, &str); 7] = [
    (-300, Some(430), "auto", "Framework agreement"),
    (-340, Some(25), "manual", "Framework agreement"),
    (-330, Some(35), "none", "Rate agreement of this year"),
    (-200, Some(165), "auto", "Framework agreement"),
    (-310, Some(55), "manual", "Framework agreement"),
    (-90, None, "evergreen", "Framework agreement"),
    (-420, Some(-12), "none", "Trial terms"),
];

/// The templates besides the one that is built in.
pub(super) async fn templates(stage: &Stage) -> Result<(), Failure> {
    let template = json!({
        "code": "rates", "name": "Rate agreement", "type": "rate_agreement", "renewal": "manual", "text": RATES,
        "reviewed": true, "notice_days": 30, "governing_law": "Law of the seller's place",
        "fields": [
            {"name": "fuel_cap", "label": "Cap of the fuel surcharge, percent", "type": "number", "required": true, "default": 18},
            {"name": "claim_days", "label": "Days to tell of damage", "type": "number", "required": true, "default": 5},
        ],
    });
    stage.call("grace", Call::to("contract_template_save").json(&template)?).await.map(drop)
}

/// What was agreed before: signed with ink, the scan confirmed by a second person.
pub(super) async fn in_force(stage: &Stage) -> Result<(), Failure> {
    let strategic = stage.steady("strategic", "US").chain(stage.steady("premium", "US"));
    for (account, (first, last, renewal, title)) in strategic.zip(IN_FORCE) {
        let ends_on = last.map(|day| stage.calendar.day(day));
        let body = json!({
            "account": account.id,
            "title": title,
            "starts_on": stage.calendar.day(first),
            "ends_on": ends_on,
            "renewal": renewal,
            "sla": {"otif_pct": "96.0", "response_hours": 4, "claim_days": 5},
        });
        let contract = draft(stage, account, &body).await?;
        stage.manager_calls(account, Call::to("contract_send").place(&contract).json(&json!({}))?).await?;
        let scan = paper::scan(title, &account.name)?;
        let upload = Call::to("contract_upload_signed").place(&contract).with("name", Some("signed.pdf"));
        stage.call("helen", upload.bytes("application/pdf", Bytes::from(scan))).await?;
        stage.call("victor", Call::to("contract_confirm_scan").place(&contract).json(&json!({}))?).await?;
    }
    Ok(())
}

/// What is being agreed: a draft, one before its reviewer, one at its signers, one whose customer was told no.
pub(super) async fn under_way(stage: &Stage) -> Result<(), Failure> {
    let mut premium = stage.steady("premium", "US").skip(10);
    if let Some(account) = premium.next() {
        let volume = json!({"amount": {"amount": "180000.00", "currency": "USD"}, "period": "year"});
        let body = json!({"account": account.id, "title": "Framework for next year", "committed_volume": volume,
                          "starts_on": stage.calendar.day(40)});
        draft(stage, account, &body).await?;
    }
    if let Some(account) = premium.next() {
        let body =
            json!({"account": account.id, "template": "rates", "title": "Rates for the spring season"});
        let contract = draft(stage, account, &body).await?;
        stage.manager_calls(account, Call::to("contract_submit").place(&contract).json(&json!({}))?).await?;
    }
    for (account, hours) in premium.by_ref().take(2).zip([336, 72]) {
        let body = json!({"account": account.id, "title": "Framework agreement", "starts_on": stage.calendar.day(14)});
        let contract = draft(stage, account, &body).await?;
        let send = json!({"link_hours": hours});
        stage.manager_calls(account, Call::to("contract_send").place(&contract).json(&send)?).await?;
    }
    Ok(())
}

async fn draft(stage: &Stage, account: &Created, body: &Value) -> Result<String, Failure> {
    let made = stage.manager_calls(account, Call::to("contract_create").json(body)?).await?;
    Ok(made["id"].as_str().unwrap_or_default().to_owned())
}
