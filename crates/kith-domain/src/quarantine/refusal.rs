//! Why quarantine says no.
