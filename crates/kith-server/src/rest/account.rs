//! Accounts over REST.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::IntoResponse;
use kith_api::conform;
use kith_api::problem::Problem;
use kith_api::request::AccountPatch;
use kith_domain::account::{Command as AccountCommand, Draft};
use kith_domain::command::Command;
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::value::{AccountId, NoteId, Personal};
use kith_engine::{
    Answer, AsOf, Engine, ListRequest, Outcome, ProfileRequest, Request, Talk, TimelineRequest, Uuid,
    Viewpoint,
};
use serde_json::Value;

use super::{Call, expected, invalid, refused, required_key, take_reason};
use crate::reply::{Reply, Stop, json, with_header};

/// Latest notes in the answer to a command; asking for the account gives more.
const NOTES: u32 = 20;
/// Takes `accept_duplicates` out of a body: the caller knows of an account like it, and means another customer.
fn take_acceptance(body: &mut Value, faults: &mut Vec<FieldFault>) -> bool {
    match body.as_object_mut().and_then(|members| members.remove("accept_duplicates")) {
        None | Some(Value::Null) => false,
        Some(Value::Bool(accepted)) => accepted,
        Some(_) => {
            faults.push(FieldFault::new("/accept_duplicates", "type", "expected true or false"));
            false
        }
    }
}

/// Makes the ids of new rows.
pub(super) fn ids(engine: &Engine) -> impl FnMut() -> Uuid {
    let engine = engine.clone();
    move || engine.new_uuid().unwrap_or_default()
}

pub(super) async fn create(mut call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let mut body = call.value()?;
    let mut shape = Vec::new();
    call.caller.reason = take_reason(&mut body, &mut shape);
    let id = AccountId(call.engine.new_uuid()?);
    let accept_duplicates = take_acceptance(&mut body, &mut shape);
    let (draft, faults) = Draft::read_new(&body, id, &mut ids(&call.engine));
    shape.extend(faults);
    let command = AccountCommand::Create { id, number: 0, draft: Box::new(draft), application: false };
    let request =
        Request { command: Command::Account { id, command }, key: Some(key), expected_version: None };
    if accept_duplicates || !shape.is_empty() {
        return settle(call, request, shape, 201).await;
    }
    let asked = request.command.clone();
    let outcome = call.engine.execute_asking(&call.caller, request).await?;
    match outcome.answer {
        Answer::Refused(refusal) if refusal.code == "probable_duplicate" => {
            let mut problem = Problem::from(refusal);
            problem.candidates = call.engine.candidates(&call.caller, asked).await?;
            Err(problem.into())
        }
        _ => answered(call, outcome, 201).await,
    }
}

/// Executes, unless the shape is at fault: then the rules are asked only for their own faults.
pub(super) async fn settle(call: Call, request: Request, shape: Vec<FieldFault>, done: u16) -> Reply {
    if !shape.is_empty() {
        return Err(match call.engine.dry_run(&call.caller, request).await? {
            Some(refusal) => refused(refusal, shape),
            None => Problem::invalid(shape).into(),
        });
    }
    let outcome = call.engine.execute(&call.caller, request).await?;
    answered(call, outcome, done).await
}

/// What came of a command about an account.
pub(super) async fn answered(call: Call, outcome: Outcome, done: u16) -> Reply {
    let reply = match outcome.answer {
        Answer::Refused(refusal) => return Err(refusal.into()),
        Answer::Waiting(change) => {
            let view = call.engine.change_view(&call.caller, &change);
            let location = format!("/api/v1/changes/{}", view.id);
            with_header(json(202, &view), "location", &location)
        }
        Answer::Done(receipt) => {
            let location = format!("/api/v1/accounts/{}", receipt.id);
            with_header(show(&call, &receipt.id, done).await, "location", &location)
        }
    };
    if outcome.replayed { with_header(reply, "idempotent-replayed", "true") } else { reply }
}

async fn show(call: &Call, name: &str, status: u16) -> Reply {
    let account = call.engine.account_with(&call.caller, name, NOTES).await??;
    let tag = format!("\"v{}\"", account.version);
    with_header(json(status, &account), "etag", &tag)
}

pub(super) fn list(call: &Call) -> Reply {
    let count = match call.param("count").as_deref() {
        None => false,
        Some("exact") => true,
        Some(_) => return Err(invalid("count", "not_allowed", "The only count is exact.")),
    };
    let request =
        ListRequest { limit: Some(call.limit()?), cursor: call.param("cursor"), count, ..wanted(call)? };
    json(200, &call.engine.list(&call.caller, &request)?)
}

/// Which accounts, in which order, with which fields.
pub(super) fn wanted(call: &Call) -> Result<ListRequest, Stop> {
    let fields =
        call.param("fields").map(|fields| fields.split(',').map(|field| field.trim().to_owned()).collect());
    let entity = match call.param("entity") {
        Some(code) => {
            Some(code.parse().map_err(|_| invalid("entity", "entity_unknown", "There is no such entity."))?)
        }
        None => None,
    };
    let include_inactive = match call.param("include_inactive").as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(invalid("include_inactive", "not_allowed", "Expected true or false.")),
    };
    Ok(ListRequest {
        include_inactive,
        filter: call.param("filter").unwrap_or_default(),
        sort: call.param("sort").unwrap_or_default(),
        fields: fields.unwrap_or_default(),
        entity,
        ..ListRequest::default()
    })
}

/// From where and when the account is looked at.
fn viewpoint(call: &Call) -> Result<Viewpoint, Stop> {
    let as_of = call.param("as_of").map(|text| text.trim().parse::<AsOf>());
    let as_of = as_of.transpose().map_err(|()| {
        invalid(
            "as_of",
            "as_of_invalid",
            "Expected a day such as 2026-11-20, or a moment such as 2026-11-20T10:00:00Z.",
        )
    })?;
    Ok(Viewpoint { entity: call.param("entity"), as_of })
}

pub(super) async fn effective(call: Call) -> Reply {
    let from = viewpoint(&call)?;
    json(200, &call.engine.effective(&call.caller, call.id(), &from).await??)
}

pub(super) async fn get(call: Call) -> Reply {
    let account = call.engine.account_seen(&call.caller, call.id(), &viewpoint(&call)?).await??;
    let tag = format!("\"v{}\"", account.version);
    let held = call.headers.get("if-none-match").and_then(|value| value.to_str().ok());
    if held.is_some_and(|held| held.split(',').any(|one| one.trim() == tag)) {
        return with_header(Ok(StatusCode::NOT_MODIFIED.into_response()), "etag", &tag);
    }
    with_header(json(200, &account), "etag", &tag)
}

pub(super) async fn update(mut call: Call) -> Reply {
    let expected_version = Some(expected(&call)?);
    let account = call.engine.account(&call.caller, call.id()).await??;
    let id: AccountId = account.id.parse().map_err(|_| no_account())?;
    let mut body = call.value()?;
    let mut shape = Vec::new();
    call.caller.reason = take_reason(&mut body, &mut shape);
    let (draft, faults) = Draft::read_patch(&body, id, &mut ids(&call.engine));
    shape.extend(faults);
    let command = AccountCommand::Update { draft: Box::new(draft) };
    let request = Request { command: Command::Account { id, command }, key: call.key()?, expected_version };
    settle(call, request, shape, 200).await
}

/// There is no such account, said as the rules say it: who may not see one learns nothing from the difference.
pub(super) fn no_account() -> Stop {
    let sentence = "There is no such account.";
    Refusal::new(RefusalKind::NotFound, "account.not_found", sentence, "Check the identifier.").into()
}

/// The fields of an account that an edit may name.
pub(crate) fn editable_fields() -> BTreeSet<String> {
    let mut fields = conform::members::<AccountPatch>();
    fields.remove("reason");
    fields
}

pub(super) async fn restore(mut call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let request: kith_api::request::RestoreRequest = call.read()?;
    let (version, fields, editable) = (request.version, &request.fields, editable_fields());
    let restoring = call.engine.restoring(&call.caller, call.id(), version, fields, &editable).await??;
    let id = call.engine.account_id(call.id()).and_then(|id| id.parse().ok());
    let id: AccountId = id.ok_or_else(no_account)?;
    call.caller.reason =
        Some(request.reason.unwrap_or_else(|| format!("Brought back from version {version}.")));
    let outcome = call.engine.restore(&call.caller, id, restoring, Some(key)).await?;
    answered(call, outcome, 200).await
}

pub(super) async fn act(
    call: Call,
    command: impl FnOnce(AccountId) -> Result<AccountCommand, Stop>,
    done: u16,
) -> Reply {
    // Whether the caller may see it is told by the command itself.
    let id = call.engine.account_id(call.id()).and_then(|id| id.parse().ok());
    let id: AccountId = id.ok_or_else(no_account)?;
    let request = Request {
        command: Command::Account { id, command: command(id)? },
        key: call.key()?,
        expected_version: None,
    };
    settle(call, request, Vec::new(), done).await
}

pub(super) async fn note(call: Call) -> Reply {
    let request: kith_api::request::NoteAdd = call.read()?;
    let note = NoteId(call.engine.new_uuid()?);
    act(call, |id| Ok(AccountCommand::AddNote { id: note, text: Personal::new(id, request.text) }), 201).await
}

pub(super) async fn talk(call: Call) -> Reply {
    let request: kith_api::request::TalkLog = call.read()?;
    let at = request.at.map(|at| at.parse()).transpose();
    let at =
        at.map_err(|_| invalid("at", "time_invalid", "Expected a moment such as 2026-11-20T10:00:00Z."))?;
    let key = call.key()?.map_or_else(|| call.engine.new_uuid().map(|id| id.to_string()), Ok)?;
    let talk = Talk { channel: request.channel, with: request.with, text: request.text, at, key };
    json(201, &call.engine.log_talk(&call.caller, call.id(), &talk).await??)
}

pub(super) async fn review(call: Call) -> Reply {
    let request: kith_api::request::ReviewRecord = call.read()?;
    let day = |member: &str, text: Option<String>| -> Result<Option<jiff::civil::Date>, Stop> {
        let parsed = text.map(|text| text.parse()).transpose();
        parsed.map_err(|_| invalid(member, "date_invalid", "Expected a date such as 2026-11-20."))
    };
    let on = day("on", request.on)?.unwrap_or_else(|| call.engine.day());
    let next_on = day("next_on", request.next_on)?;
    act(call, |_| Ok(AccountCommand::Review { on, next_on }), 200).await
}

pub(super) async fn profile(call: Call) -> Reply {
    let metrics = call.param("metrics").map(|ids| ids.split(',').map(|id| id.trim().to_owned()).collect());
    let request = ProfileRequest {
        metrics: metrics.unwrap_or_default(),
        entity: call.param("entity"),
        ..ProfileRequest::default()
    };
    match call.param("rollup").as_deref() {
        None | Some("false") => {}
        Some("true") if request.entity.is_some() => {
            let sentence = "A roll-up is in the organisation's currency: ask for it without an entity.";
            return Err(invalid("entity", "not_with_rollup", sentence));
        }
        Some("true") => {
            let rolled = call.engine.profile_rollup(&call.caller, call.id(), request.metrics);
            return json(200, &rolled.await??);
        }
        Some(_) => return Err(invalid("rollup", "rollup_invalid", "Expected true or false.")),
    }
    json(200, &call.engine.profile(&call.caller, call.id(), &request).await??)
}

pub(super) async fn timeline(call: Call) -> Reply {
    let request =
        TimelineRequest { group: call.param("group"), cursor: call.param("cursor"), limit: call.limit()? };
    json(200, &call.engine.timeline(&call.caller, call.id(), request).await??)
}
