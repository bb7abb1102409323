//! The outbox: what people outside are to be told is written in the transaction that makes it due, and sent afterwards by the
//! way that the installation names. Without one it waits.

mod letter;
mod queue;
mod send;
mod show;

use std::sync::OnceLock;

use kith_connect::mail::Mailer;

use crate::engine::Engine;

pub(crate) use letter::{Sheet, activation, invitation, owed, reminder, welcome};
pub(crate) use queue::{Draft, queue};
pub use show::MailRequest;

/// What leaves this process: by which way.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    mailer: OnceLock<Mailer>,
}

impl Engine {
    /// Sends mail this way. Told before the first mail leaves.
    pub fn send_mail_by(&self, mailer: Mailer) {
        // Whoever comes second is told by the first one's.
        drop(self.core().outbox.mailer.set(mailer));
    }

    /// How mail leaves, if it does.
    pub(crate) fn mailer(&self) -> Option<Mailer> {
        self.core().outbox.mailer.get().cloned()
    }
}
