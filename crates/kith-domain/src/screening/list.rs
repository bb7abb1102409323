//! A list in force, with the snapshots that were loaded. STORED FORMAT: events gain variants and members, never change.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::refusal;
use crate::approval::Operation;
use crate::context::{Actor, Context};
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};

/// Snapshots that are remembered.
const HISTORY_MAX: usize = 100;

/// Of a hundred entries in force, so many have to be there again: a file that was cut in half where one entry ends looks whole.
const LEFT_MIN: u64 = 55;

/// A file of a snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListFile {
    /// Its name, as sent.
    pub name: String,
    /// Its format, in words.
    pub format: String,
    /// SHA-256 of its content, by which it is kept.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// What was loaded at one time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Digest over its files: the same content has the same id.
    pub id: String,
    /// Its files.
    pub files: Vec<ListFile>,
    /// How many entries it has.
    pub entries: u64,
    /// When it was loaded.
    #[serde(default)]
    pub loaded_at: Timestamp,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Put a snapshot in force.
    Load {
        /// The list's name.
        name: String,
        /// The snapshot.
        snapshot: Box<Snapshot>,
        /// Somebody says that the list is meant to have so few entries.
        #[serde(default)]
        smaller: bool,
    },
    /// Take the list out of force.
    Retire,
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Load { .. } | Self::Retire => Operation::ScreeningListLoad,
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A snapshot is in force.
    Loaded {
        /// The list's name.
        name: String,
        /// The snapshot.
        snapshot: Box<Snapshot>,
        /// Who loaded it.
        by: Actor,
    },
    /// The list is in force no more.
    Retired {
        /// When.
        at: Timestamp,
    },
}

/// A list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScreeningList {
    /// Its name.
    pub name: String,
    /// Snapshots, the one in force last.
    pub snapshots: Vec<Snapshot>,
    /// When it was taken out of force.
    pub retired_at: Option<Timestamp>,
}

impl ScreeningList {
    /// The snapshot in force.
    #[must_use]
    pub fn in_force(&self) -> Option<&Snapshot> {
        self.snapshots.last().filter(|_| self.retired_at.is_none())
    }
}

impl Decider for ScreeningList {
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(&self, context: &Context, (): &(), command: &Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Load { name, snapshot, smaller } => {
                if !is_name(name) {
                    let message = "expected 1 to 40 letters, digits, _ or -";
                    return Err(refusal::list_invalid().with_fields(vec![FieldFault::new(
                        "/name",
                        "name_invalid",
                        message,
                    )]));
                }
                if self.in_force().is_some_and(|held| held.id == snapshot.id) {
                    return Ok(vec![]);
                }
                if let Some(held) = self.in_force().filter(|_| !smaller)
                    && snapshot.entries.saturating_mul(100) < held.entries.saturating_mul(LEFT_MIN)
                {
                    return Err(refusal::list_shrunk_to(snapshot.entries, held.entries));
                }
                let mut snapshot = snapshot.clone();
                snapshot.loaded_at = context.now;
                Ok(vec![Event::Loaded { name: name.clone(), snapshot, by: context.actor.clone() }])
            }
            Command::Retire if self.snapshots.is_empty() => Err(refusal::list_not_found()),
            Command::Retire if self.retired_at.is_some() => Ok(vec![]),
            Command::Retire => Ok(vec![Event::Retired { at: context.now }]),
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Loaded { name, snapshot, .. } => {
                self.name.clone_from(name);
                self.snapshots.push((**snapshot).clone());
                if self.snapshots.len() > HISTORY_MAX {
                    self.snapshots.remove(0);
                }
                self.retired_at = None;
            }
            Event::Retired { at } => self.retired_at = Some(*at),
        }
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Loaded { .. } => "screening_list.loaded.v1",
            Event::Retired { .. } => "screening_list.retired.v1",
        }
    }
}

/// Whether a list may have this name.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    (1..=40).contains(&name.len()) && name.bytes().all(allowed)
}
