//! The state of a delivery.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, Told};
use crate::value::UserId;

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It waits to be told.
    #[default]
    Queued,
    /// A try failed; it is tried again.
    Failed,
    /// It arrived.
    Delivered,
    /// It reached nobody and is not tried any more.
    DeadLetter,
    /// Somebody did not want it to be told.
    Discarded,
}

impl DeliveryState {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::Queued, Self::Failed, Self::Delivered, Self::DeadLetter, Self::Discarded];

    /// The code on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Failed => "failed",
            Self::Delivered => "delivered",
            Self::DeadLetter => "dead_letter",
            Self::Discarded => "discarded",
        }
    }

    /// Whether it is still to be told.
    #[must_use]
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Queued | Self::Failed)
    }
}

/// Something that a webhook is told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delivery {
    /// What, to whom; none before it was queued.
    pub told: Option<Told>,
    /// Where it stands.
    pub state: DeliveryState,
    /// Tries that failed since it was queued, or queued again.
    pub attempts: u32,
    /// When it was queued first.
    pub queued_at: Option<Timestamp>,
    /// When it is tried next, while it is to be told.
    pub next_at: Option<Timestamp>,
    /// When it arrived.
    pub arrived_at: Option<Timestamp>,
    /// When it was tried last.
    pub tried_at: Option<Timestamp>,
    /// The status of the answer with which it arrived, or why the last try failed.
    pub code: Option<String>,
    /// What was answered then.
    pub answer: Option<String>,
    /// Who had it tried again, or discarded it.
    pub decided_by: Option<UserId>,
}

impl Delivery {
    /// The number of the next try.
    #[must_use]
    pub fn next_attempt(&self) -> u32 {
        self.attempts.saturating_add(1)
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Queued { told, at } => {
                self.told = Some((**told).clone());
                (self.queued_at, self.next_at) = (Some(*at), Some(*at));
            }
            Event::Arrived { status, at } => {
                self.state = DeliveryState::Delivered;
                (self.arrived_at, self.tried_at, self.next_at) = (Some(*at), Some(*at), None);
                (self.code, self.answer) = (Some(format!("http_{status}")), None);
            }
            Event::Failed { code, answer, next_at, at } => {
                self.failed(DeliveryState::Failed, (code, answer), *at);
                self.next_at = Some(*next_at);
            }
            Event::Died { code, answer, at } => {
                self.failed(DeliveryState::DeadLetter, (code, answer), *at);
                self.next_at = None;
            }
            Event::Requeued { by, at } => {
                self.state = DeliveryState::Queued;
                self.attempts = 0;
                (self.decided_by, self.next_at) = (Some(*by), Some(*at));
            }
            Event::Discarded { by, .. } => {
                self.state = DeliveryState::Discarded;
                (self.decided_by, self.next_at) = (*by, None);
            }
        }
    }

    fn failed(&mut self, state: DeliveryState, (code, answer): (&str, &str), at: Timestamp) {
        self.state = state;
        self.attempts = self.attempts.saturating_add(1);
        self.tried_at = Some(at);
        (self.code, self.answer) = (Some(code.to_owned()), Some(answer.to_owned()));
    }
}
