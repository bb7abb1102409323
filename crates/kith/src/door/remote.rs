//! A running server, over HTTP.

use std::fmt;
use std::time::Duration;

use axum::body::Bytes;
use ureq::Agent;
use ureq::http::{Request, Response, header};

use super::{Call, Reply};
use crate::failure::Failure;

const CONNECT: Duration = Duration::from_secs(10);
/// An import of millions of rows is read and validated before it answers.
const ANSWER: Duration = Duration::from_secs(30 * 60);
/// Longest answer that is read.
const ANSWER_BYTES_MAX: u64 = 1 << 30;

/// A running server.
#[derive(Clone)]
pub struct Remote {
    agent: Agent,
    url: String,
    token: Option<String>,
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The token is a secret.
        f.debug_struct("Remote").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Remote {
    /// The server at `url`, spoken to with a bearer token.
    ///
    /// # Errors
    /// [`Failure::Usage`] when the address is not `http://…` or `https://…`.
    pub fn new(url: &str, token: Option<String>) -> Result<Self, Failure> {
        let url = url.trim().trim_end_matches('/').to_owned();
        let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
        if !rest.is_some_and(|host| !host.is_empty() && !host.contains(['?', '#', ' '])) {
            return Err(Failure::Usage(format!(
                "`{url}` is no address of a server such as https://kith.example"
            )));
        }
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(ANSWER))
            .max_redirects(0)
            .user_agent(concat!("kith/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        Ok(Self { agent, url, token: token.map(|token| token.trim().to_owned()) })
    }

    pub(super) async fn send(&self, call: Call) -> Result<Reply, Failure> {
        let remote = self.clone();
        let sent = tokio::task::spawn_blocking(move || remote.send_blocking(&call)).await;
        sent.map_err(|error| Failure::Here(error.to_string()))?
    }

    /// What the server says of itself at `/readyz`, with its status.
    pub(crate) async fn ready(&self) -> Result<(u16, serde_json::Value), Failure> {
        let (agent, url) = (self.agent.clone(), self.url.clone());
        let asked = move || {
            let away = |error: ureq::Error| Failure::Here(format!("{url}: {error}"));
            let mut response = agent.get(format!("{url}/readyz")).call().map_err(away)?;
            let body =
                response.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_vec().map_err(away)?;
            Ok((response.status().as_u16(), serde_json::from_slice(&body).unwrap_or_default()))
        };
        let sent = tokio::task::spawn_blocking(asked).await;
        sent.map_err(|error| Failure::Here(error.to_string()))?
    }

    fn send_blocking(&self, call: &Call) -> Result<Reply, Failure> {
        let away = |error: ureq::Error| Failure::Here(format!("{}: {error}", self.url));
        let mut request =
            Request::builder().method(call.method()).uri(format!("{}{}", self.url, call.target()));
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let unfit = |error: ureq::http::Error| Failure::Usage(format!("the request cannot be sent: {error}"));
        let response = match &call.body {
            Some(body) => self.agent.run(request.body(&**body).map_err(unfit)?),
            None => self.agent.run(request.body(()).map_err(unfit)?),
        };
        let mut response = response.map_err(away)?;
        let body = response.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_vec().map_err(away)?;
        Ok(Reply {
            status: response.status().as_u16(),
            etag: told(&response, header::ETAG),
            retry_after: told(&response, header::RETRY_AFTER),
            body: Bytes::from(body),
        })
    }
}

fn told<B>(response: &Response<B>, name: header::HeaderName) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}
