//! Touchpoints and quarantine over REST.

use kith_api::request::{DiscardReason, QuarantineAssign, QuarantineDecide, QuarantineRepair};
use kith_domain::command::Command;
use kith_domain::quarantine::Command as QuarantineCommand;
use kith_domain::refusal::ended;
use kith_domain::value::{Personal, QuarantineId};
use kith_engine::{Answer, Request, Unread};

use super::{Call, invalid};
use crate::reply::{Reply, Stop, json};

pub(super) async fn touchpoints(call: Call) -> Reply {
    match call.engine.ingest(&call.caller, call.body.clone()).await? {
        Ok(reply) => json(200, &reply),
        Err(Unread::Body(detail)) => {
            Err(Stop::new(400, "malformed", ended(&format!("The body cannot be read: {detail}"))))
        }
        Err(Unread::TooMany(count)) => {
            Err(Stop::new(413, "too_many", format!("{count} events; a batch has 10,000 at most.")))
        }
        Err(Unread::Denied(refusal)) => Err(refusal.into()),
        Err(Unread::Behind) => {
            Err(Stop::new(503, "behind", "Much waits to be folded; send this batch again."))
        }
    }
}

pub(super) async fn quarantine_list(call: Call) -> Reply {
    let state = call.param("state").unwrap_or_else(|| "waiting".to_owned());
    if !["waiting", "replayed", "accepted", "discarded"].contains(&state.as_str()) {
        return Err(invalid("state", "not_allowed", "expected waiting, replayed, accepted or discarded"));
    }
    let limit = call.limit()?;
    json(200, &call.engine.quarantined(&call.caller, state, call.param("cursor"), limit).await??)
}

async fn item(call: &Call, id: QuarantineId) -> Reply {
    let found = call.engine.quarantine_items(&call.caller, vec![id.to_string()]).await??;
    let found = found.into_iter().next();
    json(200, &found.ok_or_else(|| Stop::new(404, "quarantine.not_found", "There is no such item."))?)
}

async fn settled(call: &Call, id: QuarantineId, answer: Answer) -> Reply {
    match answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Done(_) | Answer::Waiting(_) => item(call, id).await,
    }
}

pub(super) async fn quarantine_get(call: Call) -> Reply {
    item(&call, call.typed_id()?).await
}

pub(super) async fn quarantine_desk(call: Call) -> Reply {
    json(200, &call.engine.quarantine_desk(&call.caller).await??)
}

pub(super) async fn release(accept: bool, call: Call) -> Reply {
    let id: QuarantineId = call.typed_id()?;
    let answer = call.engine.release(&call.caller, id, accept).await?.answer;
    settled(&call, id, answer).await
}

pub(super) async fn repair(call: Call) -> Reply {
    let id: QuarantineId = call.typed_id()?;
    let request: QuarantineRepair = call.read()?;
    let answer = call.engine.repair(&call.caller, id, &request).await?.answer;
    settled(&call, id, answer).await
}

pub(super) async fn assign(call: Call) -> Reply {
    let id: QuarantineId = call.typed_id()?;
    let request: QuarantineAssign = call.read()?;
    let answer = call.engine.assign_quarantined(&call.caller, id, request.to.as_deref()).await?.answer;
    settled(&call, id, answer).await
}

pub(super) async fn decide(call: Call) -> Reply {
    let request: QuarantineDecide = call.read()?;
    json(200, &call.engine.decide_quarantined(&call.caller, &request).await??)
}

pub(super) async fn discard(call: Call) -> Reply {
    let id: QuarantineId = call.typed_id()?;
    let request: DiscardReason = call.read()?;
    let user = call.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    let command = QuarantineCommand::Discard { reason: Some(Personal::new(user, request.reason)) };
    let command = Request::from(Command::Quarantine { id, command });
    let answer = call.engine.execute(&call.caller, command).await?.answer;
    settled(&call, id, answer).await
}
