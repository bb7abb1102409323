//! Why the change gate says no.

crate::refusal::refusals! {
    /// Submitted twice under one id.
    exists = Conflict, "change.exists", "There is such a change already.", "Submit it as a new change.";
    /// No such change.
    not_found = NotFound, "change.not_found", "There is no such change.", "Look it up in the list of changes.";
    /// Nothing to approve.
    no_steps = Unprocessable, "change.no_steps", "A change that nobody has to approve does not wait.",
        "Apply it at once.";
    /// Not waiting any more.
    not_waiting = Conflict, "change.not_waiting", "The change does not wait any more.",
        "Look at its state; submit a new change if it is still wanted.";
    /// Its time is over.
    lapsed = Conflict, "change.lapsed", "The time to decide on the change is over.", "Submit it again.";
    /// A program or an agent wants to decide.
    people_only = Forbidden, "change.people_only", "Programs and agents never approve or reject.",
        "Let a person in the step's role decide.";
    /// The submitter wants to decide.
    own_change = Forbidden, "change.own_change", "Nobody approves or rejects their own change.",
        "Let somebody else in the step's role decide; to withdraw it, cancel it.";
    /// The same person decides twice.
    already_decided = Conflict, "change.already_decided", "You have decided on this change already; one person takes one step.",
        "Let somebody else in the next step's role decide.";
    /// Not in the role.
    wrong_role = Forbidden, "change.wrong_role", "You do not hold the role of the step that is next.",
        "Let somebody in that role decide.";
    /// Credit of an account one serves.
    own_account = Forbidden, "change.own_account", "Whoever answers for an account or sells to it does not approve its credit.",
        "Let somebody else in the step's role decide.";
    /// No comment.
    comment_required = Unprocessable, "change.comment_required", "Rejecting needs a comment.", "Say why.";
    /// A comment at fault.
    comment_invalid = Unprocessable, "change.comment_invalid", "The comment is too long or holds control characters.",
        "Shorten it to 4000 characters of plain text.";
    /// Somebody else's change.
    not_submitter = Forbidden, "change.not_submitter", "Only the submitter cancels a change.",
        "Ask the submitter, or reject it in your step.";
    /// Not yet time.
    not_lapsed = Conflict, "change.not_lapsed", "The time to decide on the change is not over.", "Wait until it is.";
    /// Not applying.
    not_applying = Conflict, "change.not_applying", "The change is not being applied.", "Let its steps be approved first.";
}
