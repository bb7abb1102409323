//! Why the rules for pairs of accounts say no.

crate::refusal::refusals! {
    /// No such pair.
    not_found = NotFound, "duplicate.not_found", "There is no such pair.", "Look it up in the list of duplicates.";
    /// They were merged.
    already_merged = Conflict, "duplicate.already_merged", "The two were merged already.", "Take the merge back first.";
    /// Only one of the two can stay.
    not_of_the_pair = Unprocessable, "duplicate.not_of_the_pair", "The account that stays is none of the two.",
        "Name one of the two accounts of the pair.";
    /// A pair needs two.
    one_account = Unprocessable, "duplicate.one_account", "An account is no duplicate of itself.", "Name two accounts.";
    /// No reason given.
    reason_required = Unprocessable, "duplicate.reason_required", "Dismissing needs a reason.", "Say why they are two.";
}
