//! Why the rules of price lists say no.

crate::refusal::refusals! {
    /// Created twice.
    exists = Conflict, "price_list.exists", "There is a list with this code already.", "Update it, or choose another code.";
    /// No such list.
    not_found = NotFound, "price_list.not_found", "There is no such price list.", "Look it up among the price lists.";
    /// Fields at fault.
    invalid = Unprocessable, "price_list.invalid", "Some fields are at fault.", "Correct the fields that are named.";
    /// Another list is the standard.
    standard_taken = Conflict, "price_list.standard_taken", "Another price list is the standard one.",
        "Set is_standard to false on the other first.";
    /// Rows meet.
    overlap = Conflict, "pricing_overlap", "Rows would price the same quantity on the same day with the same rank.",
        "End one of them before the other begins, change quantities or priority, or send supersede: true.";
}
