//! kith-connect.
