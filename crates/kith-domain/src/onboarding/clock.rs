//! The clock of a case: how long it took, and how long without the time in which the customer was waited for (D§2.5).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A time in which the customer was waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// From when.
    pub from: Timestamp,
    /// Until when; still now when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// When a case began and ended, and its pauses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Clock {
    /// When the application was submitted: here the clock starts.
    pub submitted_at: Option<Timestamp>,
    /// When it was found complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complete_at: Option<Timestamp>,
    /// When the case ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// When the customer was waited for; one after another.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
}

impl Clock {
    /// Whether it stands still.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.pauses.last().is_some_and(|pause| pause.until.is_none())
    }

    /// Lets it stand still or go on.
    pub(super) fn turn(&mut self, waits: bool, at: Timestamp) {
        match (waits, self.pauses.last_mut().filter(|pause| pause.until.is_none())) {
            (true, None) => self.pauses.push(Pause { from: at, until: None }),
            (false, Some(pause)) => pause.until = Some(at),
            (true, Some(_)) | (false, None) => {}
        }
    }

    /// Lets it stop.
    pub(super) fn stop(&mut self, at: Timestamp) {
        self.turn(false, at);
        self.ended_at = Some(at);
    }

    /// Seconds since the application, until the end or now.
    #[must_use]
    pub fn gross_seconds(&self, now: Timestamp) -> i64 {
        let Some(start) = self.submitted_at else { return 0 };
        self.end(now).as_second().saturating_sub(start.as_second()).max(0)
    }

    /// The same without the time in which the customer was waited for.
    #[must_use]
    pub fn net_seconds(&self, now: Timestamp) -> i64 {
        let end = self.end(now);
        let length = |pause: &Pause| {
            let until = pause.until.unwrap_or(end).min(end);
            until.as_second().saturating_sub(pause.from.as_second()).max(0)
        };
        let paused: i64 = self.pauses.iter().map(length).sum();
        self.gross_seconds(now).saturating_sub(paused).max(0)
    }

    /// Seconds after a moment in which the customer was waited for, without a wait that goes on.
    pub(super) fn paused_seconds_since(&self, from: Timestamp) -> i64 {
        let length = |pause: &Pause| {
            let until = pause.until.unwrap_or(pause.from);
            until.as_second().saturating_sub(pause.from.max(from).as_second()).max(0)
        };
        self.pauses.iter().map(length).sum()
    }

    fn end(&self, now: Timestamp) -> Timestamp {
        self.ended_at.unwrap_or(now)
    }
}
