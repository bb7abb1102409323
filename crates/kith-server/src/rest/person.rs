//! Who asks, and what stops and starts for a person, over REST.

use kith_domain::user::Command as UserCommand;
use kith_domain::value::UserId;

use super::Call;
use super::organisation::user_command;
use crate::reply::{Reply, Stop, json};

fn nobody() -> Stop {
    Stop::new(404, "user.not_found", "No person asks here: this is the installation itself.")
}

pub(super) async fn get(call: Call) -> Reply {
    json(200, &call.engine.person(&call.caller).await?.ok_or_else(nobody)?)
}

pub(super) async fn act(operation: &str, call: Call) -> Reply {
    let id: UserId = match call.id() {
        "me" => call.caller.principal.user().ok_or_else(nobody)?,
        _ => call.typed_id()?,
    };
    let command = match operation {
        "user_suspend" => UserCommand::Suspend,
        "user_reinstate" => UserCommand::Reinstate,
        _ => UserCommand::EndSessions,
    };
    user_command(call, id, command, 200).await
}
