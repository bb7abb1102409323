//! Problem documents (RFC 9457): one shape for everything that did not work.

use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::view::{CandidateView, OrderView, ReservationView};

/// One field at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProblemField {
    /// JSON Pointer into the request.
    pub pointer: String,
    /// Stable code.
    pub code: String,
    /// A sentence.
    pub message: String,
}

/// `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// Identifies the kind of problem: `urn:kith:problem:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What stands in the way.
    pub detail: String,
    /// Stable code.
    pub code: String,
    /// What would clear it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub clears: String,
    /// Every field at fault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// Accounts on record that a new one probably is, with `probable_duplicate`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<CandidateView>,
    /// The reservation with the decision against it, with `credit_held` and `credit_rejected`.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub reservation: Option<Box<ReservationView>>,
    /// The order that does not go, with every reason, with `order_rejected`.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Box<OrderView>>,
    /// Names the request in the logs.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub trace_id: String,
}

impl Problem {
    /// A problem of a status, a stable code and a sentence.
    pub fn new(status: u16, code: impl Into<String>, detail: impl Into<String>) -> Self {
        let code = code.into();
        Self {
            kind: format!("urn:kith:problem:{code}"),
            title: title(status).to_owned(),
            status,
            detail: detail.into(),
            code,
            clears: String::new(),
            errors: Vec::new(),
            candidates: Vec::new(),
            reservation: None,
            order: None,
            trace_id: String::new(),
        }
    }

    /// The request was not understood: every field at fault.
    #[must_use]
    pub fn invalid(faults: Vec<FieldFault>) -> Self {
        let count = faults.len();
        let words = if count == 1 { "1 field is".to_owned() } else { format!("{count} fields are") };
        let mut problem = Self::new(422, "invalid", format!("{words} at fault."));
        problem.errors = faults.into_iter().map(ProblemField::from).collect();
        problem
    }
}

impl From<FieldFault> for ProblemField {
    fn from(fault: FieldFault) -> Self {
        Self { pointer: fault.pointer, code: fault.code, message: fault.message }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let mut problem = Self::new(status(refusal.kind), refusal.code, refusal.sentence);
        problem.clears = refusal.clears;
        problem.errors = refusal.fields.into_iter().map(ProblemField::from).collect();
        problem
    }
}

/// The status of a kind of refusal.
#[must_use]
pub fn status(kind: RefusalKind) -> u16 {
    match kind {
        RefusalKind::Forbidden => 403,
        RefusalKind::NotFound => 404,
        RefusalKind::Conflict => 409,
        RefusalKind::Locked => 423,
        RefusalKind::Gone => 410,
        RefusalKind::Stale => 412,
        RefusalKind::Unprocessable => 422,
    }
}

fn title(status: u16) -> &'static str {
    match status {
        400 => "Bad request",
        401 => "Not signed in",
        403 => "Forbidden",
        404 => "Not found",
        405 => "Method not allowed",
        406 => "Not acceptable",
        409 => "Conflict",
        410 => "Gone",
        412 => "Precondition failed",
        413 => "Too large",
        415 => "Unsupported media type",
        422 => "Unprocessable",
        423 => "Locked",
        428 => "Precondition required",
        429 => "Too many requests",
        503 => "Unavailable",
        _ => "Server error",
    }
}
