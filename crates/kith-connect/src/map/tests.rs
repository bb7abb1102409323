//! Which header means what.
