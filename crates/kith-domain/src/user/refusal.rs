//! Why user says no.
