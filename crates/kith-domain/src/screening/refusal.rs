//! Why the rules of screening say no.

crate::refusal::refusals! {
    /// No such hit.
    hit_not_found = NotFound, "screening.hit_not_found", "There is no such hit.", "Look it up in the list of hits.";
    /// No such list.
    list_not_found = NotFound, "screening.list_not_found", "There is no such list.", "Load it first.";
    /// The list's words are wrong.
    list_invalid = Unprocessable, "screening.list_invalid", "The list cannot be loaded.", "Mend what is named.";
    /// Much of what was in force is not there any more.
    list_shrunk = Conflict, "screening.list_shrunk", "The list has lost much of what is in force, which stays.",
        "Fetch it again, whole; if it is meant to be so small, load it with smaller=true.";
    /// The owners' words are wrong.
    owners_invalid = Unprocessable, "screening.owners_invalid", "The owners are not what they can be.", "Mend what is named.";
    /// Reason or evidence is missing.
    reason_required = Unprocessable, "screening.reason_required", "A disposition needs a reason and its evidence.", "Say why, and what shows it.";
    /// It was decided already.
    decided = Conflict, "screening.decided", "The hit was decided already.", "It opens again when the party or the entry changes.";
    /// Whoever submitted does not review.
    own_case = Forbidden, "screening.own_case", "Whoever submitted the party does not decide about its hits.", "Ask another reviewer.";
    /// They stand in for whoever submitted.
    submitters_delegate = Forbidden, "screening.submitters_delegate",
        "You stand in for whoever submitted the party, so you do not decide about its hits.", "Ask another reviewer.";
    /// The second reviewer must be another one.
    second_reviewer = Forbidden, "screening.second_reviewer", "Two people have to agree on this, and you were the first.",
        "Ask another reviewer.";
    /// They stand in for the first reviewer.
    first_ones_delegate = Forbidden, "screening.first_ones_delegate",
        "Two people have to agree on this, and you stand in for the first.", "Ask another reviewer.";
    /// A program or an agent wants to decide.
    people_only = Forbidden, "screening.people_only", "Programs and agents never decide about hits.", "Let a person decide.";
    /// Only what was inconclusive is escalated.
    not_inconclusive = Conflict, "screening.not_inconclusive", "Only what was inconclusive is escalated.", "Decide it, or say that it is inconclusive first.";
    /// Escalated hits are decided.
    escalated = Conflict, "screening.escalated", "An escalated hit ends as a false positive or a true match.", "Decide which.";
}

/// The same, with how many entries there are and were.
#[must_use]
pub fn list_shrunk_to(entries: u64, held: u64) -> crate::refusal::Refusal {
    let mut refusal = list_shrunk();
    refusal.sentence = format!(
        "The list ends after {entries} entries; the one in force has {held}, and stays: is the file cut off?"
    );
    refusal
}
