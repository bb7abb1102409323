//! What files are read, and which are refused with their row.
