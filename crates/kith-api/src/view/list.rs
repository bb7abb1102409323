//! Lists: pages of accounts, the worklist of the page, saved views, fields.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::MoneyView;

/// A page of anything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Page<T> {
    /// What was found.
    pub items: Vec<T>,
    /// Give it back as `cursor` to go on; null at the end.
    pub next_cursor: Option<String>,
    /// There is more.
    pub has_more: bool,
}

impl<T> Page<T> {
    /// So many of what was found, of which one more was looked for; the last item names the cursor.
    #[must_use]
    pub fn cut(mut found: Vec<T>, limit: usize, name: impl Fn(&T) -> String) -> Self {
        let has_more = found.len() > limit;
        found.truncate(limit);
        let next_cursor = found.last().filter(|_| has_more).map(name);
        Self { items: found, next_cursor, has_more }
    }

    /// So many of all behind the one that a cursor names; from the first where none has that name.
    #[must_use]
    pub fn behind(mut all: Vec<T>, cursor: Option<&str>, limit: usize, name: impl Fn(&T) -> String) -> Self {
        let named = cursor.and_then(|cursor| all.iter().position(|item| name(item) == cursor));
        all.drain(..named.map_or(0, |at| at + 1));
        Self::cut(all, limit, name)
    }

    /// The same page with its items shown otherwise; some may stay out.
    #[must_use]
    pub fn shown<V>(self, show: impl FnOnce(Vec<T>) -> Vec<V>) -> Page<V> {
        Page { items: show(self.items), next_cursor: self.next_cursor, has_more: self.has_more }
    }
}

/// A page of accounts: each item is a flat object of the fields asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccountPage {
    /// What was found; always with `id`, `account_number`, `name`.
    pub items: Vec<Map<String, Value>>,
    /// Give it back as `cursor` to go on; null at the end.
    pub next_cursor: Option<String>,
    /// There is more.
    pub has_more: bool,
    /// How many in all, when `count=exact` was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// The business day of the values.
    pub day: String,
    /// Touchpoint position of the values.
    pub position: u64,
}

/// A field that can be filtered, sorted and selected.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldView {
    /// Name, for example `order_trend_label_90d`.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// `bool`, `int`, `double`, `money`, `date`, `time`, `enum`, `text`, `text_list`, `map`.
    pub kind: String,
    /// Values of an enum.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Unit.
    pub unit: String,
    /// `master` or `metric`.
    pub group: String,
    /// Days of the window.
    pub window: Option<u32>,
    /// What it means.
    pub description: String,
    /// Formula and version of a metric.
    pub formula: Option<String>,
}

/// A saved view.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SavedView {
    /// `viw_…`.
    pub id: String,
    /// Name.
    pub name: String,
    /// `usr_…` of the owner.
    pub owner: String,
    /// It is the reader's own.
    #[serde(default)]
    pub own: bool,
    /// Seen by everybody.
    pub shared: bool,
    /// Code of the team whose members see it.
    #[serde(default)]
    pub team: Option<String>,
    /// It stands in the navigation of whoever sees it.
    #[serde(default)]
    pub pinned: bool,
    /// The question it came from.
    pub question: Option<String>,
    /// Filter, empty for all.
    pub filter: String,
    /// Sort, for example `-revenue_365d,name`.
    pub sort: String,
    /// Columns to show: fields, and `what_is_wrong`, `orders_weekly` and `signals`, which pages draw.
    pub columns: Vec<String>,
    /// Widths of columns in pixels, where they were set.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub widths: BTreeMap<String, u16>,
}

/// A row of the worklist: what a person needs to decide whom to call.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorkRow {
    /// `acc_…`.
    pub id: String,
    /// `C-000123`.
    pub account_number: String,
    /// Name.
    pub name: String,
    /// Industry, city or entity: one short line.
    pub subtitle: String,
    /// `premium` …
    pub tier: String,
    /// Status word.
    pub status: String,
    /// Health 0 to 100.
    pub health: Option<f64>,
    /// `healthy`, `watch`, `at_risk`, `critical`.
    pub health_label: Option<String>,
    /// What is wrong, in words; empty when nothing is.
    pub wrong: String,
    /// Orders in each of the last 13 complete weeks, oldest first.
    pub orders_weekly: Vec<f64>,
    /// Change of orders against the 13 weeks before, as a fraction; null when unknown.
    pub orders_change: Option<f64>,
    /// `declining`, `flat`, `growing`.
    pub order_trend_label: Option<String>,
    /// Service issues in 30 days.
    pub issues: i64,
    /// Revenue in 365 days.
    pub revenue: Option<MoneyView>,
    /// Overdue balance.
    pub overdue: Option<MoneyView>,
    /// Inquiries in 30 days.
    pub inquiries: i64,
    /// Inquiries that nobody has answered or settled.
    pub unread: u32,
    /// Tasks that are open.
    pub tasks: u64,
    /// Inquiries of the last seven days.
    pub inquiries_week: u32,
    /// Inquiries of a week, as the mean of the eight weeks before.
    pub inquiries_usual: f64,
    /// Markedly more inquiries come in than usual: three or more, and more than one and a half times as many.
    pub inquiries_rising: bool,
    /// Days since the last contact of any kind.
    pub days_since_contact: Option<i64>,
    /// Name of the account manager.
    pub manager: Option<String>,
    /// When the latest fact of this row happened.
    pub observed_at: Option<String>,
    /// The values of the extra columns asked for; names instead of the ids of users and accounts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<Value>,
}

/// The worklist of the accounts page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Worklist {
    /// The rows.
    pub rows: Vec<WorkRow>,
    /// How many accounts match in all; on the first page only, later ones carry it on.
    pub total: Option<u64>,
    /// Sum of the revenue of all that match, in the organisation's currency; on the first page only.
    pub revenue: Option<MoneyView>,
    /// Cursor of the next page.
    pub next_cursor: Option<String>,
    /// The business day of the values.
    pub day: String,
    /// Touchpoint position of the values.
    pub position: u64,
}
