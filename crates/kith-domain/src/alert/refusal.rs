//! Why the rules of alerts say no.

crate::refusal::refusals! {
    /// No such alert.
    not_found = NotFound, "alert.not_found", "There is no such alert.", "Look it up in the list of alerts.";
    /// Closed already, with another outcome.
    already_closed = Conflict, "alert.already_closed", "The alert is closed already.", "Read how it was closed.";
    /// Fields at fault.
    invalid = Unprocessable, "alert.invalid", "Some fields are at fault.", "Correct the fields that are named.";
}
