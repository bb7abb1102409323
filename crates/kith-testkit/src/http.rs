//! A small client for Kith's REST interface, as a test wants it: every status is an answer, bodies are JSON.

use std::time::Duration;

use serde_json::Value;
use ureq::http::Request;
use ureq::{Agent, Body};

/// Speaks to one server, as one principal.
#[derive(Clone, Debug)]
pub struct Client {
    agent: Agent,
    base: String,
    token: Option<String>,
}

/// What a server answered, read to its end.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body as it came.
    pub body: Vec<u8>,
    headers: Vec<(String, String)>,
}

impl Client {
    /// A client without a token for the server at `base`, such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn new(base: &str) -> Self {
        Self::patient(base, Duration::from_secs(60))
    }

    /// As [`Client::new`], for answers that may take so long.
    #[must_use]
    pub fn patient(base: &str, patience: Duration) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(patience))
            .build();
        Self { agent: config.new_agent(), base: base.trim_end_matches('/').to_owned(), token: None }
    }

    /// The same server, asked with this bearer token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// Asks for `path`, which begins with a slash and may carry a query.
    #[must_use]
    #[track_caller]
    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], &[])
    }

    /// Posts JSON.
    #[must_use]
    #[track_caller]
    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.send("POST", path, &[JSON], body.to_string().as_bytes())
    }

    /// Posts JSON under an idempotency key.
    #[must_use]
    #[track_caller]
    pub fn post_once(&self, path: &str, key: &str, body: &Value) -> Reply {
        self.send("POST", path, &[JSON, ("Idempotency-Key", key)], body.to_string().as_bytes())
    }

    /// Sends a merge patch for the version that `etag` names.
    #[must_use]
    #[track_caller]
    pub fn patch(&self, path: &str, etag: &str, body: &Value) -> Reply {
        self.send("PATCH", path, &[JSON, ("If-Match", etag)], body.to_string().as_bytes())
    }

    /// Sends anything.
    ///
    /// # Panics
    /// If the server cannot be reached or does not answer in HTTP.
    #[must_use]
    #[track_caller]
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        match self.try_send(method, path, headers, body) {
            Ok(reply) => reply,
            Err(error) => panic!("{method} {}{path} was not answered: {error}", self.base),
        }
    }

    /// Sends anything, to a server that may be dying: a lost connection is an answer of its own.
    ///
    /// # Errors
    /// What kept the answer from arriving; the server may have acted all the same.
    pub fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Reply, ureq::Error> {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = if body.is_empty() {
            self.agent.run(request.body(())?)?
        } else {
            self.agent.run(request.body(body)?)?
        };
        read(&mut response)
    }
}

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn read(response: &mut ureq::http::Response<Body>) -> Result<Reply, ureq::Error> {
    let headers = response.headers().iter();
    let headers =
        headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()));
    let headers = headers.collect();
    let status = response.status().as_u16();
    let body = response.body_mut().with_config().limit(u64::MAX).read_to_vec()?;
    Ok(Reply { status, body, headers })
}

impl Reply {
    /// The header's first value; names are compared without case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as text, with what is no UTF-8 replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// If it is something else.
    #[must_use]
    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(error) => panic!("{error} in the answer {}: {}", self.status, self.text()),
        }
    }

    /// The body as JSON, once the status is the expected one; else the test fails and shows the body.
    ///
    /// # Panics
    /// If the status is another, or the body is no JSON.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert!(self.status == status, "{status} expected, {} came: {}", self.status, self.text());
        self.json()
    }
}
