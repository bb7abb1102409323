//! Parents, groups and relationships over REST.

use jiff::civil::Date;
use kith_api::request::{ParentSet, RelationshipAdd, RelationshipPatch};
use kith_domain::account::{Command as AccountCommand, Relationship, RelationshipKind};
use kith_domain::value::{Personal, RelationshipId};
use kith_engine::RollupRequest;

use super::life::{account_id, act as carry, named};
use super::{Call, invalid};
use crate::reply::{Reply, Stop, json};

/// Carries out an operation about how accounts belong together.
pub(super) async fn act(id: &str, call: Call) -> Reply {
    match id {
        "account_parent_set" => parent_set(call).await,
        "account_parent_end" => parent_end(call).await,
        "account_hierarchy" => hierarchy(call).await,
        "account_rollup" => rollup(call).await,
        "relationship_list" => list(call).await,
        "relationship_add" => add(call).await,
        "relationship_update" => update(call).await,
        _ => delete(call).await,
    }
}

fn date(member: &str, text: &str) -> Result<Date, Stop> {
    text.trim().parse().map_err(|_| invalid(member, "date_invalid", "Expected a date such as 2026-11-20."))
}

fn day(call: &Call, member: &str, text: Option<&str>) -> Result<Date, Stop> {
    text.map_or_else(|| Ok(call.engine.day()), |text| date(member, text))
}

fn as_of(call: &Call) -> Result<Option<Date>, Stop> {
    call.param("as_of").map(|text| date("as_of", &text)).transpose()
}

/// Hundredths of a percent; beyond 100 percent is for the rules to refuse.
fn share(percent: Option<f64>) -> Result<Option<u16>, Stop> {
    let Some(percent) = percent else { return Ok(None) };
    let wrong =
        || invalid("percent", "out_of_range", "A share is 0 to 100 percent, with two decimals at most.");
    let hundredths = percent * 100.0;
    if !(0.0..=10_000.0).contains(&hundredths) || (hundredths - hundredths.round()).abs() > 1e-6 {
        return Err(wrong());
    }
    format!("{hundredths:.0}").parse().map(Some).map_err(|_| wrong())
}

async fn parent_set(mut call: Call) -> Reply {
    let id = account_id(&call, call.id()).await?;
    let request: ParentSet = call.read()?;
    let parent = named(&call, "parent", &request.parent).await?;
    let valid_from = day(&call, "valid_from", request.valid_from.as_deref())?;
    call.caller.reason.clone_from(&request.reason);
    let user = call.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    let reason = request.reason.map(|text| Personal::new(user, text));
    let key = call.key()?;
    carry(call, id, AccountCommand::SetParent { parent: Some(parent), valid_from, reason }, key).await
}

async fn parent_end(call: Call) -> Reply {
    let id = account_id(&call, call.id()).await?;
    let valid_from = day(&call, "valid_from", call.param("valid_from").as_deref())?;
    let key = call.key()?;
    carry(call, id, AccountCommand::SetParent { parent: None, valid_from, reason: None }, key).await
}

async fn hierarchy(call: Call) -> Reply {
    let as_of = as_of(&call)?;
    json(200, &call.engine.hierarchy(&call.caller, call.id(), as_of).await??)
}

async fn rollup(call: Call) -> Reply {
    let metrics = call.param("metrics").map(|ids| ids.split(',').map(|id| id.trim().to_owned()).collect());
    let request = RollupRequest { metrics: metrics.unwrap_or_default(), as_of: as_of(&call)? };
    json(200, &call.engine.rollup(&call.caller, call.id(), &request).await??)
}

async fn list(call: Call) -> Reply {
    let as_of = as_of(&call)?;
    json(200, &call.engine.relationships(&call.caller, call.id(), as_of).await??)
}

async fn add(call: Call) -> Reply {
    let key = super::required_key(&call.headers)?;
    let id = account_id(&call, call.id()).await?;
    let request: RelationshipAdd = call.read()?;
    let kind = RelationshipKind::get(request.kind.trim());
    let expected = format!("expected one of {}", RelationshipKind::CODES.join(", "));
    let kind = kind.ok_or_else(|| invalid("type", "not_in_list", &expected))?;
    let to = named(&call, "to", &request.to).await?;
    let valid_from = day(&call, "valid_from", request.valid_from.as_deref())?;
    if kind == RelationshipKind::ParentOf {
        let command = AccountCommand::SetParent { parent: Some(id), valid_from, reason: None };
        return carry(call, to, command, Some(key)).await;
    }
    let relationship = Relationship {
        id: RelationshipId(call.engine.new_uuid()?),
        to,
        kind,
        share_bp: share(request.percent)?,
        valid_from,
        valid_to: request.valid_to.as_deref().map(|text| date("valid_to", text)).transpose()?,
        source: request.source,
    };
    carry(call, id, AccountCommand::Relate { relationship }, Some(key)).await
}

fn relationship_id(call: &Call) -> Result<RelationshipId, Stop> {
    let missing = || Stop::new(404, "account.relationship_not_found", "There is no such relationship.");
    call.place("relationship").parse().map_err(|_| missing())
}

async fn update(call: Call) -> Reply {
    let id = account_id(&call, call.id()).await?;
    let found = call.engine.relationship(&call.caller, call.id(), relationship_id(&call)?).await??;
    let missing = || Stop::new(404, "account.relationship_not_found", "There is no such relationship.");
    let mut relationship = found.ok_or_else(missing)?;
    let request: RelationshipPatch = call.read()?;
    if let Some(percent) = request.percent {
        relationship.share_bp = share(percent)?;
    }
    if let Some(text) = request.valid_from {
        relationship.valid_from = date("valid_from", &text)?;
    }
    if let Some(text) = request.valid_to {
        relationship.valid_to = text.as_deref().map(|text| date("valid_to", text)).transpose()?;
    }
    if let Some(source) = request.source {
        relationship.source = source;
    }
    let key = call.key()?;
    carry(call, id, AccountCommand::Relate { relationship }, key).await
}

async fn delete(call: Call) -> Reply {
    let id = account_id(&call, call.id()).await?;
    let relationship = relationship_id(&call)?;
    let key = call.key()?;
    carry(call, id, AccountCommand::Unrelate { id: relationship }, key).await
}
