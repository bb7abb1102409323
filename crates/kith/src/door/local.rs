//! The same router in this process, over a data directory.

use std::fmt;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderName, Request, header};
use kith_engine::{Caller, Engine};
use tower::ServiceExt as _;

use super::{Call, Reply};
use crate::failure::Failure;

/// Who speaks through a local door.
#[derive(Debug, Clone)]
enum Speaker {
    /// Whoever holds a token.
    Bearer(String),
    /// Somebody known to this process.
    Known(Box<Caller>),
}

/// A data directory that this process holds open.
#[derive(Clone)]
pub struct Local {
    engine: Engine,
    router: Router,
    speaker: Speaker,
}

impl fmt::Debug for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Local").finish_non_exhaustive()
    }
}

impl Local {
    /// A door to an open engine: of the token's user, or of whoever runs the command line.
    #[must_use]
    pub fn new(engine: Engine, token: Option<String>) -> Self {
        let speaker = match token {
            Some(token) => Speaker::Bearer(token.trim().to_owned()),
            None => Speaker::Known(Box::new(Caller::operator())),
        };
        Self { router: kith_server::router(engine.clone()), engine, speaker }
    }

    /// The same door, for somebody else.
    #[must_use]
    pub fn of(&self, caller: Caller) -> Self {
        Self { speaker: Speaker::Known(Box::new(caller)), ..self.clone() }
    }

    /// The engine behind it.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(super) async fn send(&self, call: Call) -> Result<Reply, Failure> {
        let unfit = |error: axum::http::Error| Failure::Usage(format!("the request cannot be made: {error}"));
        let mut request = Request::builder().method(call.method()).uri(call.target());
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        request = match &self.speaker {
            Speaker::Bearer(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            Speaker::Known(caller) => request.extension((**caller).clone()),
        };
        let body = call.body.map_or_else(Body::empty, Body::from);
        let request = request.body(body).map_err(unfit)?;
        // A router never fails: what goes wrong is an answer.
        let response = self.router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let (status, etag) = (response.status().as_u16(), told(response.headers(), header::ETAG));
        let retry_after = told(response.headers(), header::RETRY_AFTER);
        let body = to_bytes(response.into_body(), usize::MAX).await;
        let body = body.map_err(|error| Failure::Here(format!("the answer broke off: {error}")))?;
        Ok(Reply { status, etag, retry_after, body })
    }

    pub(super) async fn close(self) {
        let Self { engine, router, .. } = self;
        drop(router);
        if let Err(error) = tokio::task::spawn_blocking(move || engine.close()).await {
            tracing::error!(%error, "closing broke off");
        }
    }
}

fn told(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
