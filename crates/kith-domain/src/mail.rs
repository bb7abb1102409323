//! Mail: what a person outside is to be told, from the outbox until it is with a mail server, or given up.
//!
//! A mail is written in the transaction that makes it due and sent afterwards, again and again with growing pauses. What it
//! says is sealed under whom it is for. A link in it is sealed under the mail itself, whose key is destroyed once the mail is
//! out: nobody finds a link that works in the record.

mod command;
mod decide;
mod event;
pub mod refusal;
mod state;

pub use command::{Command, Letter, MailKind, SentBy};
pub use event::Event;
pub use state::{Mail, MailState};

/// Tries of one mail before it is given up (D§7.4).
pub const ATTEMPTS_MAX: u32 = 12;

/// Where the link stands in the text.
pub const LINK: &str = "{link}";

#[cfg(test)]
mod tests;
