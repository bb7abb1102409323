//! The audit trail and the proofs of the ledger over REST.

use kith_api::problem::Problem;
use kith_engine::AuditRequest;

use super::{Call, invalid};
use crate::reply::{Reply, Stop, json};

pub(super) async fn list(call: Call) -> Reply {
    let read = AuditRequest::read(&call.engine, |name| call.param(name));
    let request = read.map_err(|fault| Problem::invalid(vec![fault]))?;
    let request = AuditRequest { before: number(&call, "cursor")?, limit: call.limit()?, ..request };
    json(200, &call.engine.audit_search(&call.caller, request).await??)
}

pub(super) async fn of_account(call: Call) -> Reply {
    let (before, limit) = (number(&call, "cursor")?, limit(&call)?);
    json(200, &call.engine.audit(&call.caller, call.id(), before, limit).await??)
}

pub(super) async fn head(now: bool, call: Call) -> Reply {
    json(200, &call.engine.tree_head(&call.caller, now).await??)
}

pub(super) async fn heads(call: Call) -> Reply {
    let (before, limit) = (number(&call, "cursor")?, limit(&call)?);
    json(200, &call.engine.tree_heads(&call.caller, before, limit).await??)
}

pub(super) async fn inclusion(call: Call) -> Reply {
    let (position, size) = (required(&call, "position")?, number(&call, "size")?);
    json(200, &call.engine.inclusion(&call.caller, position, size).await??)
}

pub(super) async fn consistency(call: Call) -> Reply {
    let (first, second) = (required(&call, "first")?, number(&call, "second")?);
    json(200, &call.engine.consistency(&call.caller, first, second).await??)
}

pub(super) async fn records(call: Call) -> Reply {
    let (after, limit) = (number(&call, "cursor")?.unwrap_or(0), limit(&call)?);
    json(200, &call.engine.ledger_records(&call.caller, after, limit).await??)
}

fn limit(call: &Call) -> Result<u32, Stop> {
    Ok(u32::try_from(call.limit()?).unwrap_or(u32::MAX))
}

/// A parameter that is a whole number a ledger can have.
fn number(call: &Call, name: &str) -> Result<Option<u64>, Stop> {
    let Some(text) = call.param(name) else { return Ok(None) };
    let number = text.parse::<i64>().ok().and_then(|number| u64::try_from(number).ok());
    number.map(Some).ok_or_else(|| invalid(name, "number_invalid", "Expected a whole number, 0 or more."))
}

fn required(call: &Call, name: &str) -> Result<u64, Stop> {
    number(call, name)?.ok_or_else(|| invalid(name, "required", "This parameter is required."))
}
