//! What did not work, every field at fault, what would clear it.

use std::fmt::Write as _;

use kith_api::problem::Problem;

use super::cell::harmless;

/// A problem document for people.
#[must_use]
pub fn problem(problem: &Problem) -> String {
    let mut out = format!("error: {}", harmless(&problem.detail));
    if !matches!(problem.code.as_str(), "invalid" | "http") {
        write!(out, " ({})", harmless(&problem.code)).unwrap_or_default();
    }
    let width = problem.errors.iter().map(|fault| fault.pointer.chars().count()).max().unwrap_or_default();
    for fault in &problem.errors {
        let (pointer, message) = (harmless(&fault.pointer), harmless(&fault.message));
        write!(out, "\n  {pointer:width$}  {message} ({})", harmless(&fault.code)).unwrap_or_default();
    }
    if !problem.clears.is_empty() {
        write!(out, "\nto clear it: {}", harmless(&problem.clears)).unwrap_or_default();
    } else if problem.status == 401 {
        out.push_str("\nto clear it: set KITH_TOKEN, or give --token, a token that is in force");
    }
    if problem.status >= 500 && !problem.trace_id.is_empty() {
        write!(out, "\ntrace: {}", harmless(&problem.trace_id)).unwrap_or_default();
    }
    out
}
