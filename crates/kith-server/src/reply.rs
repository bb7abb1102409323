//! What goes back over HTTP: JSON, problem documents, and how answers become statuses.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kith_api::problem::Problem;
use kith_domain::refusal::Refusal;
use kith_engine::Fault;
use serde::Serialize;

/// Anything that ends a request without doing it.
#[derive(Debug)]
pub(crate) struct Stop(pub(crate) Box<Problem>);

/// The result of a handler.
pub(crate) type Reply = Result<Response, Stop>;

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem))
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Problem::from(refusal).into()
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        if fault.is_transient() {
            tracing::warn!(%fault, "a request could not be answered now");
            return Problem::new(
                503,
                "unavailable",
                "This cannot be done right now. Nothing was changed; try again.",
            )
            .into();
        }
        if matches!(fault, Fault::Stopped) {
            tracing::error!("the store writes no more since a commit failed");
            let sentence = "The store writes no more since a commit failed. Nothing was changed; restart Kith once there is room.";
            return Problem::new(503, "store_stopped", sentence).into();
        }
        tracing::error!(%fault, "a request failed");
        Problem::new(500, "fault", "Something is wrong on our side. Nothing was changed.").into()
    }
}

impl Stop {
    /// A problem of a status, a stable code and a sentence.
    pub(crate) fn new(status: u16, code: &str, detail: impl Into<String>) -> Self {
        Problem::new(status, code, detail).into()
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self.0).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if matches!(self.0.status, 429 | 503) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if self.0.status == 401 {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// A JSON reply with a status.
pub(crate) fn json(status: u16, body: &impl Serialize) -> Reply {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let bytes =
        serde_json::to_vec(body).map_err(|_| Stop::new(500, "fault", "The reply could not be written."))?;
    Ok((status, [(header::CONTENT_TYPE, "application/json")], bytes).into_response())
}

/// The same with one more header.
pub(crate) fn with_header(reply: Reply, name: &'static str, value: &str) -> Reply {
    let mut response = reply?;
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}
