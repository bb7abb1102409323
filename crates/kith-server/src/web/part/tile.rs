//! A metric as a tile: value, age, drift, line, and its source on hover.

use kith_api::view::{MetricView, MoneyView, ProfileView};
use kith_template::{html, say};
use maud::Markup;
use serde_json::Value;

use super::icon::Icon;
use super::source::{footnote, missing, popover};
use super::spark::{TILE, drift, spark};
use super::tone::{Better, of_change};
use crate::web::clock::Clock;
use crate::web::number;
use crate::web::words::{t, told, word};

/// A tile: the first of its metrics that the profile has is shown.
struct Slot {
    title: &'static str,
    metrics: &'static [&'static str],
    /// Metrics whose weekly values stand in when the metric itself keeps none.
    series: &'static [&'static str],
    better: Better,
    /// The metric that says which way it goes; without one the last weeks stand against those before.
    trend: Option<&'static str>,
}

const fn slot(
    title: &'static str,
    metrics: &'static [&'static str],
    series: &'static [&'static str],
    better: Better,
) -> Slot {
    Slot { title, metrics, series, better, trend: None }
}

/// What the overview shows, in this order.
const SLOTS: [Slot; 12] = [
    Slot {
        // The trend that the score reads: a figure of the tile's own could say the opposite.
        trend: Some("order_trend_90d"),
        ..slot(
            word("Orders a week"),
            &["order_frequency_90d", "order_frequency_30d"],
            &["orders_90d", "orders_30d"],
            Better::Up,
        )
    },
    slot(word("On time in full"), &["otif_90d", "otif_30d", "otif_365d"], &["otif_90d"], Better::Up),
    slot(word("Revenue, 12 months"), &["revenue_365d"], &["revenue_90d", "revenue_30d"], Better::Up),
    slot(word("Overdue"), &["overdue_balance"], &[], Better::Down),
    slot(word("Days to pay"), &["days_to_pay_90d", "days_to_pay_365d"], &["days_to_pay_30d"], Better::Down),
    slot(
        word("Quote reply time"),
        &["quote_response_hours_90d", "quote_response_hours_365d"],
        &[],
        Better::Down,
    ),
    slot(word("Inquiries, 30 days"), &["inquiries_30d"], &["inquiries_90d"], Better::Down),
    slot(word("Portal logins, 30 days"), &["portal_logins_30d"], &["portal_logins_90d"], Better::Up),
    slot(word("Issues, 30 days"), &["service_issues_30d"], &["service_issues_90d"], Better::Down),
    slot(word("Claims, 90 days"), &["claims_90d"], &["claims_30d"], Better::Down),
    slot(word("Win rate, 12 months"), &["win_rate_365d", "win_rate_90d"], &[], Better::Up),
    slot(word("NPS, 12 months"), &["nps_365d", "nps_90d"], &[], Better::Up),
];

/// The metrics that the tiles of the overview are drawn from.
pub(crate) fn ids() -> impl Iterator<Item = &'static str> {
    SLOTS.iter().flat_map(|slot| slot.metrics.iter().chain(slot.series).chain(&slot.trend).copied())
}

/// The tiles of the overview; a metric that the profile does not have has no tile.
pub(crate) fn tiles(account: &str, profile: &ProfileView, clock: &Clock) -> Markup {
    html! {
        .tiles {
            @for slot in &SLOTS {
                @if let Some((id, metric)) = found(profile, slot.metrics) {
                    @let tile = Tile { id, title: t(slot.title), metric, series: series(profile, metric, slot), better: slot.better, trend: slot.trend.and_then(|id| profile.metrics.get(id)) };
                    (tile.draw(account, clock))
                }
            }
        }
        (footnotes(profile, clock))
    }
}

/// On paper: where each figure of the tiles comes from, in their order.
fn footnotes(profile: &ProfileView, clock: &Clock) -> Markup {
    let shown = SLOTS.iter().filter_map(|slot| Some((slot.title, found(profile, slot.metrics)?.1)));
    html! {
        section .footnotes aria-label="Sources" {
            p .b { "Sources" }
            ol { @for (title, metric) in shown { li { (t(title)) ": " (footnote(metric, clock)) } } }
        }
    }
}

/// Tiles for the metrics of an answer, under their own titles.
pub(crate) fn answer_tiles(account: &str, profile: &ProfileView, clock: &Clock) -> Markup {
    html! {
        .tiles {
            @for (id, metric) in profile.metrics.iter().take(8) {
                @let tile = Tile { id, title: &titled(metric), metric, series: &metric.series, better: better(id), trend: None };
                (tile.draw(account, clock))
            }
        }
    }
}

/// The title of a metric with its window, unless the title names it already.
pub(crate) fn titled(metric: &MetricView) -> String {
    match metric.window {
        Some(days) if !metric.title.contains(&days.to_string()) => {
            say!("{title}, {days} days", title = told(&metric.title))
        }
        _ => told(&metric.title).into_owned(),
    }
}

/// The value as a tile and a table show it.
pub(crate) fn figure(metric: &MetricView) -> Markup {
    match (number::metric(metric), wire_money(&metric.value)) {
        (_, Some(money)) => html! { span title=(number::money(&money)) { (number::money_short(&money)) } },
        (Some(text), None) => html! { (text) },
        (None, None) => {
            html! { span .muted title=(missing(metric)) { "–" span .vh { " " (missing(metric)) } } }
        }
    }
}

/// Which way a metric of that id should go.
pub(crate) fn better(id: &str) -> Better {
    const LESS: [&str; 14] = [
        "overdue",
        "open_balance",
        "days_",
        "claim",
        "exception",
        "issues",
        "inquiries",
        "complaints",
        "hours",
        "order_gap",
        "lost",
        "competitor",
        "support_intensity",
        "unapplied",
    ];
    if LESS.iter().any(|part| id.contains(part)) { Better::Down } else { Better::Up }
}

fn wire_money(value: &Value) -> Option<MoneyView> {
    Some(MoneyView {
        amount: value.get("amount")?.as_str()?.to_owned(),
        currency: value.get("currency")?.as_str()?.to_owned(),
    })
}

fn found<'a>(profile: &'a ProfileView, ids: &[&'static str]) -> Option<(&'static str, &'a MetricView)> {
    let known = |id: &&'static str| profile.metrics.get(*id).is_some_and(|metric| !metric.value.is_null());
    let id = ids.iter().copied().find(|id| known(id)).or_else(|| ids.first().copied())?;
    Some((id, profile.metrics.get(id)?))
}

fn series<'a>(profile: &'a ProfileView, metric: &'a MetricView, slot: &Slot) -> &'a [f64] {
    if !metric.series.is_empty() {
        return &metric.series;
    }
    let mut kept =
        slot.series.iter().filter_map(|id| profile.metrics.get(*id)).map(|other| other.series.as_slice());
    kept.find(|series| !series.is_empty()).unwrap_or_default()
}

/// One tile, before it is drawn.
struct Tile<'a> {
    id: &'a str,
    title: &'a str,
    metric: &'a MetricView,
    series: &'a [f64],
    better: Better,
    trend: Option<&'a MetricView>,
}

impl Tile<'_> {
    fn draw(&self, account: &str, clock: &Clock) -> Markup {
        let Self { id, title, metric, .. } = self;
        let trend = self.trend.and_then(|trend| Drift::of_trend(trend, self.better));
        let drift = trend.or_else(|| Drift::read(self.series, &metric.unit, self.better));
        let tone = drift.as_ref().map_or("flat", |drift| drift.tone);
        let pop = format!("pop-{id}");
        html! {
            .tile .has-pop {
                a .tile-a #(format!("tile-{id}")) href=(format!("/accounts/{account}/metrics/{id}"))
                    aria-describedby=(pop) {
                    span .row {
                        span .sm .muted .trunc { (title) sup .mark-note aria-hidden="true" {} }
                        span .push .xs .muted .nowrap { (clock.age_mark(metric.observed_at.as_deref())) }
                    }
                    span .row {
                        span .val { (figure(metric)) }
                        @if let Some(drift) = &drift { span .push { (drift.draw()) } }
                    }
                    @if metric.value.is_null() {
                        span .xs .muted { (missing(metric)) }
                    } @else {
                        (spark(self.series, TILE, tone, title))
                    }
                }
                (popover(&pop, title, metric, clock))
            }
        }
    }
}

/// Weeks over which a weekly trend is weighed.
const TREND_WEEKS: f64 = 13.0;

/// Which way a metric goes.
struct Drift {
    about: &'static str,
    text: String,
    rising: bool,
    tone: &'static str,
}

impl Drift {
    /// What a metric of the trend says: `−2.1 % a week`.
    fn of_trend(trend: &MetricView, better: Better) -> Option<Self> {
        let value = trend.value.as_f64()?;
        let (figure, unit) = (number::in_unit(value, &trend.unit), number::unit(&trend.unit));
        Some(Self {
            about: t("Trend of the weeks in the window"),
            text: format!("{figure} {unit}"),
            rising: value > 0.0,
            tone: of_change(value * TREND_WEEKS, better),
        })
    }

    /// How the last four weeks stand against the weeks before.
    fn read(series: &[f64], unit: &str, better: Better) -> Option<Self> {
        let (recent, before) = drift(series)?;
        let about = t("Mean of the last 4 weeks against the weeks before");
        if unit == "fraction" {
            let points = (recent - before) * 100.0;
            return Some(Self {
                about,
                text: say!("{points} pt", points = number::signed(points, 1)),
                rising: points > 0.0,
                tone: of_change(points / 20.0, better),
            });
        }
        if before.abs() < f64::EPSILON {
            return None;
        }
        let change = (recent - before) / before.abs();
        Some(Self {
            about,
            text: number::change(change),
            rising: change > 0.0,
            tone: of_change(change, better),
        })
    }

    fn draw(&self) -> Markup {
        let icon = if self.rising { Icon::Rose } else { Icon::Fell };
        html! {
            span class=(format!("delta {}", self.tone)) title=(self.about) {
                @if self.tone != "flat" { (icon.small()) }
                (self.text)
            }
        }
    }
}
