//! Why the rules of contract templates say no.

crate::refusal::refusals! {
    /// No such template.
    not_found = NotFound, "contract_template.not_found", "There is no such contract template.",
        "Look it up in the list of contract templates.";
    /// Fields at fault.
    invalid = Unprocessable, "contract_template.invalid", "Some fields are at fault.", "Correct the fields that are named.";
}
