//! Who asks, when, and through which door: the only way that time comes into the rules.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::value::UserId;

/// What kind of actor asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A person, by session or by a token of their own.
    User,
    /// A program with a token of kind `api_client`. Never approves.
    ApiClient,
    /// An artificial agent. Never approves.
    Agent,
    /// Kith itself: a reaction, a job, the first start.
    System,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// What kind of actor.
    pub kind: ActorKind,
    /// The user who asks, or whose token it is; `None` for Kith itself.
    pub user: Option<UserId>,
}

impl Actor {
    /// Kith itself.
    #[must_use]
    pub fn system() -> Self {
        Self { kind: ActorKind::System, user: None }
    }
}

/// Through which door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The REST interface.
    Rest,
    /// A web page.
    Web,
    /// The command line on the machine that holds the data.
    Cli,
    /// An agent tool.
    Mcp,
    /// A file import.
    Import,
    /// Kith itself.
    System,
}

/// Who asks, when, through which door, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// The time at which it is decided.
    pub now: Timestamp,
    /// Who asks.
    pub actor: Actor,
    /// Through which door.
    pub channel: Channel,
    /// Binds together what one request caused.
    pub correlation: String,
    /// Why, in the actor's words.
    pub reason: Option<String>,
}
