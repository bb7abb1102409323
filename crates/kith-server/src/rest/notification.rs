//! Notifications over REST.

use kith_api::request::NotificationSnooze;
use kith_api::view::ReadCount;
use kith_domain::command::Command;
use kith_domain::notification::Command as NotificationCommand;
use kith_domain::value::NotificationId;
use kith_engine::{Answer, Request};

use super::{Call, invalid};
use crate::reply::{Reply, Stop, json};

pub(super) async fn list(call: Call) -> Reply {
    let state = call.param("state");
    if state.as_deref().is_some_and(|state| !matches!(state, "read" | "unread" | "snoozed")) {
        return Err(invalid("state", "not_allowed", "expected read, unread or snoozed"));
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

pub(super) async fn unread(call: Call) -> Reply {
    settle(call, NotificationCommand::MarkUnread).await
}

pub(super) async fn snooze(call: Call) -> Reply {
    let request: NotificationSnooze = call.read()?;
    let until = request
        .until
        .parse()
        .map_err(|_| invalid("until", "time_invalid", "expected a time such as 2026-11-26T08:00:00Z"))?;
    settle(call, NotificationCommand::Snooze { until }).await
}

async fn settle(call: Call, command: NotificationCommand) -> Reply {
    let id: NotificationId = call.typed_id()?;
    let command = Command::Notification { id, command };
    if let Answer::Refused(refusal) = call.engine.execute(&call.caller, Request::from(command)).await?.answer
    {
        return Err(refusal.into());
    }
    let found = call.engine.notification(&call.caller, call.id()).await?;
    json(
        200,
        &found.ok_or_else(|| Stop::new(404, "notification.not_found", "There is no such notification."))?,
    )
}

pub(super) async fn read_all(call: Call) -> Reply {
    json(200, &ReadCount { read: call.engine.read_all_notifications(&call.caller).await? })
}
