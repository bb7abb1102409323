//! `kith notification`: what you should know.

use clap::Subcommand;
use kith_api::request::NotificationSnooze;

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
        #[arg(long, conflicts_with = "snoozed")]
        unread: bool,
        /// Only those that you put off
        #[arg(long)]
        snoozed: bool,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Mark one as read, or all
    Read {
        /// ntf_… [default: all]
        notification: Option<String>,
    },
    /// Mark one as not read
    Unread {
        /// ntf_…
        notification: String,
    },
    /// Put one off
    Snooze {
        /// ntf_…
        notification: String,
        /// When it comes back, such as 2026-11-26T08:00:00Z
        #[arg(long, value_name = "TIME")]
        until: String,
    },
}

impl Notification {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::List { unread, snoozed, page } => {
                let state = unread.then_some("unread").or(snoozed.then_some("snoozed"));
                page.on(Call::to("notification_list").with("state", state))
            }
            Self::Read { notification: Some(notification) } => {
                Call::to("notification_read").place(notification)
            }
            Self::Read { notification: None } => Call::to("notification_read_all"),
            Self::Unread { notification } => Call::to("notification_unread").place(notification),
            Self::Snooze { notification, until } => {
                let request = NotificationSnooze { until: until.clone() };
                Call::to("notification_snooze").place(notification).json(&request)?
            }
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value| match self {
            Self::List { .. } => {
                render::page(&["id", "kind", "text", "about", "sent_at", "read_at"].map(Column::of), value)
            }
            _ => pairs(value),
        })
    }
}
