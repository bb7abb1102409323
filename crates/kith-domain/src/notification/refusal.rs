//! Why the rules of notifications say no.

crate::refusal::refusals! {
    /// Sent twice under one id.
    exists = Conflict, "notification.exists", "There is such a notification already.", "Send a new one.";
    /// No such notification, or somebody else's.
    not_found = NotFound, "notification.not_found", "There is no such notification.", "Look it up in your own list.";
    /// A person wants to notify.
    system_only = Forbidden, "notification.system_only", "Only Kith itself notifies.", "Comment on the change instead.";
    /// Put off into the past, or for too long.
    snooze_range = Unprocessable, "notification.snooze_range", "A notification is put off until a time to come, a year at most.",
        "Choose a later time, or mark it as read.";
}
