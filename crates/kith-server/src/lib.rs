//! kith-server.
