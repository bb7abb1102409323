//! What came back.

use std::borrow::Cow;
use std::time::Duration;

use axum::body::Bytes;
use kith_api::problem::Problem;
use serde::de::DeserializeOwned;

use crate::failure::Failure;

/// Longest pause that a server may ask for.
const PAUSE_MAX_S: u64 = 60;

/// What came back from a call.
#[derive(Debug, Clone)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Version of what was read, as `If-Match` takes it.
    pub etag: Option<String>,
    /// Seconds to wait, where the server says so.
    pub(crate) retry_after: Option<String>,
    /// The body.
    pub body: Bytes,
}

impl Reply {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// The body read as JSON.
    ///
    /// # Errors
    /// [`Failure::Here`] when it is not what it should be.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        let text: &[u8] = if self.body.is_empty() { b"null" } else { &self.body };
        serde_json::from_slice(text).map_err(|error| {
            Failure::Here(format!("the answer (status {}) is not as expected: {error}", self.status))
        })
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let seconds: u64 = self.retry_after.as_deref()?.trim().parse().ok()?;
        Some(Duration::from_secs(seconds.min(PAUSE_MAX_S)))
    }

    /// The reply, or the problem that it is.
    pub(crate) fn checked(self) -> Result<Self, Failure> {
        if (200..300).contains(&self.status) {
            return Ok(self);
        }
        let told = serde_json::from_slice::<Problem>(&self.body);
        Err(told.unwrap_or_else(|_| Problem::new(self.status, "http", self.without_problem())).into())
    }

    /// Somebody else answered: a proxy, another server.
    fn without_problem(&self) -> String {
        let first = self.text().lines().next().unwrap_or_default().chars().take(200).collect::<String>();
        if first.is_empty() {
            format!("The server answered with status {}.", self.status)
        } else {
            format!("The server answered with status {}: {first}", self.status)
        }
    }
}
