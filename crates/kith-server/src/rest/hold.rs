//! Holds on an account and the watch over REST.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kith_api::problem::Problem;
use kith_api::request::{HoldPlace, StageMove, WatchSet};
use kith_domain::account::{Blocks, Command as AccountCommand, Hold, HoldDraft, HoldType};
use kith_domain::command::Command;
use kith_domain::refusal::FieldFault;
use kith_domain::value::{EntityCode, HoldId};
use kith_engine::Request;

use super::account::settle;
use super::life::{account_id, act as carry, reason};
use super::{Call, invalid, required_key};
use crate::reply::{Reply, Stop, json};

/// A moment, or the end of a day in UTC.
fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let end = |day: Date| day.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).ok().map(|end| end.timestamp());
    text.parse::<Timestamp>().ok().or_else(|| text.parse::<Date>().ok().and_then(end))
}

fn entity(text: &str) -> Option<EntityCode> {
    text.trim().parse().ok()
}

/// Carries out an operation about holds.
pub(super) async fn act(id: &str, call: Call) -> Reply {
    match id {
        "hold_list" => list(call).await,
        "hold_get" => get(call).await,
        "hold_place" => place(call).await,
        "hold_release" => release(call).await,
        "watch_set" => watch(call).await,
        _ => unwatch(call).await,
    }
}

async fn list(call: Call) -> Reply {
    let unknown = || invalid("entity", "entity_unknown", "There is no such legal entity.");
    let entity = call.param("entity").map(|text| entity(&text).ok_or_else(unknown)).transpose()?;
    json(200, &call.engine.account_holds(&call.caller, call.id(), entity.as_ref()).await??)
}

fn missing() -> Stop {
    let said = "There is no such hold on the account, or it was released.";
    Stop::new(404, "account.hold_not_found", said)
}

/// The hold that the path names.
async fn named(call: &Call) -> Result<Hold, Stop> {
    let id: HoldId = call.place("hold").parse().map_err(|_| missing())?;
    call.engine.account_hold(&call.caller, call.id(), id).await??.ok_or_else(missing)
}

async fn get(call: Call) -> Reply {
    let id = named(&call).await?.id.to_string();
    let holds = call.engine.account_holds(&call.caller, call.id(), None).await??.items;
    json(200, &holds.into_iter().find(|hold| hold.id == id).ok_or_else(missing)?)
}

async fn place(mut call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let id = account_id(&call, call.id()).await?;
    let request: HoldPlace = call.read()?;
    let (draft, faults) = draft(&mut call, request)?;
    let command = AccountCommand::PlaceHold { hold: Box::new(draft) };
    let request =
        Request { command: Command::Account { id, command }, key: Some(key), expected_version: None };
    settle(call, request, faults, 201).await
}

/// The hold as it is asked for, and what is wrong with its words.
fn draft(call: &mut Call, request: HoldPlace) -> Result<(HoldDraft, Vec<FieldFault>), Stop> {
    let mut faults = Vec::new();
    let mut fault = |place: &str, code: &str, message: String| {
        faults.push(FieldFault::new(place, code, message));
    };
    let kind = HoldType::get(request.kind.trim());
    if kind.is_none() {
        fault("/type", "not_in_list", format!("expected one of {}", HoldType::CODES.join(", ")));
    }
    let blocks = request.blocks.as_deref().map(|text| Blocks::get(text.trim()));
    if blocks == Some(None) {
        fault("/blocks", "not_in_list", format!("expected one of {}", Blocks::CODES.join(", ")));
    }
    let review_at = request.review_at.as_deref().map(moment);
    if review_at == Some(None) {
        fault("/review_at", "date_invalid", "expected a day such as 2026-12-20, or a time".to_owned());
    }
    let named = request.entity.as_deref().map(entity);
    if named == Some(None) {
        fault("/entity", "entity_unknown", "there is no such legal entity".to_owned());
    }
    match (request.scope.as_deref().map(str::trim), &named) {
        (None | Some("account"), None) | (None | Some("entity"), Some(_)) => {}
        (Some("entity"), None) => fault("/entity", "required", "the entity that it holds for".to_owned()),
        (Some("account"), Some(_)) => {
            fault("/scope", "contradiction", "a hold on the whole account names no entity".to_owned());
        }
        (Some(_), _) => fault("/scope", "not_in_list", "expected account or entity".to_owned()),
    }
    let id = HoldId(call.engine.new_uuid()?);
    let reason = reason(call, request.reason);
    let draft = HoldDraft {
        entity: named.flatten(),
        release_rule: request.release_rule,
        blocks: blocks.flatten(),
        review_at: review_at.flatten(),
        ..HoldDraft::new(id, kind.unwrap_or_default(), reason)
    };
    Ok((draft, faults))
}

async fn release(mut call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let account = account_id(&call, call.id()).await?;
    let Hold { id, kind, .. } = named(&call).await?;
    let request: StageMove = call.read()?;
    let reason = reason(&mut call, request.reason);
    carry(call, account, AccountCommand::ReleaseHold { id, kind, reason }, Some(key)).await
}

async fn watch(mut call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let id = account_id(&call, call.id()).await?;
    let request: WatchSet = call.read()?;
    let expires_at = request.expires_at.as_deref().map(moment);
    if expires_at == Some(None) {
        let message = "expected a day such as 2026-12-20, or a time";
        return Err(Problem::invalid(vec![FieldFault::new("/expires_at", "date_invalid", message)]).into());
    }
    let reason = reason(&mut call, request.reason);
    let expires_at = expires_at.flatten();
    carry(call, id, AccountCommand::SetWatch { reason, cause: None, expires_at }, Some(key)).await
}

async fn unwatch(mut call: Call) -> Reply {
    let id = account_id(&call, call.id()).await?;
    let reason = call.param("reason").map(|text| reason(&mut call, text));
    let key = call.key()?;
    carry(call, id, AccountCommand::ClearWatch { reason }, key).await
}
