//! What happened to a task. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::context::Actor;
use crate::value::{AccountId, Personal, TaskId, UserId};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was opened.
    Opened {
        /// The id.
        id: TaskId,
        /// About which account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<AccountId>,
        /// What kind of work.
        kind: String,
        /// What is to be done.
        title: Personal<String>,
        /// By which day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Date>,
        /// Who does it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assignee: Option<UserId>,
        /// What it comes from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cause: Option<String>,
        /// Who opened it.
        by: Actor,
        /// When.
        at: Timestamp,
    },
    /// It is done.
    Done {
        /// Who did it.
        by: Actor,
        /// When.
        at: Timestamp,
    },
    /// It need not be done any more.
    Cancelled {
        /// Who says so.
        by: Actor,
        /// When.
        at: Timestamp,
    },
}
