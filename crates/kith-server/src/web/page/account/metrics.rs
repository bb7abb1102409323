//! Every metric of the account, with source and age.

use kith_api::view::MetricView;
use kith_template::{html, say};
use maud::Markup;

use super::AccountPage;
use crate::web::number::{count, unit};
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::part::source::freshness;
use crate::web::part::tile::{figure, titled};
use crate::web::part::why::short;
use crate::web::shell::Shell;
use crate::web::words::t;

pub(super) fn metrics_tab(shell: &Shell, page: &AccountPage) -> Markup {
    html! {
        section #metrics .card data-part aria-labelledby="metrics-title" {
            header { h2 #metrics-title { "Metrics" } span .sm .muted .push .num { (page.profile.metrics.len()) } }
            @if page.profile.metrics.is_empty() {
                (empty(Icon::Activity, t("Nothing measured yet"), &html! { "Metrics appear with the first touchpoint." }))
            } @else {
                .scroll tabindex="0" role="region" aria-label="Table of metrics" {
                    table .tbl .tight .metrics {
                        thead { tr {
                            th scope="col" { "Metric" } th scope="col" .n { "Value" } th scope="col" { "Unit" }
                            th scope="col" .n { "Sample" } th scope="col" { "Source" } th scope="col" { "State" }
                            th scope="col" .n { "Age" }
                        } }
                        tbody {
                            @for (id, metric) in by_title(page) {
                                tr {
                                    td { a .ul id=(format!("metric-{id}")) href=(format!("/accounts/{}/metrics/{id}", page.account.id)) { (titled(metric)) } }
                                    td .n .b { (figure(metric)) }
                                    td .sm .muted { (unit(&metric.unit)) }
                                    td .n { (count(metric.sample_size)) @if metric.insufficient { span .warn title="Fewer than the rule asks for" { " few" } } }
                                    td .sm .muted { (metric.sources.iter().map(|source| short(source)).collect::<Vec<_>>().join(", ")) }
                                    td { (freshness(metric)) }
                                    td .n .sm .muted { (shell.clock.age_mark(metric.observed_at.as_deref())) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The metrics by title, the windows of one together, the shortest first.
fn by_title(page: &AccountPage) -> Vec<(&String, &MetricView)> {
    let mut metrics: Vec<(&String, &MetricView)> = page.profile.metrics.iter().collect();
    let stem = |metric: &MetricView| {
        let window = metric.window.map(|days| say!(", {days} days")).unwrap_or_default();
        metric.title.strip_suffix(&window).unwrap_or(&metric.title).to_lowercase()
    };
    metrics.sort_by_cached_key(|(_, metric)| (stem(metric), metric.window));
    metrics
}
