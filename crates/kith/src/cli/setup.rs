//! `kith setup`: the first days of an organisation.

use clap::Subcommand;

use super::entity;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::screen::Screen;

/// The first days of an organisation
#[derive(Debug, Subcommand)]
pub enum Setup {
    /// Close the set-up: from now on granting an approving role is itself a change to approve
    Close,
}

impl Setup {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let Self::Close = self;
        let reply = door.call(Call::to("setup_close")).await?;
        screen.show(&reply, entity::organisation)
    }
}
