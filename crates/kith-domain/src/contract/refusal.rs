//! Why the rules of contracts say no.

crate::refusal::refusals! {
    /// Drafted twice under one id.
    exists = Conflict, "contract.exists", "There is such a contract already.", "Draft a new one.";
    /// No such contract.
    not_found = NotFound, "contract.not_found", "There is no such contract.", "Look it up in the list of contracts.";
    /// Fields at fault.
    invalid = Unprocessable, "contract.invalid", "Some fields are at fault.", "Correct the fields that are named.";
    /// The customer takes part in nothing any more.
    account_closed = Conflict, "contract.account_closed", "The account is closed or was merged; nothing is agreed with it.",
        "Reactivate the account, or draft the contract for the one that it became.";
    /// Only drafts are edited.
    not_draft = Conflict, "contract.not_draft", "Only a draft can be edited.",
        "Recall it if it was sent, return it if it is in review, or amend it if it stands.";
    /// Only what was agreed by nobody is given up.
    no_draft = Conflict, "contract.no_draft", "Only a draft can be discarded.",
        "Recall it if it was sent; terminate it if it stands.";
    /// Nothing is in review.
    not_in_review = Conflict, "contract.not_in_review", "The contract is not in review.", "Submit it for review first.";
    /// Sent already.
    already_sent = Conflict, "contract.already_sent", "The contract was sent already.",
        "Ask for a new link for a signer, or recall it first.";
    /// Reviewed contracts are not sent from a draft.
    review_required = Conflict, "contract.review_required", "Contracts from this template are reviewed before they are sent.",
        "Submit it for review; somebody else than its drafter sends it.";
    /// The reviewer drafted it.
    own_review = Forbidden, "contract.own_review", "Whoever drafted the contract does not review it.",
        "Let somebody else send it.";
    /// Fields are missing.
    incomplete = Unprocessable, "contract.incomplete", "The contract is not complete.", "Fill in the fields that are named.";
    /// Not out for signature.
    not_sent = Conflict, "contract.not_sent", "The contract is not out for signature.", "Send it first.";
    /// All have signed.
    already_signed = Conflict, "contract.already_signed", "All have signed.", "Amend the contract, or terminate it.";
    /// No such signer.
    no_signer = NotFound, "contract.no_signer", "The contract has no such signer.", "Look up its signers.";
    /// A link that does not work.
    link_invalid = Gone, "contract.link_invalid", "This link does not work any more.", "Ask for a new one.";
    /// Somebody else's signature.
    not_signer = Forbidden, "contract.not_signer", "You are not a signer of this contract.",
        "Customers sign behind their own link; for us, the user who is named signs.";
    /// Not yet their turn.
    not_your_turn = Conflict, "contract.not_your_turn", "Somebody else signs first.", "Wait until they have signed.";
    /// Another document was shown.
    hash_mismatch = Conflict, "contract.hash_mismatch", "This is not the document that was sent.",
        "Load the page again and read the contract as it is.";
    /// No consent.
    consent_missing = Unprocessable, "contract.consent_missing", "Signing electronically needs your consent.",
        "Say that you agree to sign electronically, or sign on paper.";
    /// Somebody else's name.
    name_differs = Unprocessable, "contract.name_differs", "This is not the name of the signer.",
        "Type the name as the contract has it, or ask for a contract in your name.";
    /// One amendment at a time.
    amendment_open = Conflict, "contract.amendment_open", "An amendment of this contract is open already.",
        "Go on with the open amendment: edit it, send it, have it signed, or discard it.";
    /// What it amends is over.
    origin_ended = Conflict, "contract.origin_ended", "The contract that this amends is not in force any more.",
        "Draft a new contract.";
    /// A scan waits already.
    scan_waits = Conflict, "contract.scan_waits", "Another scan waits for its confirmation.",
        "Let somebody confirm or reject it first.";
    /// No scan waits.
    no_scan = Conflict, "contract.no_scan", "No scan waits for a confirmation.", "Upload the signed paper first.";
    /// Four eyes.
    own_scan = Forbidden, "contract.own_scan", "Whoever brought the scan does not confirm it.", "Let somebody else look at it.";
    /// Four eyes.
    own_authority = Forbidden, "contract.own_authority", "Whoever sent the contract does not confirm who may sign it.",
        "Let somebody else confirm it.";
    /// Does not stand.
    not_in_force = Conflict, "contract.not_in_force", "The contract is not in force.",
        "Only a signed, active or expiring contract can be amended, renewed or terminated.";
    /// Ended for good.
    ended = Gone, "contract.ended", "The contract has ended.", "Draft a new one.";
    /// Too late for notice.
    notice_too_late = Unprocessable, "contract.notice_too_late", "The notice comes too late for that day.",
        "Name a later day, or give the ground: mutual or breach.";
    /// Only Kith itself.
    system_only = Forbidden, "contract.system_only", "Only Kith itself does this.", "Nothing: it happens by itself.";
}
