//! Figures against their targets.

use kith_api::view::{HomeView, OutcomeView};
use kith_template::{html, say};
use maud::Markup;

use crate::web::clock::Clock;
use crate::web::link::Link;
use crate::web::number::{count, hours, number, percent};
use crate::web::part::bullet::bullet;
use crate::web::words::{t, told};

/// The row of figures; none where no figure can be told.
pub(super) fn outcomes(clock: &Clock, home: &HomeView) -> Markup {
    html! {
        section #home-outcomes .card data-part aria-label="Figures against their targets" hidden[home.outcomes.is_empty()] {
            .kpis .outcomes { @for outcome in &home.outcomes { (figure(clock, outcome)) } }
        }
    }
}

fn amount(outcome: &OutcomeView, value: f64) -> String {
    if outcome.unit == "hours" { hours(value) } else { percent(value) }
}

/// Where the facts behind a figure are.
fn drill(outcome: &OutcomeView) -> Option<String> {
    match (outcome.id.as_str(), &outcome.filter) {
        ("onboarding_hours", _) => Some("/onboarding?state=completed".to_owned()),
        ("credit_limit_accuracy", None) => Some("/credit".to_owned()),
        (_, Some(filter)) => Some(Link::to("/accounts").with("f", filter).done()),
        (_, None) => None,
    }
}

fn figure(clock: &Clock, outcome: &OutcomeView) -> Markup {
    let (value, target) = (amount(outcome, outcome.value), amount(outcome, outcome.target));
    let tone = if outcome.met { "good" } else { "warn" };
    // Of hours the bar goes on behind the target; of shares it ends at all of them.
    let whole = if outcome.less_is_better { outcome.target * 1.5 } else { 1.0 };
    let window = outcome.window_days.map(|days| say!(", {days} days")).unwrap_or_default();
    html! {
        .kpi #(format!("outcome-{}", outcome.id)) title=(told(&outcome.formula)) {
            span .sm .muted { (told(&outcome.title)) (window) }
            @match drill(outcome) {
                Some(href) => a .big href=(href) { (value) },
                None => span .big { (value) },
            }
            (bullet(outcome.value / whole, outcome.target / whole, tone))
            .row .sm {
                span .muted .trunc { "target " @if outcome.less_is_better { "under " } (target) }
                span class=(format!("push b nowrap {tone}")) { (distance(outcome)) }
            }
            span .xs .muted {
                (count(outcome.n)) " " (told(&outcome.counted)) " · " (told(&outcome.source))
                @if let Some(at) = &outcome.observed_at { " · " (clock.age_mark(Some(at))) }
            }
        }
    }
}

/// `on target`, `0.4 below`, `1 h 10 over`.
fn distance(outcome: &OutcomeView) -> String {
    let gap = (outcome.value - outcome.target).abs();
    match (outcome.met, outcome.less_is_better) {
        (true, _) => t("on target").to_owned(),
        (false, true) => say!("{span} over", span = hours(gap)),
        (false, false) if gap < 0.000_5 => t("just below").to_owned(),
        (false, false) => say!("{points} below", points = number(gap * 100.0, 1)),
    }
}
