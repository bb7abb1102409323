//! The store from outside: the same bodies on SQLite and, where `KITH_TEST_POSTGRES` names a server, on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test may break off")]

mod backup;
mod document;
mod durable;
mod group;
mod idempotency;
mod job;
mod ledger;
mod open;
mod personal;
mod place;
mod proof;
mod race;
mod touchpoint;
