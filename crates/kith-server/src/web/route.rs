//! The routes of the pages: who asks, what the engine answers, which page draws it.

use axum::Router;
use axum::response::{Html, IntoResponse, Response};
use kith_engine::Engine;

use super::page;

/// All pages.
pub(crate) fn router() -> Router<Engine> {
    Router::new()
}

/// What is not there, and what may not be seen, look alike.
pub(crate) fn not_found() -> Response {
    let page = page::error(404, "Not found", "There is no such page, or it is not yours to see.", None);
    (axum::http::StatusCode::NOT_FOUND, Html(page.into_string())).into_response()
}
