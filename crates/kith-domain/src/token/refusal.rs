//! Why token says no.
