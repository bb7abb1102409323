//! Changes over REST.

use kith_api::problem::Problem;
use kith_api::request::{BatchDecision, BreakGlass, ChangeComment, ChangeRemark};
use kith_domain::approval::{Command as ChangeCommand, Word};
use kith_domain::command::Command;
use kith_domain::value::{ChangeId, Personal};
use kith_engine::{Answer, Batch, ChangeRequest, Edit, Outcome, Request};

use super::{Call, invalid, take_reason};
use crate::reply::{Reply, Stop, json, with_header};

/// The states that a list may be asked for.
const STATES: [&str; 8] =
    ["waiting", "applying", "applied", "rejected", "cancelled", "expired", "stale", "failed"];

pub(super) async fn list(call: Call) -> Reply {
    let state = call.param("state");
    if state.as_deref().is_some_and(|state| !STATES.contains(&state)) {
        return Err(invalid("state", "not_allowed", &format!("expected one of {}", STATES.join(", "))));
    }
    let for_me = match call.param("for").as_deref() {
        None => false,
        Some("me") => true,
        Some(_) => return Err(invalid("for", "not_allowed", "The only value is me.")),
    };
    let request = ChangeRequest {
        state,
        for_me,
        account: call.param("account"),
        submitted_by: match call.param("by").as_deref() {
            None => None,
            Some("me") => {
                Some(call.caller.principal.user().map_or_else(String::new, |user| user.to_string()))
            }
            Some(user) => Some(user.to_owned()),
        },
        cursor: call.param("cursor"),
        limit: call.limit()?,
    };
    json(200, &call.engine.changes(&call.caller, request).await??)
}

pub(super) async fn get(call: Call) -> Reply {
    let mut change = call.engine.change(&call.caller, call.id()).await??;
    call.engine.complete_change(&call.caller, &mut change).await?;
    json(200, &change)
}

/// Personal text of the caller.
fn said(call: &Call, text: String) -> Personal<String> {
    let user = call.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    Personal::new(user, text)
}

pub(super) async fn decide(operation: &str, call: Call) -> Reply {
    let request: ChangeComment = call.read()?;
    let comment = request.comment.map(|comment| said(&call, comment));
    let word = Word { comment: comment.clone(), revision: request.revision, batch: None };
    let command = match operation {
        "change_approve" => ChangeCommand::Approve(word),
        "change_reject" => ChangeCommand::Reject(word),
        _ => ChangeCommand::Cancel { comment },
    };
    act(call, command).await
}

pub(super) async fn remark(operation: &str, call: Call) -> Reply {
    let request: ChangeRemark = call.read()?;
    let text = said(&call, request.text);
    let command = match operation {
        "change_comment" => ChangeCommand::Comment { text },
        _ => ChangeCommand::ReviewGlass { text },
    };
    act(call, command).await
}

pub(super) async fn break_glass(call: Call) -> Reply {
    let request: BreakGlass = call.read()?;
    let reason = Some(said(&call, request.reason));
    act(call, ChangeCommand::BreakGlass { reason }).await
}

async fn act(call: Call, command: ChangeCommand) -> Reply {
    let id: ChangeId = call.typed_id()?;
    // Who may not see the change learns nothing of it.
    call.engine.change(&call.caller, call.id()).await??;
    let request =
        Request { command: Command::Change { id, command }, key: call.key()?, expected_version: None };
    let outcome = call.engine.execute(&call.caller, request).await?;
    shown(&call, outcome)
}

fn shown(call: &Call, outcome: Outcome) -> Reply {
    let reply = match outcome.answer {
        Answer::Refused(refusal) => return Err(refusal.into()),
        Answer::Waiting(change) => json(200, &call.engine.change_view(&call.caller, &change)),
        Answer::Done(_) => return Err(Stop::new(500, "fault", "A change answered without its state.")),
    };
    if outcome.replayed { with_header(reply, "idempotent-replayed", "true") } else { reply }
}

pub(super) async fn edit(resubmit: bool, call: Call) -> Reply {
    let _: ChangeId = call.typed_id()?;
    call.engine.change(&call.caller, call.id()).await??;
    let mut patch = call.value()?;
    let mut faults = Vec::new();
    if !patch.is_object() {
        return Err(invalid("", "type", "expected an object"));
    }
    let reason = take_reason(&mut patch, &mut faults);
    if !faults.is_empty() {
        return Err(Problem::invalid(faults).into());
    }
    let edit = Edit { patch, reason, stale_only: resubmit };
    match call.engine.edit_change(&call.caller, call.id(), edit).await? {
        Ok(outcome) => shown(&call, outcome),
        Err(faults) => Err(Problem::invalid(faults).into()),
    }
}

pub(super) async fn decide_many(approve: bool, call: Call) -> Reply {
    let request: BatchDecision = call.read()?;
    let batch = Batch { ids: request.ids, approve, comment: request.comment };
    json(200, &call.engine.decide_many(&call.caller, &batch).await??)
}
