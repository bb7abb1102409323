//! Documents over REST.

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart};
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use kith_api::request::ReasonGiven;
use kith_domain::document::{Command as DocumentCommand, SIZE_MAX};
use kith_engine::{Content, Upload};

use super::Call;
use crate::reply::{Reply, Stop, json};

/// Largest body: a file of the largest size and the fields of a form.
pub(super) const BODY_MAX: usize = 50 * 1024 * 1024 + 64 * 1024;

pub(super) async fn add(call: Call) -> Reply {
    let upload =
        if is_form(&call.headers) { form(&call.headers, call.body.clone()).await? } else { raw(&call) };
    if u64::try_from(upload.bytes.len()).unwrap_or(u64::MAX) > SIZE_MAX {
        return Err(Stop::new(413, "too_large", "The file is larger than 50 MiB."));
    }
    let id = call.engine.document_add(&call.caller, call.id(), upload).await??;
    json(201, &call.engine.document_get(&call.caller, call.id(), &id.to_string()).await??)
}

pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    let said = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    said.to_ascii_lowercase().starts_with("multipart/form-data")
}

/// The body is the file, the parameters say what it is.
fn raw(call: &Call) -> Upload {
    let said = call.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mime = said.unwrap_or("application/octet-stream").split(';').next().unwrap_or_default();
    Upload {
        kind: call.param("type").unwrap_or_else(|| "other".to_owned()),
        name: call.param("name").unwrap_or_else(|| "document".to_owned()),
        mime: mime.trim().to_owned(),
        issued_on: call.param("issued_on"),
        expires_on: call.param("expires_on"),
        retention: call.param("retention"),
        bytes: call.body.clone(),
    }
}

/// A form: the part `file`, and fields with the names of the parameters.
async fn form(headers: &HeaderMap, body: Bytes) -> Result<Upload, Stop> {
    Ok(read_form(headers, Body::from(body)).await?.0)
}

/// Reads a form; the fields that are no parameter of a document are given besides.
pub(crate) async fn read_form(
    headers: &HeaderMap,
    body: Body,
) -> Result<(Upload, Vec<(String, String)>), Stop> {
    let unread = |_| Stop::new(400, "malformed", "The form cannot be read.");
    let mut request = Request::new(body);
    request.headers_mut().clone_from(headers);
    DefaultBodyLimit::max(BODY_MAX).apply(&mut request);
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| Stop::new(400, "malformed", "The form has no boundary."))?;
    let mut upload = Upload { kind: "other".to_owned(), ..Upload::default() };
    let mut others = Vec::new();
    while let Some(field) = parts.next_field().await.map_err(unread)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            upload.name = field.file_name().unwrap_or("document").to_owned();
            upload.mime = field.content_type().unwrap_or("application/octet-stream").to_owned();
            upload.bytes = field.bytes().await.map_err(unread)?;
            continue;
        }
        let text = field.text().await.map_err(unread)?;
        let given = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        match name.as_str() {
            "type" => upload.kind = given.unwrap_or_else(|| "other".to_owned()),
            "name" => upload.name = given.unwrap_or(upload.name),
            "issued_on" => upload.issued_on = given,
            "expires_on" => upload.expires_on = given,
            "retention" => upload.retention = given,
            _ => others.push((name, text)),
        }
    }
    Ok((upload, others))
}

pub(super) async fn list(call: Call) -> Reply {
    json(200, &call.engine.document_list(&call.caller, call.id()).await??)
}

pub(super) async fn get(call: Call) -> Reply {
    let (account, id) = (call.id(), call.place("document"));
    json(200, &call.engine.document_get(&call.caller, account, id).await??)
}

pub(super) async fn content(call: Call) -> Reply {
    let (account, id) = (call.id(), call.place("document"));
    Ok(attached(call.engine.document_content(&call.caller, account, id).await??))
}

/// A file that no browser shows or runs: an attachment of exactly its media type, in a sandbox.
pub(crate) fn attached(content: Content) -> Response {
    let plain: String = content
        .name
        .chars()
        .map(|letter| if letter.is_ascii_graphic() && !"\"\\%;".contains(letter) { letter } else { '_' })
        .collect();
    let named = format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{}",
        crate::web::link::escaped(&content.name)
    );
    let text = |value: &str| {
        HeaderValue::from_str(value).unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"))
    };
    let headers = [
        (header::CONTENT_TYPE, text(&content.mime)),
        (header::CONTENT_DISPOSITION, text(&named)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::OK, headers, content.bytes).into_response()
}

pub(super) async fn act(id: &str, call: Call) -> Reply {
    let command = match id {
        "document_verify" => DocumentCommand::Verify,
        "document_reject" => DocumentCommand::Reject { reason: call.read::<ReasonGiven>()?.reason },
        "document_delete" => DocumentCommand::Delete,
        _ => DocumentCommand::SetLegalHold {
            on: id == "document_hold",
            reason: call.read::<ReasonGiven>()?.reason,
        },
    };
    let deleting = command == DocumentCommand::Delete;
    let place = (call.id(), call.place("document"));
    call.engine.document_act(&call.caller, place, command).await??;
    if deleting {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    json(200, &call.engine.document_get(&call.caller, place.0, place.1).await??)
}
