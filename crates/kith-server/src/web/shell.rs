//! What is around every page: sidebar, top bar, tab bar.

use kith_api::view::SavedView;
use kith_domain::user::Preferences;

use super::clock::Clock;

mod draw;
mod nav;
mod palette;

pub(crate) use draw::{Frame, bare, framed, mark};
pub(crate) use nav::{count_texts, places};

#[cfg(test)]
pub(crate) use draw::topics;

/// Which entry of the navigation is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Section {
    /// How things stand.
    Home,
    /// Asking and jumping.
    Ask,
    /// The list, an account, a metric.
    #[default]
    Accounts,
    /// What somebody looks after.
    Portfolio,
    /// Reviews that are due.
    Reviews,
    /// Customers that are being taken on.
    Onboarding,
    /// Orders at the door.
    Orders,
    /// Limits and who is close to them.
    Credit,
    /// Changes that wait or were decided.
    Changes,
    /// What is not as it should be.
    Alerts,
    /// Accounts that may be one.
    Duplicates,
    /// Names that are like entries of sanctions lists.
    Screening,
    /// What the reader should know.
    Inbox,
    /// Mails to people outside.
    Outbox,
    /// What is agreed with customers.
    Contracts,
    /// What somebody must do.
    Tasks,
    /// Touchpoints that wait for their account.
    Quarantine,
    /// Files that become accounts.
    Imports,
    /// Who did what.
    Audit,
    /// Yours and the company's.
    Settings,
}

/// Who reads the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reader {
    /// `usr_…`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Roles in a line: `Account manager · Europe/Paris`.
    pub role_line: String,
}

/// Counts beside the entries of the navigation; `None` shows no count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NavCounts {
    /// Accounts that the reader may see.
    pub accounts: Option<u64>,
    /// Reviews of the reader's accounts that are overdue.
    pub reviews: Option<u64>,
    /// Changes that wait for the reader.
    pub changes: Option<u64>,
    /// Alerts that are open; none for who may not decide them.
    pub alerts: Option<u64>,
    /// Pairs of accounts that may be one; none for who may not decide them.
    pub duplicates: Option<u64>,
    /// Hits that wait for a person; none for who may not decide them.
    pub screening: Option<u64>,
    /// Notifications that the reader has not read.
    pub unread: Option<u64>,
    /// Touchpoints in quarantine.
    pub quarantine: Option<u64>,
    /// Whether the reader may read credit and orders.
    pub may_credit: bool,
    /// Whether the reader may read the audit trail.
    pub may_audit: bool,
    /// The reader may bring files.
    pub may_import: bool,
}

/// What every page needs beside its own view model.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Title of the window, without the product's name.
    pub title: String,
    /// Who reads.
    pub reader: Reader,
    /// The name of the organisation, for paper.
    pub organisation: String,
    /// Counts of the navigation.
    pub counts: NavCounts,
    /// Saved views of the reader and shared ones.
    pub views: Vec<SavedView>,
    /// Entry that is open.
    pub active: Section,
    /// The page listens to the live stream.
    pub live: bool,
    /// Token that every form sends back as `csrf`.
    pub csrf: String,
    /// When and where the page is read.
    pub clock: Clock,
    /// How the reader wants the page.
    pub look: Preferences,
}
