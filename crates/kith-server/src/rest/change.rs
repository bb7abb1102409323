//! Changes over REST.

use kith_api::request::ChangeComment;
use kith_domain::approval::Command as ChangeCommand;
use kith_domain::command::Command;
use kith_domain::value::{ChangeId, Personal};
use kith_engine::{Answer, ChangeRequest, Request};

use super::{Call, invalid};
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
        cursor: call.param("cursor"),
        limit: call.limit()?,
    };
    json(200, &call.engine.changes(&call.caller, request).await??)
}

pub(super) async fn get(call: Call) -> Reply {
    json(200, &call.engine.change(&call.caller, call.id()).await??)
}

pub(super) async fn decide(operation: &str, call: Call) -> Reply {
    let id: ChangeId = call.typed_id()?;
    // Who may not see the change learns nothing of it.
    call.engine.change(&call.caller, call.id()).await??;
    let request: ChangeComment = call.read()?;
    let user = call.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    let comment = request.comment.map(|comment| Personal::new(user, comment));
    let command = match operation {
        "change_approve" => ChangeCommand::Approve { comment },
        "change_reject" => ChangeCommand::Reject { comment },
        _ => ChangeCommand::Cancel { comment },
    };
    let request = Request {
        command: Command::Change { id, command },
        key: call.key()?,
        expected_version: None,
        accept_duplicates: true,
    };
    let outcome = call.engine.execute(&call.caller, request).await?;
    let reply = match outcome.answer {
        Answer::Refused(refusal) => return Err(refusal.into()),
        Answer::Waiting(change) => json(200, &call.engine.change_view(&call.caller, &change)),
        Answer::Done(_) => return Err(Stop::new(500, "fault", "A change answered without its state.")),
    };
    if outcome.replayed { with_header(reply, "idempotent-replayed", "true") } else { reply }
}
