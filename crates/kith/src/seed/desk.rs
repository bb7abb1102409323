//! The changes that the demo leaves on the approvers' desks, and the notes that people wrote.

use kith_api::request::NoteAdd;
use kith_api::view::ChangeView;
use serde_json::{Value, json};

use super::account::{self, Created};
use super::people::People;
use crate::door::{Call, Door, Local};
use crate::failure::Failure;

/// Notes of account managers, for the first accounts.
const NOTES: [&str; 3] = [
    "Called after the second late delivery. They are talking to another carrier; a visit is agreed.",
    "Prefers pickups before ten in the morning.",
    "New head of purchasing. Wants one invoice a month instead of one an order.",
];

/// Proposes a few changes and leaves them, one of them half approved.
pub(super) async fn leave_waiting(
    local: &Local,
    people: &People,
    created: &[Created],
) -> Result<(), Failure> {
    for (account, text) in created.iter().zip(NOTES) {
        let door = Door::Local(local.of(people.with_address(&account.manager)?));
        let note = NoteAdd { text: text.to_owned() };
        door.call(Call::to("account_note_add").place(&account.id).json(&note)?).await?;
    }
    let mut active = created.iter().filter(|account| account.is_active);
    if let Some(account) = active.next() {
        let change = raise_limit(local, people, account).await?;
        account::approve_step(local, people, &change).await?;
    }
    if let Some(account) = active.clone().find(|account| account.tier == "preferred") {
        let patch = json!({"tier": "premium", "reason": format!("{} ordered more in every month of this year.", account.name)});
        propose(local, people, account, &patch).await?;
    }
    if let Some(account) = active.nth(3) {
        let patch =
            json!({"payment_terms": "NET60", "reason": "Asked for in the talks about next year's volume."});
        propose(local, people, account, &patch).await?;
    }
    prospect(local, people, created).await
}

/// Half as much again.
async fn raise_limit(local: &Local, people: &People, account: &Created) -> Result<ChangeView, Failure> {
    let door = Door::Local(local.of(people.with_address(&account.manager)?));
    let known: Value = door.call(Call::to("account_get").place(&account.id)).await?.json()?;
    let limit = &known["credit_limit"];
    let whole = limit["amount"].as_str().and_then(|amount| amount.split('.').next()?.parse::<u64>().ok());
    let raised = whole.unwrap_or(100_000).saturating_mul(3) / 2;
    let patch = json!({
        "credit_limit": {"amount": format!("{raised}.00"), "currency": limit["currency"]},
        "reason": "The spring programme needs more room; payments were on time for a year.",
    });
    propose(local, people, account, &patch).await
}

async fn propose(
    local: &Local,
    people: &People,
    account: &Created,
    patch: &Value,
) -> Result<ChangeView, Failure> {
    let door = Door::Local(local.of(people.with_address(&account.manager)?));
    let read = door.call(Call::to("account_get").place(&account.id)).await?;
    let version = read.etag.ok_or_else(|| Failure::Here(format!("{}: no version", account.name)))?;
    let call = Call::to("account_update").place(&account.id).json(patch)?.header("if-match", version);
    door.call(call).await?.json()
}

/// A customer that nobody has approved yet.
async fn prospect(local: &Local, people: &People, created: &[Created]) -> Result<(), Failure> {
    let Some(first) = created.first() else { return Ok(()) };
    let door = Door::Local(local.of(people.with_address(&first.manager)?));
    let body = json!({
        "name": "Larkfield Tooling",
        "legal_name": "Larkfield Tooling LLC",
        "email": "orders@larkfield-tooling.example",
        "owning_entity": "US",
        "customer_type": "wholesale",
        "tier": "standard",
        "payment_terms": "NET30",
        "currency": "USD",
        "account_manager": people.id(&first.manager)?,
        "contacts": [{"name": "June Abara", "emails": ["june.abara@larkfield-tooling.example"], "is_primary": true}],
        "addresses": [{"kinds": ["billing"], "lines": ["18 Foundry Road"], "city": "Joliet",
                       "state_province": "IL", "postal_code": "60432", "country": "US"}],
        "reason": "Met at the trade fair; first order is agreed.",
    });
    door.call(Call::to("account_create").json(&body)?).await.map(drop)
}
