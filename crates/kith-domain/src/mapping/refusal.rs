//! Why the rules of saved mappings say no.

crate::refusal::refusals! {
    /// No such mapping.
    not_found = NotFound, "mapping.not_found", "There is no such mapping.", "Look it up in the list of mappings.";
    /// Fields at fault.
    invalid = Unprocessable, "mapping.invalid", "Some fields are at fault.", "Correct the fields that are named.";
}
