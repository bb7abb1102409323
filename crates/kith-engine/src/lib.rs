//! kith-engine.
