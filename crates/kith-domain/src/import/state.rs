//! The state of an import.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Counts, Event, Staged, Undone};
use crate::context::Actor;

/// Where an import stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Read and reported; nothing is executed.
    #[default]
    Validated,
    /// Its review waits as a change. Shown, not stored: the change knows.
    Waiting,
    /// Being executed.
    Running,
    /// All rows are done.
    Finished,
    /// It could not go on.
    Failed,
    /// Being undone.
    Reverting,
    /// Undone.
    Reverted,
}

impl ImportState {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Validated => "validated",
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Finished => "finished",
            Self::Failed => "failed",
            Self::Reverting => "reverting",
            Self::Reverted => "reverted",
        }
    }
}

/// An import of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Import {
    /// The file, how it is imported, and what validation said.
    pub staged: Staged,
    /// Where it stands.
    pub state: ImportState,
    /// Who brought it.
    pub staged_by: Option<Actor>,
    /// When; `None` before that.
    pub staged_at: Option<Timestamp>,
    /// When its execution began.
    pub started_at: Option<Timestamp>,
    /// When it ended, well or not.
    pub ended_at: Option<Timestamp>,
    /// Rows done, from the first.
    pub rows_done: u64,
    /// What came of them.
    pub counts: Counts,
    /// Why it could not go on.
    pub failure: Option<String>,
    /// Rows of the file before what is undone.
    pub rows_left: u64,
    /// What came of undoing.
    pub undone: Undone,
}

impl Import {
    /// Whether a file was staged.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.staged_at.is_some()
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Staged { staged, by, at } => {
                self.staged.clone_from(staged);
                self.staged_by = Some(by.clone());
                self.staged_at = Some(*at);
            }
            Event::Started { at } => {
                self.state = ImportState::Running;
                self.started_at = Some(*at);
                self.ended_at = None;
                self.failure = None;
            }
            Event::Progressed { rows_done, counts } => {
                self.rows_done = *rows_done;
                self.counts = *counts;
            }
            Event::Finished { at } => {
                self.state = ImportState::Finished;
                self.ended_at = Some(*at);
            }
            Event::Failed { at, reason } => {
                self.state = ImportState::Failed;
                self.ended_at = Some(*at);
                self.failure = Some(reason.clone());
            }
            Event::RevertStarted { .. } => {
                self.state = ImportState::Reverting;
                self.rows_left = self.rows_done;
            }
            Event::RevertProgressed { rows_left, undone } => {
                self.rows_left = *rows_left;
                self.undone = *undone;
            }
            Event::Reverted { at } => {
                self.state = ImportState::Reverted;
                self.ended_at = Some(*at);
            }
        }
    }
}
