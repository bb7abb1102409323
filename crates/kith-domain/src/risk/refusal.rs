//! Why the rules of risk say no.

crate::refusal::refusals! {
    /// No such account.
    no_account = NotFound, "risk.no_account", "There is no such account.", "Check the identifier.";
    /// Fields at fault.
    invalid = Unprocessable, "risk.invalid", "Some fields are at fault.", "Correct the fields that are named.";
    /// Older than what is on record.
    outdated = Conflict, "risk.outdated", "What is on record is newer.", "Send a newer report, or leave it.";
}
