//! Why the gate says no.
