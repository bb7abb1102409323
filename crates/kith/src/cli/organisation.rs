//! `kith organisation`: what the company is called, and its time zone.

use clap::Subcommand;
use kith_api::request::OrganisationPatch;

use super::entity;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::screen::Screen;

/// The organisation
#[derive(Debug, Subcommand)]
pub enum Organisation {
    /// Show it and its entities
    Show,
    /// Change what it is called, or its zone
    Change {
        /// Another name
        #[arg(long)]
        name: Option<String>,
        /// Another IANA time zone
        #[arg(long)]
        timezone: Option<String>,
    },
}

impl Organisation {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let call = match self {
            Self::Show => Call::to("organisation_get"),
            Self::Change { name, timezone } => Call::to("organisation_change")
                .json(&OrganisationPatch { name: name.clone(), timezone: timezone.clone() })?,
        };
        screen.show(&door.call(call).await?, entity::organisation)
    }
}
