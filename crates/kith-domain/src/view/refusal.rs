//! Why the rules of saved views say no.

crate::refusal::refusals! {
    /// No such view, or not one that the actor sees.
    not_found = NotFound, "view.not_found", "There is no such view.", "Look it up in the list of views.";
    /// Fields at fault.
    invalid = Unprocessable, "view.invalid", "Some fields are at fault.", "Correct the fields that are named.";
    /// Somebody else's.
    not_own = Forbidden, "view.not_own", "This view is somebody else's.", "Save it under another name as your own.";
}
