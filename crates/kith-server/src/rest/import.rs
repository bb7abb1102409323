//! Imports, saved mappings and feeds over REST.

use std::collections::HashMap;

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kith_api::problem::Problem;
use kith_api::request::{FeedSave, ImportRequest, MappingSave};
use kith_domain::import::ImportState;
use kith_domain::mapping::Rules;
use kith_domain::refusal::FieldFault;
use kith_engine::{Caller, Engine, FaultPage, ImportOptions, Pieces, Restage};
use tokio_stream::wrappers::ReceiverStream;

use super::body::drain;
use super::{Call, invalid, required_key};
use crate::reply::{Reply, Stop, json};
use crate::upload::Upload;

/// Most faults of a page.
const FAULTS_MAX: usize = 1_000;

/// A request read from the parameters of the address and the fields of the form.
pub(crate) fn request(given: &HashMap<String, String>) -> Result<ImportRequest, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let text = |name: &str| given.get(name).filter(|value| !value.is_empty()).cloned();
    let mut flag = |name: &str| match given.get(name).map(String::as_str) {
        None | Some("" | "false") => None,
        Some("true" | "on") => Some(true),
        Some(_) => {
            faults.push(FieldFault::new(format!("/{name}"), "type", "expected true or false"));
            None
        }
    };
    let (execute, stop_on_error) = (flag("execute"), flag("stop_on_error"));
    let validate_only = flag("validate_only");
    let batch_size = match text("batch_size").map(|text| text.parse()) {
        None => None,
        Some(Ok(size)) => Some(size),
        Some(Err(_)) => {
            faults.push(FieldFault::new("/batch_size", "type", "expected a whole number"));
            None
        }
    };
    let request = ImportRequest {
        format: text("format"),
        sheet: text("sheet"),
        source_system: text("source_system"),
        external_id_column: text("external_id_column"),
        execute,
        on_duplicate: text("on_duplicate"),
        update_policy: text("update_policy"),
        empty_means: text("empty_means"),
        batch_size,
        stop_on_error,
        validate_only,
        map: text("map"),
        mapping_id: text("mapping_id"),
        entity: text("entity"),
    };
    if faults.is_empty() { Ok(request) } else { Err(faults) }
}

/// The options that a request asks for, every fault at once.
pub(crate) fn options(given: &HashMap<String, String>, key: Option<String>) -> Result<ImportOptions, Stop> {
    let read = request(given).and_then(|request| ImportOptions::read(request, key));
    read.map_err(|faults| Problem::invalid(faults).into())
}

/// A body that is a file: nothing else is read before it.
pub(super) async fn create(
    (engine, caller): (Engine, Caller),
    headers: &HeaderMap,
    query: HashMap<String, String>,
    body: Body,
) -> Reply {
    // What is wrong with the parameters is told before two gigabytes are taken in.
    let read = required_key(headers).and_then(|key| options(&query, Some(key.clone())).map(|_| key));
    let key = match read {
        Ok(key) => key,
        Err(stop) => {
            drain(body).await;
            return Err(stop);
        }
    };
    let upload = Upload::read(headers, body).await?;
    let mut given = query;
    for (name, value) in &upload.fields {
        given.entry(name.clone()).or_insert_with(|| value.clone());
    }
    let options = options(&given, Some(key))?;
    let file = upload.files(given.get("file_name").cloned())?;
    json(202, &engine.import_stage(&caller, file, options).await??)
}

/// The key of a file for a feed that there is.
async fn feed_key(engine: &Engine, caller: &Caller, headers: &HeaderMap, name: &str) -> Result<String, Stop> {
    let key = required_key(headers)?;
    engine.feed(caller, name).await??;
    Ok(key)
}

/// A file for a feed.
pub(super) async fn feed_send(
    (engine, caller): (Engine, Caller),
    headers: &HeaderMap,
    (name, query): (&str, HashMap<String, String>),
    body: Body,
) -> Reply {
    let key = match feed_key(&engine, &caller, headers, name).await {
        Ok(key) => key,
        Err(stop) => {
            drain(body).await;
            return Err(stop);
        }
    };
    let upload = Upload::read(headers, body).await?;
    let file = upload.files(query.get("file_name").cloned())?;
    json(202, &engine.feed_send(&caller, name, (file, Some(key))).await??)
}

pub(super) async fn list(call: Call) -> Reply {
    let state = match call.param("state").as_deref() {
        None => None,
        Some("validated") => Some(ImportState::Validated),
        Some("running") => Some(ImportState::Running),
        Some("finished") => Some(ImportState::Finished),
        Some("failed") => Some(ImportState::Failed),
        Some("reverting") => Some(ImportState::Reverting),
        Some("reverted") => Some(ImportState::Reverted),
        Some(_) => {
            let expected = "expected validated, running, finished, failed, reverting or reverted";
            return Err(invalid("state", "not_allowed", expected));
        }
    };
    let limit = call.limit()?;
    json(200, &call.engine.imports(&call.caller, (state, call.param("cursor")), limit).await??)
}

pub(super) async fn get(call: Call) -> Reply {
    let (level, cursor) = (call.param("level"), call.param("cursor"));
    let limit = match call.param("limit").map(|text| text.parse::<usize>()) {
        None => None,
        Some(Ok(limit)) if (1..=FAULTS_MAX).contains(&limit) => Some(limit),
        Some(_) => return Err(invalid("limit", "limit_out_of_range", "The limit is 1 to 1,000.")),
    };
    let paged = level.is_some() || cursor.is_some() || limit.is_some();
    let page = paged.then(|| FaultPage { level, cursor, limit: limit.unwrap_or(FAULTS_MAX) });
    json(200, &call.engine.import_view(&call.caller, call.id(), page).await??)
}

pub(super) async fn errors(call: Call) -> Reply {
    let pieces = call.engine.import_errors(&call.caller, call.id()).await??;
    Ok(error_file(call.id(), pieces))
}

/// The rows at fault as a file to download, written while they are read.
pub(crate) fn error_file(id: &str, pieces: Pieces) -> Response {
    let name = format!("attachment; filename=\"{id}-errors.csv\"");
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    (StatusCode::OK, headers, Body::from_stream(ReceiverStream::new(pieces))).into_response()
}

pub(super) async fn execute(call: Call) -> Reply {
    json(202, &call.engine.import_execute(&call.caller, call.id()).await??)
}

pub(super) async fn restage(call: Call) -> Reply {
    let change = Restage::read(call.read()?).map_err(Problem::invalid)?;
    json(202, &call.engine.import_restage(&call.caller, call.id(), change).await??)
}

pub(super) async fn revert(call: Call) -> Reply {
    json(202, &call.engine.import_revert(&call.caller, call.id()).await??)
}

pub(super) async fn mapping_save(call: Call) -> Reply {
    let request: MappingSave = call.read()?;
    let id = match request.id.as_deref() {
        None => None,
        Some(text) => Some(text.parse().map_err(|_| invalid("id", "id_invalid", "expected an id, map_…"))?),
    };
    let rules = Rules {
        name: request.name,
        system: request.system,
        columns: request.columns,
        constants: request.constants,
        templates: request.templates,
        values: request.values,
        only: request.only,
    };
    json(200, &call.engine.mapping_save(&call.caller, (id, rules)).await??)
}

pub(super) async fn mapping_list(call: Call) -> Reply {
    json(200, &call.engine.mappings(&call.caller).await??)
}

pub(super) async fn mapping_get(call: Call) -> Reply {
    json(200, &call.engine.mapping(&call.caller, call.id()).await??)
}

pub(super) async fn mapping_delete(call: Call) -> Reply {
    call.engine.mapping_delete(&call.caller, call.id()).await??;
    Ok(StatusCode::NO_CONTENT.into_response())
}

pub(super) async fn feed_save(call: Call) -> Reply {
    let request: FeedSave = call.read()?;
    json(200, &call.engine.feed_save(&call.caller, request).await??)
}

pub(super) async fn feed_list(call: Call) -> Reply {
    json(200, &call.engine.feeds(&call.caller).await??)
}

pub(super) async fn feed_get(call: Call) -> Reply {
    json(200, &call.engine.feed(&call.caller, call.id()).await??)
}

pub(super) async fn feed_delete(call: Call) -> Reply {
    call.engine.feed_delete(&call.caller, call.id()).await??;
    Ok(StatusCode::NO_CONTENT.into_response())
}
