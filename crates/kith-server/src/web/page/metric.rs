//! One metric of one account: value, source, rule, evidence.

use jiff::ToSpan as _;
use kith_api::view::{AccountView, MetricView, MoneyView, TimelineItem};
use kith_template::{html, say};
use maud::Markup;

use super::super::clock::{Clock, date, day_month};
use super::super::link::Link;
use super::super::number::{in_unit, money_short, number, unit};
use super::super::part::chart::{Line, lines};
use super::super::part::pager::pager;
use super::super::part::source::{freshness, missing, provenance};
use super::super::part::spark::{WIDE, spark};
use super::super::part::tile::{figure, titled};
use super::super::part::timeline::timeline;
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::{t, told};

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
    /// The touchpoints behind it, latest first, from a place on.
    pub behind: Vec<TimelineItem>,
    /// How many there are in all.
    pub behind_count: usize,
    /// `from`: how many stand before the first that is shown.
    pub from: usize,
}

/// The metric's page.
#[must_use]
pub fn metric(shell: &Shell, page: &MetricPage) -> Markup {
    let account = format!("/accounts/{}", page.account.id);
    let title = titled(&page.metric);
    let frame = Frame {
        above: &[(t("Accounts"), "/accounts"), (&page.account.name, &account)],
        here: &title,
        kind: "metric",
        account: Some(&page.account.id),
        wide: false,
    };
    let content = html! {
        .head {
            .stack .x {
                h1 { (title) }
                p .muted { "of " a .ul href=(account) { (page.account.name) } ", " span .mono { (page.id) } }
            }
        }
        .cols {
            .stack { (value_card(shell, page, &title)) (evidence(shell, page)) }
            aside .stack aria-label="About this metric" { (about(shell, page)) (windows(page)) }
        }
    };
    framed(shell, &frame, &content)
}

fn value_card(shell: &Shell, page: &MetricPage, title: &str) -> Markup {
    let metric = &page.metric;
    let days = week_ends(&shell.clock, metric.series.len());
    html! {
        section .card aria-label="Value" {
            .body .stack .t {
                .row .base .wrap {
                    span .figure .num { (figure(metric)) }
                    span .muted { (unit(&metric.unit)) }
                    span .push { (freshness(metric)) }
                }
                @if metric.value.is_null() { p .muted { (missing(metric)) "." } }
                @if metric.insufficient { p .warn { "Fewer observations than the rule asks for: read it with care." } }
                @if !metric.series.is_empty() {
                    (history(metric, title, &days))
                    (range(metric))
                    (weeks(&metric.series, title, &days))
                }
            }
        }
    }
}

/// The last day of each of so many weeks up to today, the oldest first; ISO.
fn week_ends(clock: &Clock, weeks: usize) -> Vec<String> {
    let today = clock.now.to_zoned(clock.zone.clone()).date();
    let back = (0..i64::try_from(weeks).unwrap_or_default()).rev();
    back.map(|ago| today.saturating_sub(ago.weeks()).to_string()).collect()
}

/// The history as a chart with its scale; values that no scale from nothing shows are a line without one.
fn history(metric: &MetricView, title: &str, days: &[String]) -> Markup {
    let series = metric.series.as_slice();
    let (Some(first), Some(last)) = (series.first(), series.last()) else { return html! {} };
    if series.len() < 2 || !series.iter().all(|value| value.is_finite() && *value >= 0.0) {
        return spark(series, WIDE, "", title);
    }
    let shown = |value: f64| shown(metric, value);
    let days: Vec<String> = days.iter().map(|day| day_month(day)).collect();
    let (from, to) = (shown(*first), shown(*last));
    let sentence = say!("{title} by week, {weeks} weeks, from {from} to {to}", weeks = series.len());
    lines(&[Line { name: "", class: "l1", values: series, last: to.clone() }], &days, &shown, &sentence)
}

/// A value of the history as text.
fn shown(metric: &MetricView, value: f64) -> String {
    match metric.value.get("currency").and_then(|code| code.as_str()) {
        Some(currency) => {
            money_short(&MoneyView { amount: format!("{value:.0}"), currency: currency.to_owned() })
        }
        None => in_unit(value, &metric.unit),
    }
}

/// What the line spans, in words.
fn range(metric: &MetricView) -> Markup {
    let known = metric.series.iter().copied().filter(|value| value.is_finite());
    let (low, high) = known
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let shown = |value: f64| shown(metric, value);
    html! {
        @if low <= high {
            p .sm .muted .num { (metric.series.len()) " weeks, lowest " (shown(low)) ", highest " (shown(high)) }
        }
    }
}

/// The line as a table, folded away.
fn weeks(series: &[f64], title: &str, days: &[String]) -> Markup {
    html! {
        details {
            summary .sm .muted { "Show as table" }
            .scroll tabindex="0" role="region" aria-label=(say!("{title} by week")) {
                table .tbl .tight {
                    thead { tr { th scope="col" { "Week to" } th scope="col" .n { (title) } } }
                    tbody {
                        @for (day, value) in days.iter().zip(series).rev() {
                            tr { th scope="row" .plain { (date(day)) } td .n { (number(*value, 2)) } }
                        }
                    }
                }
            }
        }
    }
}

fn about(shell: &Shell, page: &MetricPage) -> Markup {
    html! {
        section .card aria-labelledby="about" {
            header { h2 #about { "Where it comes from" } }
            .body .stack .t {
                @if !page.description.is_empty() { p { (told(&page.description)) } }
                dl .kv { (provenance(&page.metric, &shell.clock)) dt { "Computed" } dd { (shell.clock.exact(&page.metric.computed_at)) } }
            }
        }
    }
}

fn windows(page: &MetricPage) -> Markup {
    html! {
        @if !page.windows.is_empty() {
            section .card aria-labelledby="windows" {
                header { h2 #windows { "Other windows" } }
                ul .list {
                    @for (id, metric) in &page.windows {
                        li {
                            a .grow .ul href=(format!("/accounts/{}/metrics/{id}", page.account.id)) { (titled(metric)) }
                            b .num { (figure(metric)) }
                        }
                    }
                }
            }
        }
    }
}

/// The very touchpoints that were counted, page by page.
fn evidence(shell: &Shell, page: &MetricPage) -> Markup {
    let to = |from: usize| {
        let from = if from == 0 { String::new() } else { from.to_string() };
        Link::to(&format!("/accounts/{}/metrics/{}", page.account.id, page.id)).with("from", &from).done()
    };
    let last = page.from.saturating_add(page.behind.len());
    let next = (last < page.behind_count).then(|| to(last));
    let start = (page.from > 0).then(|| to(0));
    html! {
        section .card aria-labelledby="evidence" {
            header {
                h2 #evidence { "Evidence" }
                span .sm .muted .push .num {
                    @if page.behind.is_empty() { "no touchpoint" } @else {
                        (page.from + 1) "–" (last) " of " (page.behind_count) " touchpoints"
                    }
                }
            }
            @if page.behind.is_empty() {
                .body { p .muted { "No touchpoint stands behind this value." } }
            } @else {
                (timeline(&page.behind, &shell.clock, true))
                .foot-pager { (pager(next.as_deref(), start.as_deref(), t("Earlier"))) }
            }
        }
    }
}
