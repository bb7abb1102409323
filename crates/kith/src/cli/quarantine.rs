//! `kith quarantine`: touchpoints that wait for a person or for their account.

use clap::Subcommand;
use kith_api::request::DiscardReason;

use super::input::PageArgs;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Touchpoints that wait for a person or for their account
#[derive(Debug, Subcommand)]
pub enum Quarantine {
    /// List what waits, newest first
    List {
        /// waiting, replayed, accepted or discarded [default: waiting]
        #[arg(long)]
        state: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Try it again
    Replay {
        /// qua_…
        item: String,
    },
    /// Take the other content of a conflict, as a correction on record
    Accept {
        /// qua_…
        item: String,
    },
    /// Discard it; it stays on record with the reason
    Discard {
        /// qua_…
        item: String,
        /// Why it is not wanted
        #[arg(long)]
        reason: String,
    },
}

impl Quarantine {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::List { state, page } => page.on(Call::to("quarantine_list").with("state", state.as_ref())),
            Self::Replay { item } => Call::to("quarantine_replay").place(item),
            Self::Accept { item } => Call::to("quarantine_accept").place(item),
            Self::Discard { item, reason } => {
                Call::to("quarantine_discard").place(item).json(&DiscardReason { reason: reason.clone() })?
            }
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value| match self {
            Self::List { .. } => render::page(
                &["id", "state", "code", "pointer", "subject", "source", "external_id", "received_at"]
                    .map(Column::of),
                value,
            ),
            _ => pairs(value),
        })
    }
}
