//! Contract templates: a text with typed fields, by code and version, from which contracts are drafted (D§1.8).
//!
//! One is built in: `standard`, a short framework agreement, until somebody saves another one under that code.

mod command;
mod decide;
mod draft;
mod event;
mod field;
mod placeholder;
pub mod refusal;
mod standard;
mod state;

pub use command::Command;
pub use decide::Facts;
pub use draft::{FieldDraft, TemplateDraft};
pub use event::Event;
pub use field::{FieldKind, FieldSpec, read_value};
pub use placeholder::{BUILT_IN, Part, parts};
pub use state::{ContractTemplate, Renewal, STANDARD};

#[cfg(test)]
mod tests;
