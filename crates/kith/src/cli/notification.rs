//! `kith notification`: what you should know.

use clap::Subcommand;

use super::input::PageArgs;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Notifications: what you should know
#[derive(Debug, Subcommand)]
pub enum Notification {
    /// List your notifications, newest first
    List {
        /// Only those that you have not read
        #[arg(long)]
        unread: bool,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Mark one as read, or all
    Read {
        /// ntf_… [default: all]
        notification: Option<String>,
    },
}

impl Notification {
    fn call(&self) -> Call {
        match self {
            Self::List { unread, page } => {
                page.on(Call::to("notification_list").with("state", unread.then_some("unread")))
            }
            Self::Read { notification: Some(notification) } => {
                Call::to("notification_read").place(notification)
            }
            Self::Read { notification: None } => Call::to("notification_read_all"),
        }
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()).await?;
        screen.show(&reply, |value| match self {
            Self::List { .. } => {
                render::page(&["id", "kind", "text", "about", "sent_at", "read_at"].map(Column::of), value)
            }
            Self::Read { .. } => pairs(value),
        })
    }
}
