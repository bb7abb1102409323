//! What is wrong with a filter, where, and what to write instead.

use std::fmt;

use serde::Serialize;

/// A fault in a filter text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Error {
    /// Byte at which the fault begins.
    pub at: usize,
    /// Bytes at fault, at least 0 (the end of the text).
    pub len: usize,
    /// Stable code, for example `unknown_field`.
    pub code: &'static str,
    /// A sentence for people.
    pub message: String,
    /// What to write instead, when that can be said.
    pub hint: Option<String>,
}

impl Error {
    /// A fault at a place.
    pub fn new(span: Span, code: &'static str, message: impl Into<String>) -> Self {
        Self { at: span.at, len: span.len, code, message: message.into(), hint: None }
    }

    /// The same fault with what to write instead.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.message, self.at)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, "; {hint}"))
    }
}

impl std::error::Error for Error {}

/// A place in a text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Span {
    /// Where it begins.
    pub at: usize,
    /// How long it is.
    pub len: usize,
}

impl Span {
    /// From `at` up to `end`.
    #[must_use]
    pub fn between(at: usize, end: usize) -> Self {
        Self { at, len: end.saturating_sub(at) }
    }

    /// Where it ends.
    #[must_use]
    pub fn end(self) -> usize {
        self.at.saturating_add(self.len)
    }

    /// From the beginning of this to the end of the other.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::between(self.at, other.end())
    }
}
