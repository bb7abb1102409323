//! Teams over REST.

use kith_api::problem::Problem;
use kith_api::request::TeamMember;
use kith_domain::command::Command;
use kith_domain::refusal::FieldFault;
use kith_domain::team::{Command as TeamCommand, TeamDraft, team_code};
use kith_domain::value::UserId;
use kith_engine::{Answer, Request};

use super::{Call, expected, refused};
use crate::reply::{Reply, json, with_header};

/// Carries out an operation about teams.
pub(super) async fn act(id: &str, call: Call) -> Reply {
    match id {
        "team_list" => list(call).await,
        "team_create" => create(call).await,
        "team_get" => get(call).await,
        "team_update" => update(call).await,
        "team_member_add" => member_add(call).await,
        "team_member_remove" => member_remove(call).await,
        _ => portfolio(call).await,
    }
}

async fn list(call: Call) -> Reply {
    let retired = call.param("retired").as_deref() == Some("true");
    json(200, &call.engine.teams(&call.caller, retired).await?)
}

async fn get(call: Call) -> Reply {
    show(&call, call.id(), 200).await
}

async fn portfolio(call: Call) -> Reply {
    let (limit, cursor) = (call.limit()?, call.param("cursor"));
    json(200, &call.engine.team_portfolio(&call.caller, call.id(), limit, cursor).await??)
}

async fn show(call: &Call, code: &str, status: u16) -> Reply {
    let view = call.engine.team(&call.caller, code).await??;
    let tag = format!("\"v{}\"", view.version);
    with_header(json(status, &view), "etag", &tag)
}

async fn create(call: Call) -> Reply {
    let (draft, code, shape) = TeamDraft::read(&call.value()?, true);
    let code = team_code(&code);
    settle(call, &code, TeamCommand::Create { code: code.clone(), draft: Box::new(draft) }, shape, 201).await
}

async fn update(call: Call) -> Reply {
    let code = team_code(call.id());
    let (draft, _, shape) = TeamDraft::read(&call.value()?, false);
    settle(call, &code, TeamCommand::Update { draft: Box::new(draft) }, shape, 200).await
}

async fn member_add(call: Call) -> Reply {
    let code = team_code(call.id());
    let asked: TeamMember = call.read()?;
    let user = match asked.user.trim() {
        name if name.contains('@') => {
            call.engine.user_by_email(name).await?.and_then(|user| user.id.parse::<UserId>().ok())
        }
        id => id.parse().ok(),
    };
    let Some(user) = user else {
        let message = "expected usr_… or the address of a user";
        return Err(Problem::invalid(vec![FieldFault::new("/user", "user_unknown", message)]).into());
    };
    settle(call, &code, TeamCommand::AddMember { user }, Vec::new(), 200).await
}

async fn member_remove(call: Call) -> Reply {
    let code = team_code(call.id());
    // Who is nobody is no member either: there is nothing to do.
    let user = call.place("user").parse::<UserId>().unwrap_or_default();
    settle(call, &code, TeamCommand::RemoveMember { user }, Vec::new(), 200).await
}

async fn settle(call: Call, code: &str, command: TeamCommand, shape: Vec<FieldFault>, done: u16) -> Reply {
    let expected_version = match call.headers.contains_key("if-match") {
        true => Some(expected(&call)?),
        false => None,
    };
    let command = Command::Team { id: code.to_owned(), command };
    if !shape.is_empty() {
        return Err(match call.engine.dry_run(&call.caller, Request::from(command)).await? {
            Some(refusal) => refused(refusal, shape),
            None => Problem::invalid(shape).into(),
        });
    }
    let request = Request { command, key: call.key()?, expected_version };
    match call.engine.execute(&call.caller, request).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Waiting(change) => json(202, &call.engine.change_view(&call.caller, &change)),
        Answer::Done(_) => show(&call, code, done).await,
    }
}
