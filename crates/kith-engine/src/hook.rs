//! Webhooks: an alert tells the addresses that want it, in the transaction that raises it; the calls are made afterwards.

mod call;
mod show;

use kith_domain::account::Account;
use kith_domain::alert::{Alert, AlertState};
use kith_domain::context::{Actor, Context};
use kith_domain::delivery::{Command, Delivery, Told};
use kith_domain::value::{DeliveryId, WebhookId};
use kith_domain::webhook::Webhook;
use kith_store::{Fault, Noun, Reader};
use serde_json::json;

use crate::execute::Walk;
use crate::noun::{load, read};

pub use show::{DeliveryRequest, HookSaved};

/// Most webhooks of an installation.
const HOOKS_MAX: u32 = 200;

/// The webhooks that are there.
fn hooks(reader: &mut Reader<'_>) -> Result<Vec<Webhook>, Fault> {
    let page = reader.list(Noun::Webhook, &[], None, HOOKS_MAX)?;
    let all = page.into_iter().map(|document| Ok(read::<Webhook>(document)?.state));
    let all = all.collect::<Result<Vec<_>, Fault>>()?;
    Ok(all.into_iter().filter(Webhook::exists).collect())
}

/// Tells the webhooks that want it what became of an alert. What they are told names nobody: ids, codes and times.
pub(crate) fn tell_of_alert(
    walk: &mut Walk<'_, '_>,
    (id, alert): (&str, &Alert),
    account: &Account,
) -> Result<(), Fault> {
    let Some(finding) = &alert.finding else { return Ok(()) };
    let kind = match alert.state {
        AlertState::Open => "alert.raised",
        AlertState::Acknowledged => "alert.acknowledged",
        AlertState::Closed if alert.was_cleared() => "alert.cleared",
        AlertState::Closed => "alert.closed",
    };
    let wanting = hooks(walk.unit)?.into_iter();
    let wanting = wanting.filter(|hook| hook.wants(finding.kind, finding.severity, &account.owning_entity));
    let wanting: Vec<WebhookId> = wanting.map(|hook| hook.id).collect();
    if wanting.is_empty() {
        return Ok(());
    }
    let body = json!({
        "type": kind,
        "timestamp": walk.context.now.to_string(),
        "data": {
            "id": id,
            "account": finding.account.to_string(),
            "account_number": account.account_number,
            "entity": account.owning_entity.to_string(),
            "kind": finding.kind,
            "severity": finding.severity,
            "score": f64::from(i32::try_from(finding.score_milli).unwrap_or_default()) / 1_000.0,
            "state": alert.state.as_str(),
            "outcome": alert.outcome.map(|outcome| outcome.as_str()),
            "raised_at": alert.raised_at.map(|at| at.to_string()),
        },
    });
    for webhook in wanting {
        let told = Told {
            id: DeliveryId(walk.engine.new_uuid()?),
            webhook,
            kind: kind.to_owned(),
            account: Some(finding.account),
            about: id.to_owned(),
            body: body.to_string(),
        };
        queue(walk, told)?;
    }
    Ok(())
}

/// Puts a call to where calls wait.
fn queue(walk: &mut Walk<'_, '_>, told: Told) -> Result<(), Fault> {
    let context = Context { actor: Actor::system(), reason: None, ..walk.context.clone() };
    let mut loaded = load::<Delivery>(walk.unit, &told.id.to_string())?;
    let secrets = walk.engine.store().secrets();
    let queued = loaded.act(walk.unit, secrets, &context, &(), &Command::Queue(Box::new(told)))?;
    queued.map(drop).map_err(|refusal| Fault::corrupt(format!("a delivery was refused: {}", refusal.code)))
}
