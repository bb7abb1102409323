//! The audit trail and the proofs of the ledger over REST.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kith_engine::AuditRequest;

use super::{Call, invalid};
use crate::reply::{Reply, Stop, json};

pub(super) async fn list(call: Call) -> Reply {
    let object = call.param("object").map(|object| call.engine.account_id(&object).unwrap_or(object));
    let request = AuditRequest {
        actor: call.param("actor"),
        object,
        kind: call.param("kind"),
        channel: call.param("channel"),
        correlation: call.param("correlation"),
        from: time(&call, "from", false)?,
        to: time(&call, "to", true)?,
        before: number(&call, "cursor")?,
        limit: call.limit()?,
    };
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

/// A time, or a day in UTC: its beginning, or the beginning of the next one.
fn time(call: &Call, name: &str, after: bool) -> Result<Option<Timestamp>, Stop> {
    let Some(text) = call.param(name) else { return Ok(None) };
    let day = text.parse::<Date>().ok().filter(|_| text.len() == 10).and_then(|day| {
        let day = if after { day.tomorrow().ok()? } else { day };
        Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
    });
    let time = day.or_else(|| text.parse().ok());
    let wrong = || invalid(name, "time_invalid", "Expected a time such as 2026-11-22T10:00:00Z, or a day.");
    time.map(Some).ok_or_else(wrong)
}
