//! Where a value comes from: the popover of a tile and the list on the metric's page.

use kith_api::view::MetricView;
use kith_template::{html, say};
use maud::Markup;

use super::why::short;
use crate::web::clock::Clock;
use crate::web::number::{count, percent, phrase};
use crate::web::words::{t, told};

/// How fresh, as a pill.
pub(crate) fn freshness(metric: &MetricView) -> Markup {
    let tone = match metric.staleness.as_str() {
        "fresh" => "good",
        "stale" => "warn",
        "expired" => "bad",
        _ => "",
    };
    html! { span class=(format!("pill {tone}")) { span .dot {} (phrase(&metric.staleness)) } }
}

/// Source, time, sample, rule and confidence.
pub(crate) fn provenance(metric: &MetricView, clock: &Clock) -> Markup {
    let sources = metric.sources.iter().map(|source| short(source)).collect::<Vec<_>>().join(", ");
    html! {
        dt { "Source" }
        dd { @if sources.is_empty() { "nothing yet" } @else { (sources) } ", " (phrase(&metric.method)) }
        dt { "As of" }
        dd {
            @match &metric.observed_at {
                Some(at) => { (clock.exact(at)) ", " (clock.ago(at)) }
                None => "never observed",
            }
        }
        dt { "Based on" }
        dd {
            (count(metric.sample_size)) " observations"
            @if let Some(days) = metric.window { ", " (days) " days" }
            @if metric.insufficient { span .warn { ", too few to lean on" } }
        }
        dt { "Confidence" }
        dd { (percent(metric.confidence)) }
        dt { "Rule" }
        dd .acc { (metric.formula) }
    }
}

/// Source, time, sample and rule in one sentence, for paper.
pub(crate) fn footnote(metric: &MetricView, clock: &Clock) -> Markup {
    let sources = metric.sources.iter().map(|source| short(source)).collect::<Vec<_>>().join(", ");
    html! {
        @if sources.is_empty() { "nothing yet" } @else { (sources) }
        ", " (metric.method) ", "
        @match &metric.observed_at {
            Some(at) => { "as of " (clock.exact(at)) },
            None => "never observed",
        }
        ", " (count(metric.sample_size)) " observations, " (metric.formula) "."
    }
}

/// The popover that opens beside a value on hover and focus.
pub(crate) fn popover(id: &str, title: &str, metric: &MetricView, clock: &Clock) -> Markup {
    html! {
        div .pop #(id) role="note" {
            span .row { b { (title) } span .push { (freshness(metric)) } }
            dl { (provenance(metric, clock)) }
            @if metric.value.is_null() { p .muted { (missing(metric)) } }
        }
    }
}

/// Why there is no value.
pub(crate) fn missing(metric: &MetricView) -> String {
    match (metric.sample_size, metric.window) {
        (0, Some(days)) => say!("No observation in {days} days"),
        (0, None) => t("No observation yet").to_owned(),
        _ => say!("{title} cannot be told from what is known", title = told(&metric.title)),
    }
}
