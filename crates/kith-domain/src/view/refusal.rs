//! Why view says no.
