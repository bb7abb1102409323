//! Why the rules of deliveries say no.

crate::refusal::refusals! {
    /// Queued twice under one id.
    exists = Conflict, "delivery.exists", "There is such a delivery already.", "Queue a new one.";
    /// No such delivery.
    not_found = NotFound, "delivery.not_found", "There is no such delivery.", "Look it up in the list of deliveries.";
    /// A person wants to tell something, or to record a try.
    system_only = Forbidden, "delivery.system_only", "Only Kith itself tells webhooks.", "Send a test.";
    /// It arrived.
    arrived = Conflict, "delivery.arrived", "It arrived already.", "There is nothing to do.";
    /// Somebody said that it shall not be told.
    discarded = Conflict, "delivery.discarded", "It was discarded.", "What happens next is told again.";
}
