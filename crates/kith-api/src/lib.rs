//! kith-api.
