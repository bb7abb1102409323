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
}
