//! kith-ledger.
