//! Why the rules of feeds say no.

crate::refusal::refusals! {
    /// No such feed.
    not_found = NotFound, "feed.not_found", "There is no such feed.", "Look it up in the list of feeds.";
    /// Another feed has the name.
    name_taken = Conflict, "feed.name_taken", "Another feed has this name.", "Save over that feed, or take another name.";
    /// Fields at fault.
    invalid = Unprocessable, "feed.invalid", "Some fields are at fault.", "Correct the fields that are named.";
}
