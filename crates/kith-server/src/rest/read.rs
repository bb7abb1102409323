//! Asking, fields and saved views over REST.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use kith_api::request::{AskRequest, ViewSave};
use kith_api::view::Page;
use kith_domain::command::Command;
use kith_domain::value::ViewId;
use kith_domain::view::{Command as ViewCommand, Layout};
use kith_engine::{Answer, DRAWN_COLUMNS, ListRequest, Question, Request};

use super::{Call, invalid};
use crate::reply::{Reply, Stop, json};

pub(super) async fn ask(call: Call) -> Reply {
    let request: AskRequest = call.read()?;
    let entity = match request.entity {
        Some(code) => {
            Some(code.parse().map_err(|_| invalid("entity", "entity_unknown", "There is no such entity."))?)
        }
        None => None,
    };
    let question =
        Question { question: request.question, entity, limit: request.limit, cursor: request.cursor };
    json(200, &call.engine.answer(&call.caller, &question).await??)
}

pub(super) fn fields(call: &Call) -> Reply {
    json(200, &Page { items: call.engine.field_list(&call.caller), next_cursor: None, has_more: false })
}

pub(super) async fn views(call: Call) -> Reply {
    json(200, &call.engine.views(&call.caller).await?)
}

pub(super) async fn view_save(call: Call) -> Reply {
    let request: ViewSave = call.read()?;
    let id = match request.id {
        Some(id) => id.parse().map_err(|_| invalid("id", "id_invalid", "Expected viw_…."))?,
        None => ViewId(call.engine.new_uuid()?),
    };
    // A view that cannot run is not kept.
    let trial = ListRequest {
        filter: request.filter.clone(),
        sort: request.sort.clone(),
        fields: request.columns.iter().filter(|id| !DRAWN_COLUMNS.contains(&id.as_str())).cloned().collect(),
        limit: Some(1),
        ..ListRequest::default()
    };
    call.engine.list(&call.caller, &trial)?;
    let layout = Layout {
        name: request.name,
        shared: request.shared,
        team: request.team,
        pinned: request.pinned,
        usual: false,
        widths: request.widths,
        question: request.question,
        filter: request.filter,
        sort: request.sort,
        columns: request.columns,
    };
    let command = Command::View { id, command: ViewCommand::Save { id, layout } };
    match call
        .engine
        .execute(&call.caller, Request { command, key: call.key()?, expected_version: None })
        .await?
        .answer
    {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Done(receipt) => {
            let view = call.engine.view(&call.caller, &receipt.id).await?;
            json(201, &view.ok_or_else(|| Stop::new(404, "view.not_found", "There is no such view."))?)
        }
        Answer::Waiting(change) => json(202, &call.engine.change_view(&call.caller, &change)),
    }
}

pub(super) async fn view_delete(call: Call) -> Reply {
    let id: ViewId = call.typed_id()?;
    if call.engine.view(&call.caller, call.id()).await?.is_none() {
        return Err(Stop::new(404, "view.not_found", "There is no such view."));
    }
    let command = Command::View { id, command: ViewCommand::Delete };
    match call.engine.execute(&call.caller, Request::from(command)).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Done(_) | Answer::Waiting(_) => Ok(StatusCode::NO_CONTENT.into_response()),
    }
}
