//! The state of a task.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Event;
use crate::account::words;
use crate::context::Actor;
use crate::value::{AccountId, Personal, TaskId, UserId};

words! {
    /// Where a task stands.
    TaskState {
        /// To be done.
        Open = "open",
        /// Done.
        Done = "done",
        /// Not needed any more.
        Cancelled = "cancelled",
    } default Open
}

/// What somebody must do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Task {
    /// Which task.
    pub id: TaskId,
    /// About which account.
    pub account: Option<AccountId>,
    /// What kind of work.
    pub kind: String,
    /// What is to be done.
    pub title: Personal<String>,
    /// By which day.
    pub due: Option<Date>,
    /// Who does it.
    pub assignee: Option<UserId>,
    /// What it comes from.
    pub cause: Option<String>,
    /// Where it stands.
    pub state: TaskState,
    /// When it was opened; `None` before that.
    pub opened_at: Option<Timestamp>,
    /// Who closed it.
    pub closed_by: Option<Actor>,
    /// When.
    pub closed_at: Option<Timestamp>,
}

impl Task {
    /// Whether it was opened.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.opened_at.is_some()
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Opened { id, account, kind, title, due, assignee, cause, at, .. } => {
                *self = Self {
                    id: *id,
                    account: *account,
                    kind: kind.clone(),
                    title: title.clone(),
                    due: *due,
                    assignee: *assignee,
                    cause: cause.clone(),
                    opened_at: Some(*at),
                    ..Self::default()
                };
            }
            Event::Done { by, at } => self.close(TaskState::Done, by, *at),
            Event::Cancelled { by, at } => self.close(TaskState::Cancelled, by, *at),
        }
    }

    fn close(&mut self, state: TaskState, by: &Actor, at: Timestamp) {
        self.state = state;
        self.closed_by = Some(by.clone());
        self.closed_at = Some(at);
    }
}
