//! Documents of an account: what kind, from when to when, who verified it. The file itself is kept by the engine.
//!
//! received → scanned → verified | rejected → expired; deleted unless it is held (D§1.9).

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, Received};
pub use decide::Facts;
pub use event::Event;
pub use state::{Decision, Document, DocumentKind, DocumentStatus, RetentionClass, SIZE_MAX};

#[cfg(test)]
mod tests;
