//! Why the rules said no: a stable code, a sentence, and what would clear it.

use serde::{Deserialize, Serialize};

/// What kind of no it is; the faces turn it into a status (403, 404, 409, 412, 422 …).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalKind {
    /// The actor may not do this.
    Forbidden,
    /// There is no such thing, or the actor may not know that there is.
    NotFound,
    /// It stands against something else that is on record.
    Conflict,
    /// It was asked against a version that is no longer the latest.
    Stale,
    /// It is held for legal reasons.
    Locked,
    /// It was erased, or ended for good.
    Gone,
    /// It is understood, but breaks a rule of its own.
    Unprocessable,
}

/// One field at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFault {
    /// JSON Pointer into the request, for example `/contacts/0/email`.
    pub pointer: String,
    /// Stable code, for example `email_invalid`.
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

impl FieldFault {
    /// A fault at a place.
    pub fn new(pointer: impl Into<String>, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code: code.into(), message: message.into() }
    }
}

/// The rules say no. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What kind of no.
    pub kind: RefusalKind,
    /// Stable code, `noun.reason`, for example `account.tax_id_taken`.
    pub code: String,
    /// A sentence that a customer's account manager can read.
    pub sentence: String,
    /// What would clear it; empty when nothing would.
    pub clears: String,
    /// Every field at fault, all at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldFault>,
}

impl Refusal {
    /// A refusal without fields.
    pub fn new(
        kind: RefusalKind,
        code: impl Into<String>,
        sentence: impl Into<String>,
        clears: impl Into<String>,
    ) -> Self {
        Self { kind, code: code.into(), sentence: sentence.into(), clears: clears.into(), fields: Vec::new() }
    }

    /// The same refusal with the fields at fault.
    #[must_use]
    pub fn with_fields(mut self, fields: Vec<FieldFault>) -> Self {
        self.fields = fields;
        self
    }
}

/// A text as a sentence: with one mark at its end, whatever it ended with.
#[must_use]
pub fn ended(text: &str) -> String {
    let text = text.trim_end();
    let bare = text.trim_end_matches('.');
    match text.chars().next_back() {
        None | Some('?' | '!' | '…' | ':') => text.to_owned(),
        Some('.') if bare.ends_with(['?', '!', '…']) => bare.to_owned(),
        _ => format!("{bare}."),
    }
}

/// Faults of shape and faults of rules together: a rule's fault about a place whose shape is at fault is left out, since
/// the rule did not see what was meant.
#[must_use]
pub fn merge_faults(mut shape: Vec<FieldFault>, rules: Vec<FieldFault>) -> Vec<FieldFault> {
    let under = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let covered =
        |place: &str| shape.iter().any(|fault| under(place, &fault.pointer) || under(&fault.pointer, place));
    let fresh: Vec<FieldFault> = rules.into_iter().filter(|fault| !covered(&fault.pointer)).collect();
    shape.extend(fresh);
    shape
}

/// The refusals of one noun: a function each, and the list of their codes for the documentation and the tests.
macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $kind:ident, $code:literal, $sentence:literal, $clears:literal;)*) => {
        $($(#[$doc])*
        #[must_use]
        pub fn $name() -> $crate::refusal::Refusal {
            $crate::refusal::Refusal::new($crate::refusal::RefusalKind::$kind, $code, $sentence, $clears)
        })*

        /// The code of every refusal of this noun.
        pub const CODES: &[&str] = &[$($code),*];
    };
}

pub(crate) use refusals;

#[cfg(test)]
mod tests;
