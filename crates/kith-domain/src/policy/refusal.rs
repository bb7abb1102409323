//! Why the rules of the policy say no.

crate::refusal::refusals! {
    /// Rows at fault.
    invalid = Unprocessable, "policy.invalid", "Some rows of the policy are at fault.", "Correct the places that are named.";
}
