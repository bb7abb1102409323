//! Why the rules of imports say no.

crate::refusal::refusals! {
    /// Another file under this id.
    exists = Conflict, "import.exists", "There is such an import already.", "Stage the file as a new import.";
    /// No such import.
    not_found = NotFound, "import.not_found", "There is no such import.", "Look it up in the list of imports.";
    /// Fields at fault.
    invalid = Unprocessable, "import.invalid", "Some fields are at fault.", "Correct the fields that are named.";
    /// Only to be validated.
    validate_only = Conflict, "import.validate_only", "This file was staged to be validated only.",
        "Stage it again without validate_only.";
    /// Errors, and the first one ends it.
    has_errors = Conflict, "import.has_errors", "Rows have errors, and the import is to stop at the first error.",
        "Correct the rows that the report names, or stage the file without stop_on_error.";
    /// Not running.
    not_running = Conflict, "import.not_running", "The import is not running.", "Start it first.";
    /// Executed before.
    already_executed = Conflict, "import.already_executed", "The import was executed already.",
        "Stage the file as a new import.";
    /// Rows are counted backwards, or beyond the file.
    progress_invalid = Unprocessable, "import.progress_invalid", "Rows done never go back and never go beyond the file, and every row done is counted once.",
        "Count again.";
    /// Rows are left.
    not_done = Conflict, "import.not_done", "Not all rows are done.", "Execute the rest first.";
    /// Nothing to undo.
    not_finished = Conflict, "import.not_finished", "Only an import that has ended can be reverted.",
        "Wait for its end.";
    /// Ended too long ago.
    too_old = Conflict, "import.too_old", "An import can be reverted for 30 days after its end.",
        "Correct the accounts one by one, or import a file with the values as they should be.";
    /// Not being undone.
    not_reverting = Conflict, "import.not_reverting", "The import is not being reverted.", "Ask for its reversal first.";
}
