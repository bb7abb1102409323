//! Why the rules of teams say no.

crate::refusal::refusals! {
    /// Created twice.
    exists = Conflict, "team.exists", "There is a team with this code already.", "Choose another code, or edit that team.";
    /// No such team.
    not_found = NotFound, "team.not_found", "There is no such team.", "Look it up in the list of teams.";
    /// Fields at fault.
    invalid = Unprocessable, "team.invalid", "Some fields are at fault.", "Correct the fields that are named.";
    /// The lead goes.
    leads = Conflict, "team.leads", "Whoever leads a team cannot leave it.", "Let somebody else lead it first.";
}
