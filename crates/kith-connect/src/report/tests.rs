//! What a report counts, and the file of rows to mend.
