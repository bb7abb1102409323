//! Customers that are on record twice: some to be decided, one told apart, one merged, one to be deleted.

use serde_json::{Value, json};

use super::stage::Stage;
use crate::door::Call;
use crate::failure::Failure;

/// How the same company looks when somebody enters it again.
const TWINS: usize = 6;

/// Enters some customers a second time, as it happens: another way to write the name, an address of the shop floor. The last
/// one is a prospect; gives its id.
pub(super) async fn enter_twice(stage: &Stage) -> Result<Option<String>, Failure> {
    let mut last = None;
    let originals = stage.steady("standard", "US").skip(4).step_by(11).take(TWINS);
    for (place, original) in originals.enumerate() {
        let known = stage.manager_calls(original, Call::to("account_get").place(&original.id)).await?;
        let body = twin(&known, place);
        let change = stage.manager_calls(original, Call::to("account_create").json(&body)?).await?;
        let applied = stage.settle(change).await?;
        last = applied.target.filter(|_| place + 1 == TWINS);
    }
    Ok(last)
}

fn twin(known: &Value, place: usize) -> Value {
    let name = known["name"].as_str().unwrap_or_default();
    let written = match place % 3 {
        0 => name.to_uppercase(),
        1 => name.replace(" & ", " and ").replace("Supply", "Sup."),
        _ => format!("{name} Inc"),
    };
    let domain = known["email"].as_str().and_then(|email| email.split('@').nth(1)).unwrap_or("twin.example");
    let address = &known["addresses"][0];
    json!({
        "name": written,
        "email": format!("workshop@{domain}"),
        "phone": known["phone"],
        "owning_entity": known["owning_entity"],
        "stage": if place + 1 == TWINS { "prospect" } else { "active" },
        "currency": known["currency"],
        "payment_terms": "NET30",
        "tier": "standard",
        "account_manager": known["account_manager"],
        "addresses": [{
            "kinds": ["billing", "shipping"], "lines": address["lines"], "city": address["city"],
            "state_province": address["state_province"], "postal_code": address["postal_code"],
            "country": address["country"],
        }],
        "accept_duplicates": true,
        "reason": "Called in an order; I did not find them.",
    })
}

/// One pair is no pair, one becomes one account, the others wait for a person. Nothing ever happened to the prospect: it may
/// be deleted, once three people agree.
pub(super) async fn decide(stage: &Stage, prospect: Option<&str>) -> Result<(), Failure> {
    let page = stage.call("ruth", Call::to("duplicate_list")).await?;
    let pairs = page["items"].as_array().cloned().unwrap_or_default();
    let spared = |pair: &&Value| {
        [&pair["left"], &pair["right"]]
            .iter()
            .all(|side| prospect.is_none() || side["id"].as_str() != prospect)
    };
    let mut pairs = pairs.iter().filter(spared);
    if let Some(pair) = pairs.next() {
        let reason = json!({"reason": "Mother and daughter at the same gate: two companies."});
        let call = Call::to("duplicate_dismiss").place(id(pair)).json(&reason)?;
        stage.call("ruth", call).await?;
    }
    if let Some(pair) = pairs.next() {
        let survivor = json!({"survivor": pair["left"]["id"]});
        let change =
            stage.call("priya", Call::to("duplicate_merge").place(id(pair)).json(&survivor)?).await?;
        stage.settle(change).await?;
    }
    if let Some(twin) = prospect {
        let body = json!({"reason": "Entered twice by mistake."});
        stage.call("priya", Call::to("account_delete").place(twin).json(&body)?).await?;
    }
    Ok(())
}

fn id(pair: &Value) -> &str {
    pair["id"].as_str().unwrap_or_default()
}
