//! Notifications over REST.

use kith_api::view::ReadCount;
use kith_domain::command::Command;
use kith_domain::notification::Command as NotificationCommand;
use kith_domain::value::NotificationId;
use kith_engine::{Answer, Request};

use super::{Call, invalid};
use crate::reply::{Reply, json};

pub(super) async fn list(call: Call) -> Reply {
    let state = call.param("state");
    if state.as_deref().is_some_and(|state| !matches!(state, "read" | "unread")) {
        return Err(invalid("state", "not_allowed", "expected read or unread"));
    }
    let limit = call.limit()?;
    json(200, &call.engine.notifications(&call.caller, state.as_deref(), call.param("cursor"), limit).await?)
}

pub(super) async fn read(call: Call) -> Reply {
    let id: NotificationId = call.typed_id()?;
    let command = Command::Notification { id, command: NotificationCommand::MarkRead };
    match call.engine.execute(&call.caller, Request::from(command)).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Done(receipt) => json(200, &ReadCount { read: receipt.changed.into() }),
        Answer::Waiting(_) => json(200, &ReadCount::default()),
    }
}

pub(super) async fn read_all(call: Call) -> Reply {
    json(200, &ReadCount { read: call.engine.read_all_notifications(&call.caller).await? })
}
