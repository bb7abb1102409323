//! Why the rules of documents say no.

crate::refusal::refusals! {
    /// Received twice.
    exists = Conflict, "document.exists", "There is such a document already.", "Send it once.";
    /// No such document.
    not_found = NotFound, "document.not_found", "There is no such document.", "Look it up among the documents of the account.";
    /// Fields at fault.
    invalid = Unprocessable, "document.invalid", "Some fields are at fault.", "Correct the fields that are named.";
    /// Its content is not what its media type says.
    not_scanned = Conflict, "document.not_scanned", "The content of the file is not what its media type says, or could not be told.",
        "Reject it, or upload it again with the right media type.";
    /// The verifier brought it.
    own = Forbidden, "document.own", "Who brought a document does not verify it.", "Ask somebody else to verify it.";
    /// It was decided already.
    decided = Conflict, "document.decided", "The document was decided the other way.", "Upload it again if it has to be decided anew.";
    /// It has expired.
    expired = Conflict, "document.expired", "The last day of the document has passed.", "Upload the new one.";
    /// It is held.
    legal_hold = Locked, "document.legal_hold", "The document is held for legal reasons.", "Release the legal hold first.";
}
