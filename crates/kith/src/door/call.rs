//! An operation of the table with its parts filled in.

use std::fmt::Write as _;

use axum::body::Bytes;
use kith_api::operation::{Method, Operation};
use kith_api::table;
use serde::Serialize;

use crate::failure::Failure;

const KEY: &str = "idempotency-key";

/// A request for an operation of the table.
#[derive(Debug, Clone)]
pub struct Call {
    operation: &'static Operation,
    places: Vec<String>,
    query: Vec<(&'static str, String)>,
    /// Name and value of each header.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// What is sent.
    pub(crate) body: Option<Bytes>,
}

impl Call {
    /// A call of an operation.
    ///
    /// # Panics
    /// When the table has no such operation: a fault of this program.
    #[must_use]
    pub fn to(operation: &str) -> Self {
        let found = table::find(operation);
        assert!(found.is_some(), "the table has no operation {operation}");
        let operation = found.unwrap_or(&kith_api::operation::READ);
        Self { operation, places: Vec::new(), query: Vec::new(), headers: Vec::new(), body: None }
    }

    /// Fills the next `{…}` of the path.
    #[must_use]
    pub fn place(mut self, value: &str) -> Self {
        self.places.push(encoded(value));
        self
    }

    /// Adds a query parameter, if there is a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.query.extend(value.map(|value| (name, value.to_string())));
        self
    }

    /// Adds a query parameter `true`, if it is.
    #[must_use]
    pub fn flag(self, name: &'static str, is_set: bool) -> Self {
        self.with(name, is_set.then_some("true"))
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Gives the key under which a repetition is known.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.header(KEY, key.to_owned())
    }

    /// The operation requires a key, and none was given.
    pub(crate) fn lacks_key(&self) -> bool {
        self.operation.key && !self.headers.iter().any(|(name, _)| *name == KEY)
    }

    /// Sends a value as JSON, in the media type of the operation.
    ///
    /// # Errors
    /// [`Failure::Here`] when the value cannot be written as JSON.
    pub fn json(self, value: &impl Serialize) -> Result<Self, Failure> {
        let text = serde_json::to_vec(value).map_err(|error| Failure::Here(error.to_string()))?;
        let media = self.operation.body.map_or("application/json", |body| body.media);
        Ok(self.bytes(media, Bytes::from(text)))
    }

    /// Sends bytes of a media type.
    #[must_use]
    pub fn bytes(mut self, media: &str, body: Bytes) -> Self {
        self.body = Some(body);
        self.header("content-type", media.to_owned())
    }

    /// The method as HTTP writes it.
    #[must_use]
    pub fn method(&self) -> &'static str {
        match self.operation.method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }

    /// Path and query.
    #[must_use]
    pub fn target(&self) -> String {
        let mut places = self.places.iter();
        let mut target = String::new();
        for part in self.operation.path.split('/').skip(1) {
            let filled =
                if part.starts_with('{') { places.next().map_or(part, String::as_str) } else { part };
            target.push('/');
            target.push_str(filled);
        }
        for (index, (name, value)) in self.query.iter().enumerate() {
            let mark = if index == 0 { '?' } else { '&' };
            // Writing to a String cannot fail.
            write!(target, "{mark}{name}={}", encoded(value)).unwrap_or_default();
        }
        target
    }
}

/// A text as it stands in a URL (RFC 3986): everything but unreserved characters is percent-encoded.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").unwrap_or_default();
        }
    }
    out
}
