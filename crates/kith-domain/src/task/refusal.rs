//! Why the rules of tasks say no.

crate::refusal::refusals! {
    /// Opened twice under one id.
    exists = Conflict, "task.exists", "There is such a task already.", "Open a new one.";
    /// No such task.
    not_found = NotFound, "task.not_found", "There is no such task.", "Look it up in the list of tasks.";
    /// Done tasks are not cancelled, and the other way round.
    closed = Conflict, "task.closed", "The task was closed before.", "Open a new one if there is something left to do.";
    /// Fields at fault.
    invalid = Unprocessable, "task.invalid", "Some fields are at fault.", "Correct the fields that are named.";
}
