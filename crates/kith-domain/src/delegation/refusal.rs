//! Why the rules of delegations say no.

crate::refusal::refusals! {
    /// Made twice under one id.
    exists = Conflict, "delegation.exists", "There is such a delegation already.", "Make a new one.";
    /// No such delegation, or somebody else's.
    not_found = NotFound, "delegation.not_found", "There is no such delegation.", "Look it up in the list of delegations.";
    /// A program or an agent asks.
    people_only = Forbidden, "delegation.people_only", "Programs and agents delegate nothing.", "Let a person delegate.";
    /// Not an approver.
    not_approver = Forbidden, "delegation.not_approver", "You hold no role that approves, so there is nothing to delegate.",
        "What was delegated to you cannot be passed on.";
    /// Fields at fault.
    invalid = Unprocessable, "delegation.invalid", "Some fields are at fault.", "Correct the fields that are named.";
}
