//! kith-query.
