//! One metric of one account: value, source, rule, evidence.

use kith_api::view::{AccountView, MetricView};
use maud::{Markup, html};

use super::super::shell::{Frame, Shell, framed};

/// One metric of one account.
#[derive(Debug, Clone)]
pub struct MetricPage {
    /// The account.
    pub account: AccountView,
    /// Metric id, for example `otif_90d`.
    pub id: String,
    /// The metric.
    pub metric: MetricView,
    /// What it means; empty when there is nothing to add.
    pub description: String,
    /// The same metric on other windows: id and metric.
    pub windows: Vec<(String, MetricView)>,
}

/// The metric's page.
#[must_use]
pub fn metric(shell: &Shell, page: &MetricPage) -> Markup {
    let frame = Frame {
        above: &[("Accounts", "/accounts")],
        here: &page.metric.title,
        kind: "account",
        account: Some(&page.account.id),
        wide: false,
    };
    framed(shell, &frame, &html! { h1 { (page.metric.title) } })
}
