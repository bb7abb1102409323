//! `kith hold`, `kith watch`: what stands in an account's way, and what an eye is kept on.

use clap::{Args, Subcommand};
use kith_api::request::{HoldPlace, StageMove, WatchSet};

use super::change;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Holds on accounts: why they stand, and what would release them
#[derive(Debug, Subcommand)]
pub enum Hold {
    /// List the holds on an account
    List {
        /// acc_… or account number
        account: String,
        /// As this legal entity sees it
        #[arg(long)]
        entity: Option<String>,
    },
    /// Put a hold on an account
    Place(Place),
    /// Release a hold
    Release {
        /// acc_… or account number
        account: String,
        /// hld_…
        hold: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
}

/// A hold.
#[derive(Debug, Args)]
pub struct Place {
    /// acc_… or account number
    account: String,
    /// credit, compliance, fraud, legal, dispute or manual
    #[arg(value_name = "TYPE")]
    kind: String,
    /// Why
    #[arg(long)]
    reason: String,
    /// Only for this legal entity [default: the whole account]
    #[arg(long)]
    entity: Option<String>,
    /// When it is looked at again, within 30 days [default: after 30 days]
    #[arg(long, value_name = "DATE|TIME")]
    review_at: Option<String>,
    /// What would release it, in a sentence [default: by its type]
    #[arg(long)]
    release_rule: Option<String>,
    /// What it stops: nothing, credit or all [default: by its type]
    #[arg(long)]
    blocks: Option<String>,
}

impl Hold {
    fn call(&self) -> Result<Call, Failure> {
        match self {
            Self::List { account, entity } => {
                Ok(Call::to("hold_list").place(account).with("entity", entity.as_ref()))
            }
            Self::Place(place) => Call::to("hold_place").place(&place.account).json(&HoldPlace {
                kind: place.kind.clone(),
                scope: None,
                entity: place.entity.clone(),
                reason: place.reason.clone(),
                review_at: place.review_at.clone(),
                release_rule: place.release_rule.clone(),
                blocks: place.blocks.clone(),
            }),
            Self::Release { account, hold, reason } => Call::to("hold_release")
                .place(account)
                .place(hold)
                .json(&StageMove { reason: reason.clone() }),
        }
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value| match self {
            Self::List { .. } => {
                let columns =
                    ["id", "type", "entity", "blocks", "reason", "release_rule", "set_at", "review_at"];
                render::page(&columns.map(Column::of), value)
            }
            // 202: it became a change that waits.
            _ if reply.status == 202 => change::draw(value),
            _ => pairs(value),
        })
    }
}

/// Accounts that an eye is kept on
#[derive(Debug, Subcommand)]
pub enum Watch {
    /// Keep an eye on an account
    Set {
        /// acc_… or account number
        account: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// When it ends by itself [default: after 90 days]
        #[arg(long, value_name = "DATE|TIME")]
        until: Option<String>,
    },
    /// Keep no eye on it any more
    Clear {
        /// acc_… or account number
        account: String,
        /// Why
        #[arg(long)]
        reason: Option<String>,
    },
}

impl Watch {
    fn call(&self) -> Result<Call, Failure> {
        match self {
            Self::Set { account, reason, until } => Call::to("watch_set")
                .place(account)
                .json(&WatchSet { reason: reason.clone(), expires_at: until.clone() }),
            Self::Clear { account, reason } => {
                Ok(Call::to("watch_clear").place(account).with("reason", reason.as_ref()))
            }
        }
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value| if reply.status == 202 { change::draw(value) } else { pairs(value) })
    }
}
