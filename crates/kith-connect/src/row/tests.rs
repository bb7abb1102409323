//! Rows that become drafts, and rows that do not.
