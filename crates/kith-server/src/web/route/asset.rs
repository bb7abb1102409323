//! Style sheet, scripts, fonts and icon: cached for ever under their version.

use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::web::asset::asset;

/// The service worker, at the root so that it reaches every page.
pub(super) async fn service_worker() -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, crate::web::asset::service_worker()).into_response()
}

/// Where browsers look for an icon of what names none, such as a file.
pub(super) async fn favicon() -> Redirect {
    Redirect::permanent(&crate::web::asset::href("icon-192.png"))
}

/// The notice of a lost connection.
pub(super) async fn offline() -> Html<String> {
    Html(crate::web::page::offline().into_string())
}

pub(super) async fn file(
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Some(file) = asset(&path) else { return super::not_found() };
    let version = query.as_deref().and_then(|query| query.strip_prefix("v="));
    let for_ever = version == Some(file.etag.trim_matches('"'));
    let keep = if for_ever { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    let held = headers.get(header::IF_NONE_MATCH).and_then(|held| held.to_str().ok()).unwrap_or_default();
    let common = [(header::ETAG, file.etag), (header::CACHE_CONTROL, keep)];
    if held.split(',').any(|tag| tag.trim().trim_start_matches("W/") == file.etag) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    (common, [(header::CONTENT_TYPE, file.content_type)], file.bytes).into_response()
}
