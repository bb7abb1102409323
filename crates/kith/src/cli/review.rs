//! `kith review`: the reviews that are due.

use clap::Subcommand;

use super::input::PageArgs;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column};
use crate::screen::Screen;

/// Reviews of accounts
#[derive(Debug, Subcommand)]
pub enum Review {
    /// List the accounts whose review is due, the longest overdue first
    List {
        /// overdue, or within how many days
        #[arg(long, default_value = "overdue")]
        due: String,
        /// Only accounts of this account manager, usr_… or me
        #[arg(long)]
        manager: Option<String>,
        /// Only accounts of this team
        #[arg(long)]
        team: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
}

impl Review {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let Self::List { due, manager, team, page } = self;
        let call = Call::to("review_list").with("due", Some(due)).with("manager", manager.as_ref());
        let call = page.on(call.with("team", team.as_ref()));
        let columns = ["account_number", "name", "account_manager_name", "last_review_on", "next_review_on"]
            .map(Column::of);
        screen.show(&door.call(call).await?, |value| render::page(&columns, value))
    }
}
