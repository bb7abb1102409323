//! Tasks, and access to the portal, over REST.

use kith_api::request::TaskOpen;
use kith_api::view::ActivationView;
use kith_domain::command::Command;
use kith_domain::task::{Command as TaskCommand, Work};
use kith_domain::value::{Personal, TaskId, UserId};
use kith_engine::{Answer, Request, TaskRequest};

use super::{Call, invalid};
use crate::reply::{Reply, json};

pub(super) async fn carry_out(id: &str, call: Call) -> Reply {
    match id {
        "task_list" => list(call).await,
        "task_open" => open(call).await,
        _ => close(id == "task_done", call).await,
    }
}

async fn list(call: Call) -> Reply {
    let me = || call.caller.principal.user().map(|user| user.to_string());
    let assignee = match call.param("assignee").as_deref() {
        Some("me") => Some(me().unwrap_or_else(|| "nobody".to_owned())),
        other => other.map(str::to_owned),
    };
    let request = TaskRequest {
        account: call.param("account"),
        state: call.param("state"),
        assignee,
        cursor: call.param("cursor"),
        limit: call.limit()?,
    };
    json(200, &call.engine.tasks(&call.caller, request).await??)
}

async fn open(call: Call) -> Reply {
    let request: TaskOpen = call.read()?;
    let id = TaskId(call.engine.new_uuid()?);
    let account = match &request.account {
        None => None,
        Some(name) => {
            let found = call.engine.account_known(&call.caller, name);
            let unknown = || invalid("account", "account_unknown", "there is no such account");
            Some(found.ok_or_else(unknown)?)
        }
    };
    let assignee = match &request.assignee {
        None => None,
        Some(user) => {
            let unknown = |_| invalid("assignee", "user_unknown", "expected usr_… of a user");
            Some(user.parse().map_err(unknown)?)
        }
    };
    let subject = account.map_or_else(|| id.to_string(), |account| account.to_string());
    let work = Work {
        account,
        kind: request.kind,
        title: Personal { subject, value: Some(request.title) },
        due: request.due,
        assignee,
        cause: None,
    };
    settle(call, id, TaskCommand::Open { id, work: Box::new(work) }, 201).await
}

async fn close(done: bool, call: Call) -> Reply {
    let found = call.engine.task_get(&call.caller, call.id()).await??;
    let command = if done { TaskCommand::Finish } else { TaskCommand::Cancel };
    settle(call, found.id.parse().unwrap_or_default(), command, 200).await
}

async fn settle(call: Call, id: TaskId, command: TaskCommand, done: u16) -> Reply {
    let request =
        Request { command: Command::Task { id, command }, key: call.key()?, expected_version: None };
    match call.engine.execute(&call.caller, request).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Waiting(change) => json(202, &call.engine.change_view(&call.caller, &change)),
        Answer::Done(receipt) => json(done, &call.engine.task_get(&call.caller, &receipt.id).await??),
    }
}

pub(super) async fn portal_users(call: Call) -> Reply {
    json(200, &call.engine.portal_users(&call.caller, call.id()).await??)
}

pub(super) async fn activation(call: Call) -> Reply {
    let id: UserId = call.typed_id()?;
    let opening = call.engine.issue_activation(&call.caller, id).await??;
    let view = ActivationView {
        user: opening.user.to_string(),
        path: opening.path,
        expires_at: opening.expires_at.to_string(),
    };
    json(200, &view)
}
