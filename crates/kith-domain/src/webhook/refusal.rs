//! Why the rules of webhooks say no.

crate::refusal::refusals! {
    /// Created twice under one id.
    exists = Conflict, "webhook.exists", "There is such a webhook already.", "Update it.";
    /// No such webhook.
    not_found = NotFound, "webhook.not_found", "There is no such webhook.", "Look it up in the list of webhooks.";
    /// Members that cannot be used.
    invalid = Unprocessable, "webhook.invalid", "The webhook cannot be used so.", "Mend the fields that are named.";
}
