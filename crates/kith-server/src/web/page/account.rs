//! One account: how it is, why, what happened, what is on record.

use kith_api::view::{AccountView, ChangeView, EntityView, ProfileView, TimelineItem};
use maud::{Markup, html};

use super::super::shell::{Frame, Shell, framed};

/// Which part of the account is open: `tab` of the address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AccountTab {
    /// Scores, tiles, what happened last, the most asked master data.
    #[default]
    Overview,
    /// Everything that happened.
    Timeline,
    /// Every metric.
    Metrics,
    /// Everything on record.
    Master,
    /// Changes of the record.
    Changes,
}

impl AccountTab {
    /// Reads `tab` of the address; anything unknown is the overview.
    #[must_use]
    pub fn read(text: &str) -> Self {
        match text {
            "timeline" => Self::Timeline,
            "metrics" => Self::Metrics,
            "master" => Self::Master,
            "changes" => Self::Changes,
            _ => Self::Overview,
        }
    }

    /// The value of `tab`; empty for the overview.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Timeline => "timeline",
            Self::Metrics => "metrics",
            Self::Master => "master",
            Self::Changes => "changes",
        }
    }
}

/// The state of the account page.
#[derive(Debug, Clone)]
pub struct AccountPage {
    /// The record.
    pub account: AccountView,
    /// The living profile.
    pub profile: ProfileView,
    /// `tab`: the part that is open.
    pub tab: AccountTab,
    /// What happened, newest first.
    pub timeline: Vec<TimelineItem>,
    /// `group`: the group of the timeline that is shown; empty for all.
    pub timeline_filter: String,
    /// Cursor of the next page of the timeline.
    pub next: Option<String>,
    /// Legal entities that the reader may see the account as.
    pub entities: Vec<EntityView>,
    /// `entity`: the one it is seen as; `None` is the whole company.
    pub entity: Option<String>,
    /// Changes of this account that wait.
    pub open_changes: Vec<ChangeView>,
    /// Changes of this account that were decided, newest first; read on the tab of changes only.
    pub past_changes: Vec<ChangeView>,
    /// The reader may write notes.
    pub may_note: bool,
}

/// The account page.
#[must_use]
pub fn account(shell: &Shell, page: &AccountPage) -> Markup {
    let frame = Frame {
        above: &[("Accounts", "/accounts")],
        here: &page.account.name,
        kind: "account",
        account: Some(&page.account.id),
        wide: false,
    };
    framed(shell, &frame, &html! { h1 { (page.account.name) } (account_live(shell, page)) })
}

/// The parts that change by themselves, each with the id that it has on the page.
#[must_use]
pub fn account_live(shell: &Shell, page: &AccountPage) -> Markup {
    html! { div #timeline { @for item in &page.timeline { p { (item.title) " " (shell.clock.ago(&item.time)) } } } }
}
