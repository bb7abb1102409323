//! All routes together, and serving them until told to stop.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use kith_engine::Engine;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::reply::Stop;
use crate::{health, rest, stream, web};

/// Everything that is served over an engine.
pub fn router(engine: Engine) -> Router {
    engine.speak_by(web::told_to);
    let unknown = web::route::unknown(missing).with_state(engine.clone());
    let squeeze = CompressionLayer::new()
        .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("text/event-stream")));
    Router::new()
        .merge(rest::router())
        .merge(stream::router())
        .merge(health::router())
        .merge(web::route::router())
        .fallback_service(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn(guard))
        .layer(squeeze)
        .layer(CatchPanicLayer::custom(panicked))
        .with_state(engine)
}

/// What no route is for: of the interface or a page.
async fn missing(State(engine): State<Engine>, request: Request) -> Response {
    if request.uri().path().starts_with("/api/") {
        rest::body::drain(request.into_body()).await;
        return Stop::new(404, "no_such_route", "There is no such route; /openapi.json lists them.")
            .into_response();
    }
    web::route::nowhere(engine, request).await
}

async fn wrong_method(request: Request) -> Response {
    let is_page = !request.uri().path().starts_with("/api/");
    rest::body::drain(request.into_body()).await;
    if is_page {
        return web::route::not_found();
    }
    Stop::new(405, "method_not_allowed", "This route has no such method.").into_response()
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands the payload over")]
fn panicked(payload: Box<dyn std::any::Any + Send>) -> Response {
    let said = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    tracing::error!(panic = said.unwrap_or("unknown"), "a request panicked");
    Stop::new(500, "fault", "Something is wrong on our side.").into_response()
}

/// Headers that every reply carries.
async fn guard(request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &str); 4] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CONTENT_SECURITY_POLICY, web::CONTENT_SECURITY_POLICY),
    ];
    for (name, value) in fixed {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_str(value).unwrap_or_else(|_| HeaderValue::from_static("")));
    }
    if api {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    if response.status() == StatusCode::UNPROCESSABLE_ENTITY {
        metrics::counter!("kith_refused_total").increment(1);
    }
    response
}

/// Serves until `stop` is done, then lets open requests finish for ten seconds at most.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    engine: Engine,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let jobs = engine.start_jobs();
    let (told, mut heard) = tokio::sync::watch::channel(false);
    let stopping = async move {
        stop.await;
        told.send_replace(true);
    };
    let service = router(engine).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(stopping);
    let patience = async move {
        let _ = heard.wait_for(|stopped| *stopped).await;
        tokio::time::sleep(Duration::from_secs(10)).await;
    };
    let ended = tokio::select! {
        ended = serving.into_future() => ended,
        () = patience => Ok(()),
    };
    jobs.iter().for_each(tokio::task::JoinHandle::abort);
    ended
}
