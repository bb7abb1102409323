//! Why the organisation's rules say no.

crate::refusal::refusals! {
    /// Founded twice.
    exists = Conflict, "organisation.exists", "There is an organisation here already.",
        "Use another data directory for another organisation.";
    /// Asked before it is founded.
    not_founded = NotFound, "organisation.not_founded", "There is no organisation here yet.",
        "Found it first: kith init.";
    /// Fields at fault.
    invalid = Unprocessable, "organisation.invalid", "Some fields are at fault.", "Correct the fields that are named.";
    /// The code of an entity is taken.
    entity_taken = Conflict, "organisation.entity_taken", "Another legal entity has this code.", "Choose another code.";
    /// A business day before the one that is open.
    day_back = Conflict, "organisation.day_back", "A later business day is open already; days never go back.",
        "Open a later day.";
}
