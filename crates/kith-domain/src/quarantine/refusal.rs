//! Why the rules of the quarantine say no.

crate::refusal::refusals! {
    /// Put here twice.
    exists = Conflict, "quarantine.exists", "There is such an item already.", "Decide on the one that is there.";
    /// No such item.
    not_found = NotFound, "quarantine.not_found", "There is no such item.", "Look it up in the quarantine.";
    /// Decided before, otherwise.
    already_decided = Conflict, "quarantine.already_decided", "Somebody has decided on this item already.",
        "Nothing more is needed.";
    /// Not a conflict.
    no_conflict = Conflict, "quarantine.no_conflict", "Nothing stands against this item, so there is nothing to take it instead of.",
        "Replay it, or discard it.";
    /// A conflict.
    conflict = Conflict, "quarantine.conflict", "Another touchpoint with the same source and id stands.",
        "Accept this one instead of it, or discard it.";
    /// No reason given.
    reason_required = Unprocessable, "quarantine.reason_required", "Discarding and repairing need a reason.", "Say why.";
    /// The repaired event is another one.
    other_event = Unprocessable, "quarantine.other_event", "A repaired event is an object with the source and the id that it came with.",
        "Leave source and id as they are, or discard the item and send a new event.";
    /// Fields at fault.
    invalid = Unprocessable, "quarantine.invalid", "An item needs a code that says why it waits.", "Give one.";
}
