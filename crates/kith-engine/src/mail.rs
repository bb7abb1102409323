//! The outbox: what people outside are to be told is written in the transaction that makes it due, and sent afterwards by the
//! way that the installation names. Without one it waits.

mod letter;
mod queue;
mod send;
mod show;

pub(crate) use letter::{Pen, Sheet, invitation, language_of, reminder};
pub(crate) use queue::{Draft, queue};
pub use show::MailRequest;
