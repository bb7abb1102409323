//! Health, metrics and the API's documents: what a machine asks, without a token.

use std::sync::OnceLock;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use kith_api::openapi;
use kith_engine::Engine;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde_json::{Value, json};

use crate::{auth, docs};

/// The version of this program.
const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(crate) fn router() -> Router<Engine> {
    recorder();
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(measured))
        .route("/openapi.json", get(document))
        .route("/docs", get(docs::page))
}

/// One recorder for the process: a second router in it (as tests make) shares the first one's.
fn recorder() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    HANDLE.get_or_init(|| PrometheusBuilder::new().install_recorder().ok()).as_ref()
}

async fn ready(State(engine): State<Engine>) -> Response {
    let heads = engine.heads().await;
    let writing = engine.is_writing();
    let status = if heads.is_ok() && writing { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let (ledger, touchpoints) = heads.unwrap_or_default();
    let body = json!({
        "ready": status == StatusCode::OK, "writing": writing, "version": VERSION, "day": engine.day().to_string(),
        "ledger": ledger, "touchpoints": touchpoints, "folded": engine.position(),
        "behind": touchpoints.saturating_sub(engine.position()),
    });
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

async fn measured(State(engine): State<Engine>) -> Response {
    metrics::gauge!("kith_accounts").set(f64::from(engine.account_count()));
    metrics::gauge!("kith_profile_bytes")
        .set(f64::from(u32::try_from(engine.memory_bytes() / 1_024).unwrap_or(u32::MAX)) * 1_024.0);
    let text = recorder().map(PrometheusHandle::render).unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

/// The document; with the custom fields as they are now for whoever says who they are.
async fn document(State(engine): State<Engine>, request: Request) -> Response {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    let mut document = DOCUMENT.get_or_init(|| openapi::document(VERSION)).clone();
    let (parts, _) = request.into_parts();
    if auth::caller(&engine, &parts).await.is_ok() {
        openapi::add_custom_fields(&mut document, &engine.custom_fields().items);
    }
    ([(header::CONTENT_TYPE, "application/json")], document.to_string()).into_response()
}
