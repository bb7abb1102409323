//! One account: how it is, why, what happened, what is on record.

use std::collections::{BTreeMap, HashMap};

use kith_api::view::{
    AccountView, AlertView, AuditView, ChangeView, CreditView, CustomFieldView, DocumentView, EffectiveView,
    EntityView, ProfileView, QualityView, TimelineItem, VehicleView,
};
use kith_template::html;
use maud::Markup;

use super::super::link::Link;
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::t;

mod commerce;
mod contracts;
mod credit;
mod group;
mod head;
mod history;
mod master;
mod metrics;
mod overview;
mod own_fields;
mod papers;
mod risk;
mod talk;
mod work;

pub use contracts::Agreed;
pub use credit::Credit;
pub use group::Group;
pub(crate) use own_fields::custom_help;
pub use talk::TalkDraft;
pub use work::Work;

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
    /// Whom it belongs to, and what belongs to it.
    Group,
    /// Limit, exposure, decisions.
    Credit,
    /// Prices and tax profiles.
    Commerce,
    /// Documents.
    Documents,
    /// Contracts, and who uses the portal.
    Contracts,
    /// Vehicles.
    Vehicles,
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
            "group" => Self::Group,
            "credit" => Self::Credit,
            "commerce" => Self::Commerce,
            "documents" => Self::Documents,
            "contracts" => Self::Contracts,
            "vehicles" => Self::Vehicles,
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
            Self::Group => "group",
            Self::Credit => "credit",
            Self::Commerce => "commerce",
            Self::Documents => "documents",
            Self::Contracts => "contracts",
            Self::Vehicles => "vehicles",
            Self::Changes => "changes",
        }
    }
}

/// A note that was not taken: what was typed, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoteDraft {
    /// What was typed.
    pub text: String,
    /// Why it was not taken.
    pub fault: Option<String>,
}

/// The state of the account page.
#[derive(Debug, Clone, Default)]
pub struct AccountPage {
    /// The record.
    pub account: AccountView,
    /// How good its data are.
    pub quality: QualityView,
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
    /// The fields as that entity sees them; `None` for the whole company.
    pub effective: Option<EffectiveView>,
    /// How many fields each entity has otherwise than the master record, by its code.
    pub overridden: BTreeMap<String, usize>,
    /// Alerts of this account that are not closed; none for who may not read them.
    pub alerts: Vec<AlertView>,
    /// Changes of this account that wait.
    pub open_changes: Vec<ChangeView>,
    /// Changes of this account that were decided, newest first; read on the tab of changes only.
    pub past_changes: Vec<ChangeView>,
    /// Records of this account, newest first; read on the tab of changes, for who may read the audit trail.
    pub history: Vec<AuditView>,
    /// `before`: where the next page of the history goes on.
    pub earlier: Option<String>,
    /// The standing and the decisions; read on their tab only, by who may.
    pub credit: Option<Credit>,
    /// The group, the roll-up, the relationships; read on their tab only.
    pub group: Option<Group>,
    /// The reader may edit, so earlier values can be brought back.
    pub may_edit: bool,
    /// The reader may create accounts.
    pub may_create: bool,
    /// The documents, newest first; read on their tab only.
    pub documents: Vec<DocumentView>,
    /// The contracts, and who uses the portal; read on their tab only.
    pub agreed: Option<Agreed>,
    /// The vehicles; read on their tab only.
    pub vehicles: Vec<VehicleView>,
    /// The reader may bring documents.
    pub may_upload: bool,
    /// The reader may verify certificates and documents.
    pub may_verify: bool,
    /// The fields of the organisation's own, in their order.
    pub custom_fields: Vec<CustomFieldView>,
    /// Names of the accounts that those fields refer to, by their ids.
    pub names: HashMap<String, String>,
    /// What was typed into a form that was refused, by the names of its fields.
    pub typed: HashMap<String, String>,
    /// Why what was asked for on this page was not done.
    pub fault: Option<String>,
    /// The reader may write notes.
    pub may_note: bool,
    /// The note that was just refused.
    pub note: NoteDraft,
    /// What is open besides changes and alerts; read on the overview only.
    pub work: Work,
    /// Where it stands with the entity that it is seen as; none for who may not read credit.
    pub standing: Option<CreditView>,
    /// `asked`: the change that the reader has just asked for.
    pub asked: Option<ChangeView>,
    /// The talk that was just refused.
    pub talk: TalkDraft,
    /// Names the talk that may be logged next, so that sending it twice tells it once.
    pub talk_key: String,
}

impl AccountPage {
    /// Whether the reader may edit a field, seen as the entity that is seen now.
    fn may_edit_field(&self, field: &str) -> bool {
        use kith_domain::account::OVERRIDABLE;
        let known = super::edit::field::ACCOUNT.iter().any(|known| known.id == field);
        let here = self.entity.is_none() || (OVERRIDABLE.contains(&field) && field != "tags");
        self.may_edit && known && here
    }

    /// The address of a tab, seen as the entity that is seen now.
    fn href(&self, tab: AccountTab) -> Link {
        Link::to(&format!("/accounts/{}", self.account.id))
            .with("tab", tab.name())
            .with("entity", self.entity.as_deref().unwrap_or_default())
    }

    /// Where the script fetches the parts that change by themselves.
    fn live_href(&self) -> String {
        Link::to(&format!("/accounts/{}/live", self.account.id))
            .with("tab", self.tab.name())
            .with("entity", self.entity.as_deref().unwrap_or_default())
            .with("group", &self.timeline_filter)
            .done()
    }
}

/// The account page.
#[must_use]
pub fn account(shell: &Shell, page: &AccountPage) -> Markup {
    let frame = Frame {
        above: &[(t("Accounts"), "/accounts")],
        here: &page.account.name,
        kind: "account",
        account: Some(&page.account.id),
        wide: false,
    };
    let content = html! {
        (report_head(shell, page))
        (head::asked(page))
        (head::head(shell, page))
        (head::tabs(page))
        #parts data-parts=(page.live_href()) .stack {
            @match page.tab {
                AccountTab::Overview => (overview::overview(shell, page)),
                AccountTab::Timeline => (history::timeline_tab(shell, page)),
                AccountTab::Metrics => (metrics::metrics_tab(shell, page)),
                AccountTab::Master => (master::master_tab(page, &shell.clock)),
                AccountTab::Group => (group::group_tab(shell, page)),
                AccountTab::Credit => (credit::credit_tab(shell, page)),
                AccountTab::Commerce => (commerce::commerce_tab(shell, page)),
                AccountTab::Documents => (papers::documents_tab(shell, page)),
                AccountTab::Contracts => (contracts::contracts_tab(shell, page)),
                AccountTab::Vehicles => (papers::vehicles_tab(page)),
                AccountTab::Changes => (history::changes_tab(shell, page)),
            }
        }
    };
    framed(shell, &frame, &content)
}

/// At the head of the report that an account is on paper: whose, of whom, of when.
fn report_head(shell: &Shell, page: &AccountPage) -> Markup {
    let now = shell.clock.now.to_string();
    html! {
        .report-head {
            p .b { (shell.organisation) }
            p { "Customer report" ": " (page.account.name) ", " (page.account.account_number) }
            p { (shell.clock.exact(&now)) }
        }
    }
}

/// The master data of a record of the past, without the ways to edit it.
pub(super) fn record(shell: &Shell, page: &AccountPage) -> Markup {
    master::master_tab(page, &shell.clock)
}

/// The parts of the open tab that change by themselves, each with the id that it has on the page.
#[must_use]
pub fn account_live(shell: &Shell, page: &AccountPage) -> Markup {
    html! {
        (head::gauges(page))
        @match page.tab {
            AccountTab::Overview => (overview::overview(shell, page)),
            AccountTab::Timeline => (history::timeline_card(shell, page, true)),
            AccountTab::Metrics => (metrics::metrics_tab(shell, page)),
            AccountTab::Master => (master::master_tab(page, &shell.clock)),
            AccountTab::Credit
            | AccountTab::Commerce
            | AccountTab::Documents
            | AccountTab::Contracts
            | AccountTab::Vehicles
            | AccountTab::Group
            | AccountTab::Changes => {},
        }
    }
}
