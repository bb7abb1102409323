//! Why the rules of mails say no.

crate::refusal::refusals! {
    /// Queued twice under one id.
    exists = Conflict, "mail.exists", "There is such a mail already.", "Queue a new one.";
    /// No such mail, or none that the reader may see.
    not_found = NotFound, "mail.not_found", "There is no such mail.", "Look it up in the outbox.";
    /// A person wants to write or to record a try.
    system_only = Forbidden, "mail.system_only", "Only Kith itself writes and sends mails.", "Send the contract or the access again.";
    /// It left.
    already_sent = Conflict, "mail.already_sent", "The mail was sent already.", "Send the contract or the access again: that makes a new mail.";
    /// Somebody said that it shall not leave.
    discarded = Conflict, "mail.discarded", "The mail was discarded.", "Send the contract or the access again: that makes a new mail.";
    /// Its link does not work any more, or it would come too late.
    over = Conflict, "mail.over", "The mail is over: its link does not work any more.", "Make a new link where it was made; that makes a new mail.";
}
