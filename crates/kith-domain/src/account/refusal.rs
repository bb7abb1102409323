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
    /// The limit is another one than it was computed for.
    limit_moved = Conflict, "account.limit_moved", "The credit limit is another one than the proposal was made for.",
        "Ask for a new proposal.";
    /// A review on a day to come.
    review_in_future = Unprocessable, "account.review_in_future", "A review that has not taken place yet cannot be recorded.",
        "Give the day on which it took place.";
    /// The next review lies before this one, or too far away.
    review_next_invalid = Unprocessable, "account.review_next_invalid", "The next review takes place after this one, within 730 days.",
        "Give a later day, or none: then the cadence says when.";
    /// The account was deleted.
    deleted = Gone, "account.deleted", "The account was deleted.", "Nothing: deleting is final.";
    /// The account is not a customer at the moment.
    inactive = Conflict, "account.inactive", "The account is inactive: its history can be read, but not edited.",
        "Reactivate it first.";
    /// The account is closed.
    closed = Conflict, "account.closed", "The account is closed: its history can be read, but not edited.",
        "Reopen and reactivate it first.";
    /// The account is part of another one now.
    merged = Conflict, "account.merged", "The account was merged into another one.", "Ask it of that account, or unmerge first.";
    /// No reason, or one that cannot be kept.
    reason_invalid = Unprocessable, "account.reason_invalid", "The reason is empty, too long, or holds control characters.",
        "Give a reason of 1 to 2000 bytes of plain text.";
    /// From where it stands it does not go there.
    stage_not_allowed = Conflict, "account.stage_not_allowed", "The account does not stand where this begins.",
        "Move it there first.";
    /// Reactivated while it is active.
    already_active = Conflict, "account.already_active", "The account is active: there is nothing to reactivate.",
        "Only an inactive account is reactivated; a hold on it is released by itself.";
    /// Something stands in the way of a move.
    not_yet = Conflict, "account.not_yet", "Something stands in the way.", "See what stands in the way of each move.";
    /// Orders or invoices are open.
    open_business = Conflict, "account.open_business", "The account has open business.",
        "Finish the open orders and collect what is open.";
    /// Something stands in the way of deleting.
    not_deletable = Conflict, "account.not_deletable", "The account cannot be deleted.",
        "Deactivate it instead: it leaves the lists and its history stays.";
    /// Merged with itself.
    merge_itself = Unprocessable, "account.merge_itself", "An account cannot be merged into itself.",
        "Name two different accounts.";
    /// The account to merge is not there.
    loser_not_found = Unprocessable, "account.loser_not_found", "There is no account of that name to merge.",
        "Look it up in the list of accounts.";
    /// The account to merge is part of another one already.
    loser_merged = Conflict, "account.loser_merged", "That account is merged into another one already.",
        "Unmerge it there first.";
    /// Two companies.
    tax_ids_differ = Conflict, "account.tax_ids_differ",
        "Both accounts have a verified tax number of the same country, and the numbers differ: these are two companies.",
        "Correct the number that is wrong first, or relate the two instead.";
    /// A merge that would bend a hierarchy into itself.
    merge_cycle = Conflict, "account.merge_cycle",
        "One account stands above the other in a hierarchy, with accounts in between.",
        "Give the accounts in between another parent first.";
    /// Picks of fields that cannot be picked.
    picks_invalid = Unprocessable, "account.picks_invalid", "Some picks name no field of a merge.",
        "Pick among the fields of the preview.";
    /// Not merged into this one.
    not_merged = Conflict, "account.not_merged", "That account is not merged into this one.",
        "Look at the accounts that are merged into it.";
    /// Too long ago.
    unmerge_too_late = Conflict, "account.unmerge_too_late", "The merge is more than 180 days old.",
        "Nothing: create the other account anew.";
    /// A key that the loser had is another's now.
    key_taken_since = Conflict, "account.key_taken_since", "A number that the merged account had is another account's now.",
        "Take the number from the other account first.";
    /// A parent that is not there.
    parent_unknown = Unprocessable, "account.parent_unknown", "There is no account of that name to be the parent.",
        "Look it up in the list of accounts.";
    /// A hierarchy that would bend into itself.
    parent_cycle = Conflict, "account.parent_cycle", "The account would become its own ancestor.",
        "Give the accounts in between another parent first.";
    /// Too many levels.
    parent_too_deep = Conflict, "account.parent_too_deep", "The hierarchy would have more than 20 levels.",
        "Give it a parent nearer to the root.";
    /// Fields of a relationship at fault.
    relationship_invalid = Unprocessable, "account.relationship_invalid", "Some fields of the relationship are at fault.",
        "Correct the fields that are named.";
    /// There already.
    relationship_exists = Conflict, "account.relationship_exists", "There is such a relationship in that time already.",
        "Change or end the one that is there.";
    /// Another one.
    relationship_fixed = Conflict, "account.relationship_fixed", "Whom a relationship is to, and its type, never change.",
        "End it and add another one.";
    /// Not there.
    relationship_not_found = NotFound, "account.relationship_not_found", "There is no such relationship.",
        "Look at the relationships of the account.";
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
    /// Fields of a hold at fault.
    hold_invalid = Unprocessable, "account.hold_invalid", "Some fields of the hold are at fault.",
        "Correct the fields that are named.";
    /// No such hold.
    hold_not_found = NotFound, "account.hold_not_found", "There is no such hold on the account, or it was released.",
        "Look at the holds of the account.";
    /// The end of a watch is at fault.
    watch_invalid = Unprocessable, "account.watch_invalid", "The end of the watch is at fault.",
        "Give a time to come, or none.";
}
