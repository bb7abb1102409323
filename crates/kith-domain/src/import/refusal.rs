//! Why import says no.
