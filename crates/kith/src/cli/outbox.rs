//! `kith outbox`: mails to people outside.

use clap::Subcommand;
use serde_json::Value;

use super::input::PageArgs;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{Column, page, pairs};
use crate::screen::Screen;

/// Mails to people outside: invitations to sign, links to the portal, reminders
#[derive(Debug, Subcommand)]
pub enum Outbox {
    /// List mails, newest first
    List {
        /// queued, failed, sent, `given_up` or discarded
        #[arg(long)]
        state: Option<String>,
        /// About one account: acc_… or account number
        #[arg(long)]
        account: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Show a mail; a link in it is never shown
    Show {
        /// mail_…
        mail: String,
    },
    /// Try a mail again now
    Retry {
        /// mail_…
        mail: String,
    },
    /// Discard a mail: it is not sent
    Discard {
        /// mail_…
        mail: String,
    },
    /// Show how mail leaves, and how much waits
    Status,
}

impl Outbox {
    fn call(&self) -> Call {
        match self {
            Self::List { state, account, page } => {
                page.on(Call::to("mail_list").with("state", state.as_ref()).with("account", account.as_ref()))
            }
            Self::Show { mail } => Call::to("mail_get").place(mail),
            Self::Retry { mail } => Call::to("mail_retry").place(mail),
            Self::Discard { mail } => Call::to("mail_discard").place(mail),
            Self::Status => Call::to("mail_status"),
        }
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()).await?;
        screen.show(&reply, |value| match self {
            Self::List { .. } => list(value),
            _ => pairs(value),
        })
    }
}

fn list(reply: &Value) -> String {
    let columns = ["id", "kind", "account_name", "to", "state", "attempts", "queued_at", "next_at", "code"];
    page(&columns.map(Column::of), reply)
}
