//! kith-testkit.
