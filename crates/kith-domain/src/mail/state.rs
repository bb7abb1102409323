//! The state of a mail.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, Letter, SentBy};
use crate::value::{Personal, UserId};

/// Where a mail stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// It waits to be sent.
    #[default]
    Queued,
    /// A try failed; it is tried again.
    Failed,
    /// It left.
    Sent,
    /// It is not tried any more.
    GivenUp,
    /// Somebody did not want it to be sent.
    Discarded,
}

impl MailState {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Queued, Self::Failed, Self::Sent, Self::GivenUp, Self::Discarded];

    /// The code on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Failed => "failed",
            Self::Sent => "sent",
            Self::GivenUp => "given_up",
            Self::Discarded => "discarded",
        }
    }

    /// Whether it is still to be sent.
    #[must_use]
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Queued | Self::Failed)
    }
}

/// A mail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mail {
    /// What is written; none before it was queued.
    pub letter: Option<Letter>,
    /// Where it stands.
    pub state: MailState,
    /// Tries that failed since it was queued, or queued again.
    pub attempts: u32,
    /// When it was queued first.
    pub queued_at: Option<Timestamp>,
    /// When it is tried next, while it is to be sent.
    pub next_at: Option<Timestamp>,
    /// When it left.
    pub sent_at: Option<Timestamp>,
    /// How it left.
    pub sent_by: Option<SentBy>,
    /// Why the last try failed, in one word.
    pub code: Option<String>,
    /// What was answered then.
    pub answer: Option<Personal<String>>,
    /// Who had it tried again, or discarded it.
    pub decided_by: Option<UserId>,
}

impl Mail {
    /// Whether it is not worth sending any more at an instant.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        let until = self.letter.as_ref().and_then(|letter| letter.until);
        until.is_some_and(|until| until <= now)
    }

    /// The number of the next try.
    #[must_use]
    pub fn next_attempt(&self) -> u32 {
        self.attempts.saturating_add(1)
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Queued { letter, at } => {
                self.letter = Some((**letter).clone());
                self.queued_at = Some(*at);
                self.next_at = Some(*at);
            }
            Event::Sent { by, at } => {
                self.state = MailState::Sent;
                (self.sent_at, self.sent_by, self.next_at) = (Some(*at), Some(*by), None);
            }
            Event::Failed { code, answer, next_at, .. } => {
                self.state = MailState::Failed;
                self.attempts = self.attempts.saturating_add(1);
                self.next_at = Some(*next_at);
                (self.code, self.answer) = (Some(code.clone()), Some(answer.clone()));
            }
            Event::GivenUp { code, answer, .. } => {
                self.state = MailState::GivenUp;
                self.attempts = self.attempts.saturating_add(1);
                self.next_at = None;
                (self.code, self.answer) = (Some(code.clone()), Some(answer.clone()));
            }
            Event::Requeued { by, at } => {
                self.state = MailState::Queued;
                self.attempts = 0;
                (self.decided_by, self.next_at) = (Some(*by), Some(*at));
            }
            Event::Discarded { by, .. } => {
                self.state = MailState::Discarded;
                (self.decided_by, self.next_at) = (*by, None);
            }
        }
    }
}
