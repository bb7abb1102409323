//! Why the rules of accounts say no.

crate::refusal::refusals! {
    /// Created twice.
    exists = Conflict, "account.exists", "There is such an account already.", "Update it instead.";
    /// No such account.
    not_found = NotFound, "account.not_found", "There is no such account.", "Look it up in the list of accounts.";
    /// Erased.
    erased = Gone, "account.erased", "The account was erased.", "Nothing: erasing is final.";
    /// Fields at fault.
    invalid = Unprocessable, "account.invalid", "Some fields are at fault.", "Correct the fields that are named.";
    /// The tax number is another account's.
    tax_id_taken = Conflict, "account.tax_id_taken", "Another account has this tax number.",
        "Correct the number, or update the account that has it.";
    /// The identifier in another system is another account's.
    external_id_taken = Conflict, "account.external_id_taken", "Another account has this identifier of another system.",
        "Correct the identifier, or update the account that has it.";
    /// The text of a note is at fault.
    note_invalid = Unprocessable, "account.note_invalid", "The text of the note is empty, too long, or holds control characters.",
        "Write 1 to 16384 bytes of plain text.";
    /// A review on a day to come.
    review_in_future = Unprocessable, "account.review_in_future", "A review that has not taken place yet cannot be recorded.",
        "Give the day on which it took place.";
    /// Rows of prices meet.
    pricing_overlap = Conflict, "pricing_overlap", "Rows would price the same quantity on the same day with the same rank.",
        "End one of them before the other begins, change quantities or priority, or send supersede: true.";
    /// Tax profiles meet.
    tax_profile_overlap = Conflict, "tax_profile_overlap", "Two tax profiles would apply to the same sale.",
        "End or revoke one of them before the other begins.";
    /// No such tax profile.
    tax_profile_not_found = NotFound, "account.tax_profile_not_found", "The account has no such tax profile.",
        "Look it up among the tax profiles of the account.";
    /// The verifier brought it.
    tax_profile_own = Forbidden, "account.tax_profile_own", "Who brought a certificate does not verify it.",
        "Ask somebody else to verify it.";
    /// It has ended or was taken back.
    tax_profile_over = Conflict, "account.tax_profile_over", "The tax profile has expired or was revoked.",
        "Add a profile with the new certificate.";
}
