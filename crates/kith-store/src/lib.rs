//! kith-store.
