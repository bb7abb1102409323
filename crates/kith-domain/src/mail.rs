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

/// Milliseconds that are waited at most before the try after this one: doubled each time, a quarter of an hour at most.
#[must_use]
pub fn wait_most_ms(attempt: u32) -> u64 {
    const BASE_MS: u64 = 2_000;
    const CAP_MS: u64 = 900_000;
    BASE_MS.saturating_mul(1 << attempt.min(20)).min(CAP_MS)
}

/// Where the link stands in the text.
pub const LINK: &str = "{link}";

#[cfg(test)]
mod tests;
