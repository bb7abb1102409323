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
    /// Changes to a company one belongs to.
    own_company = Forbidden, "change.own_company", "Whoever belongs to a company does not approve changes to it.",
        "Let somebody else in the step's role decide.";
    /// An import of one's own file.
    own_import = Forbidden, "change.own_import", "Whoever brought a file does not review its import.",
        "Let somebody else in the step's role decide.";
    /// A hold of an account one created.
    own_creation = Forbidden, "change.own_creation", "Whoever created an account does not release its hold.",
        "Let somebody else in the step's role decide.";
    /// The delegate of the submitter wants to decide.
    delegator_submitted = Forbidden, "change.delegator_submitted", "A delegate does not decide on what the delegator submitted or edited.",
        "Let somebody else in the step's role decide.";
    /// It was edited since the approver looked.
    revision_moved = Conflict, "change.revision_moved", "The change was edited since you looked at it.",
        "Read it again; what you had seen is not what would be approved.";
    /// A red change among others.
    red_alone = Unprocessable, "change.red_alone", "A red change is decided by itself.", "Open it and decide on it alone.";
    /// Warnings that nobody looked at.
    open_first = Unprocessable, "change.open_first", "There is something to look at in this change.",
        "Open it once; then it may be approved together with others.";
    /// No proof.
    proof_required = Unprocessable, "change.proof_required", "This step needs a proof in the comment.",
        "Say how it was proved, for example whom you called back on which known number.";
    /// Not the CFO.
    cfo_only = Forbidden, "change.cfo_only", "Only the CFO takes all steps at once.", "Let the steps be approved one by one.";
    /// Nothing for an emergency.
    glass_stays = Forbidden, "change.glass_stays", "Sanctions and the policy itself have no emergency exit.",
        "Let the steps be approved one by one.";
    /// No reason.
    reason_required = Unprocessable, "change.reason_required", "An emergency needs a reason.", "Say why it cannot wait.";
    /// No emergency to review.
    no_glass = Conflict, "change.no_glass", "This change went through its steps.", "There is nothing to review.";
    /// Reviewing oneself.
    own_glass = Forbidden, "change.own_glass", "An emergency is reviewed by somebody who had no hand in it.",
        "Let somebody else review it.";
    /// Somebody else's change, without the right.
    not_editor = Forbidden, "change.not_editor", "Only the submitter, or who may edit what it touches, edits a change.",
        "Comment on it, or ask the submitter.";
    /// Not the same change.
    another_change = Unprocessable, "change.another_change", "An edit stays with the operation and the target of its change.",
        "Submit a new change.";
    /// Not to be edited.
    not_editable = Conflict, "change.not_editable", "A change of this operation has nothing to edit.",
        "Cancel it and submit another one.";
    /// Nothing to submit again.
    not_stale = Conflict, "change.not_stale", "Only a stale change is submitted again.",
        "Edit it while it waits, or submit a new change.";
    /// Nothing would change any more.
    nothing_left = Conflict, "change.nothing_left", "The record is as this change wants it already.", "Cancel the change.";
    /// No text.
    text_required = Unprocessable, "change.text_required", "There is nothing in it.", "Write something.";
    /// Too much talk.
    too_many_comments = Conflict, "change.too_many_comments", "There are 500 comments on this change already.",
        "Decide on it.";
    /// Not yet time.
    not_due = Conflict, "change.not_due", "The time for this has not come.", "Wait until it has.";
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
