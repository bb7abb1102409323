//! Touchpoints, quarantine and imports over REST.

use std::collections::HashMap;

use axum::body::Body;
use axum::http::HeaderMap;
use kith_api::request::DiscardReason;
use kith_domain::command::Command;
use kith_domain::import::OnDuplicate;
use kith_domain::quarantine::Command as QuarantineCommand;
use kith_domain::value::{Personal, QuarantineId};
use kith_engine::{Answer, Caller, Engine, Request, Unread};
use tokio::io::AsyncWriteExt;
use tokio_stream::StreamExt;

use super::{Call, invalid, required_key};
use crate::reply::{Reply, Stop, json};

pub(super) async fn touchpoints(call: Call) -> Reply {
    match call.engine.ingest(&call.caller, call.body.clone()).await? {
        Ok(reply) => json(200, &reply),
        Err(Unread::Body(detail)) => {
            Err(Stop::new(400, "malformed", format!("The body cannot be read: {detail}.")))
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

async fn item(engine: &Engine, id: QuarantineId) -> Reply {
    let found = engine.quarantine_item(&id.to_string()).await?;
    json(200, &found.ok_or_else(|| Stop::new(404, "quarantine.not_found", "There is no such item."))?)
}

pub(super) async fn release(accept: bool, call: Call) -> Reply {
    let id: QuarantineId = call.typed_id()?;
    match call.engine.release(&call.caller, id, accept).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Done(_) | Answer::Waiting(_) => item(&call.engine, id).await,
    }
}

pub(super) async fn discard(call: Call) -> Reply {
    let id: QuarantineId = call.typed_id()?;
    let request: DiscardReason = call.read()?;
    if call.engine.quarantine_item(call.id()).await?.is_none() {
        return Err(Stop::new(404, "quarantine.not_found", "There is no such item."));
    }
    let user = call.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    let command = QuarantineCommand::Discard { reason: Some(Personal::new(user, request.reason)) };
    match call.engine.execute(&call.caller, Request::from(Command::Quarantine { id, command })).await?.answer
    {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Done(_) | Answer::Waiting(_) => item(&call.engine, id).await,
    }
}

/// Largest file (D§6.2).
const FILE_MAX: u64 = 2 * 1024 * 1024 * 1024;

/// Streams the body to a file of its own, so that memory stays bounded.
async fn spool(body: Body) -> Result<tempfile::NamedTempFile, Stop> {
    let unusable = |error: std::io::Error| {
        tracing::error!(%error, "an upload could not be written");
        Stop::new(503, "unavailable", "The file cannot be taken in right now.")
    };
    let file = tempfile::NamedTempFile::new().map_err(unusable)?;
    let mut out = tokio::fs::File::from_std(file.reopen().map_err(unusable)?);
    let mut stream = body.into_data_stream();
    let mut size = 0_u64;
    while let Some(part) = stream.next().await {
        let part = part.map_err(|_| Stop::new(400, "cut_off", "The upload was cut off."))?;
        size = size.saturating_add(u64::try_from(part.len()).unwrap_or(u64::MAX));
        if size > FILE_MAX {
            return Err(Stop::new(413, "too_large", "The file is larger than 2 GiB."));
        }
        out.write_all(&part).await.map_err(unusable)?;
    }
    out.flush().await.map_err(unusable)?;
    Ok(file)
}

fn flag(query: &HashMap<String, String>, name: &str) -> Result<bool, Stop> {
    match query.get(name).map(String::as_str) {
        None | Some("" | "false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(invalid(name, "type", "expected true or false")),
    }
}

pub(super) async fn import_create(
    engine: Engine,
    caller: Caller,
    headers: &HeaderMap,
    query: HashMap<String, String>,
    body: Body,
) -> Reply {
    let key = required_key(headers)?;
    if query.get("format").is_some_and(|format| format != "csv") {
        return Err(Stop::new(415, "format_unknown", "Files are CSV: format=csv."));
    }
    let text = |name: &str| query.get(name).filter(|value| !value.is_empty()).cloned();
    let batch_size = match text("batch_size") {
        Some(text) => text.parse().map_err(|_| invalid("batch_size", "type", "expected a whole number"))?,
        None => 100,
    };
    let options = kith_engine::ImportOptions {
        source_system: text("source_system"),
        execute: flag(&query, "execute")?,
        on_duplicate: match text("on_duplicate").as_deref() {
            None | Some("skip") => OnDuplicate::Skip,
            Some("update") => OnDuplicate::Update,
            Some("error") => OnDuplicate::Error,
            Some(_) => return Err(invalid("on_duplicate", "not_allowed", "expected skip, update or error")),
        },
        batch_size,
        stop_on_error: flag(&query, "stop_on_error")?,
        validate_only: flag(&query, "validate_only")?,
        map: text("map"),
        entity: text("entity"),
        key: Some(key),
    };
    let spooled = spool(body).await?;
    let file = kith_engine::ImportFile { path: spooled.path().to_owned(), name: "upload.csv".to_owned() };
    let view = engine.import_stage(&caller, file, options).await??;
    drop(spooled);
    json(202, &view)
}

pub(super) async fn import_get(call: Call) -> Reply {
    json(200, &call.engine.import_view(&call.caller, call.id()).await??)
}

pub(super) async fn import_execute(call: Call) -> Reply {
    json(202, &call.engine.import_execute(&call.caller, call.id()).await??)
}
