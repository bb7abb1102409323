//! Explains values: computes them again from the facts, with sample, evidence and parts.

use super::Living;
use super::evidence::{counted, evidence};
use crate::account::Account;
use crate::explain::{Component, Driver, Explanation, Staleness};
use crate::fact::{Fact, FactKind};
use crate::metric::churn::{self, Churn, SIGNS};
use crate::metric::health::{self, COMPONENTS, Health, MODIFIERS, Scores};
use crate::metric::sheet::{ByKind, Entry, Sheet, View};
use crate::metric::{
    Metric, Part, catalogue, compute, metric_index, orders, payments, revenue, support, trend,
};

impl Living {
    /// What stands behind a value; `None` for an unknown row or metric. Computed from the facts as of the day.
    #[must_use]
    pub fn explain(&self, row: u32, metric: &str) -> Option<Explanation> {
        let place = metric_index(metric)?;
        let metric = catalogue().get(place)?;
        self.with_account(row, |account, view| Some(explanation(account, &view, place, metric)))
    }

    /// The same for one legal entity in its own currency; `None` also for metrics that are not told by entity.
    #[must_use]
    pub fn explain_entity(&self, row: u32, entity: &str, metric: &str) -> Option<Explanation> {
        let place = metric_index(metric)?;
        let metric = catalogue().get(place).filter(|metric| metric.by_entity)?;
        let inputs = self.inputs();
        let number = inputs.context.entity_number(entity)?;
        let currency = inputs.context.entities.get(usize::from(number) - 1)?.currency;
        self.with_account(row, |account, view| {
            // What names no entity (a cancellation, a returned payment) belongs to the document it names.
            let own = view.facts.iter().filter(|fact| fact.entity == number || fact.entity == 0);
            let facts: Vec<Fact> = own.copied().collect();
            let sorted = ByKind::of(&facts, view.today);
            let view = View { currency, ..view }.over(&sorted);
            Some(explanation(account, &view, place, metric))
        })
    }

    /// Log positions of the touchpoints behind a value, latest first, and how many there are; `None` for an unknown row
    /// or metric.
    #[must_use]
    pub fn touchpoints_behind(
        &self,
        row: u32,
        metric: &str,
        skip: usize,
        take: usize,
    ) -> Option<(Vec<u64>, usize)> {
        let metric = catalogue().get(metric_index(metric)?)?;
        self.with_account(row, |_, view| {
            let found = counted(&view, metric.family, metric.window);
            let page = found.iter().skip(skip).take(take).map(|fact| u64::from(fact.seq));
            Some((page.collect(), found.len()))
        })
    }

    /// Why health is what it is: components and modifiers in their order; `None` when there is no health.
    #[must_use]
    pub fn drivers(&self, row: u32) -> Option<Vec<Driver>> {
        self.with_account(row, |account, view| {
            let mut sheet = Sheet::default();
            compute(&view, Part::ALL, None, &mut sheet);
            let read = |metric: u16| sheet.get(metric);
            let mut scores = Scores::default();
            scores.renew(Part::ALL, &view, account.master, &read);
            let health = health::health(&view, account.master, &scores)?;
            Some(drivers(&view, &health))
        })
    }

    /// Why the churn risk is what it is, each sign that adds anything; `None` where nobody can tell.
    #[must_use]
    pub fn churn_drivers(&self, row: u32) -> Option<Vec<Driver>> {
        self.with_account(row, |account, view| {
            let mut sheet = Sheet::default();
            compute(&view, Part::ALL, None, &mut sheet);
            let churn = churn::churn(&view, account.master, &|metric: u16| sheet.get(metric))?;
            Some(churn_drivers(&view, &churn))
        })
    }

    /// The churn risk of a customer of whom nothing speaks for or against: where its drivers start.
    #[must_use]
    pub fn churn_at_rest() -> f64 {
        churn::at_rest()
    }
}

fn explanation(account: &Account, view: &View<'_>, place: usize, metric: &Metric) -> Explanation {
    let mut sheet = Sheet::default();
    let is_health = metric.part == Part::Health;
    compute(view, if is_health { Part::ALL } else { metric.part.bit() }, None, &mut sheet);
    let mut components = Vec::new();
    let mut coverage = 1.0;
    if is_health {
        let read = |metric: u16| sheet.get(metric);
        let mut scores = Scores::default();
        scores.renew(Part::ALL, view, account.master, &read);
        let found = health::health(view, account.master, &scores);
        coverage = found.as_ref().map_or(0.0, |health| health.coverage);
        components = found.map(|health| parts_of_health(&health)).unwrap_or_default();
        let mut last = Sheet::default();
        health::compute(view, account.master, &scores, &mut last);
        churn::compute(view, account.master, &read, &mut last);
        if metric.family.starts_with("churn") {
            coverage = churn::CONFIDENCE_MOST;
            components =
                churn::churn(view, account.master, &read).map(|churn| signs(&churn)).unwrap_or_default();
        }
        sheet = last;
    } else {
        components.extend(parts(view, metric));
    }
    let entry = sheet.entries.iter().find(|entry| usize::from(entry.metric) == place);
    let Entry { sample, value, .. } = entry.copied().unwrap_or(Entry { metric: 0, sample: 0, value: None });
    let evidence = evidence(view, metric.family, metric.window);
    let known = if value.is_some() { 1.0 } else { 0.0 };
    let enough = (f64::from(sample) / f64::from(metric.n_min.max(1))).min(1.0);
    // A sum or count of nothing is known for certain; a ratio of nothing is not.
    let enough = if metric.n_min <= 1 { 1.0 } else { enough };
    let provisional = is_health && coverage < health::COVERAGE_LEAST;
    Explanation {
        value,
        unit: metric.unit,
        window: metric.window,
        sample_size: sample,
        insufficient: provisional || (metric.n_min > 1 && sample < metric.n_min),
        confidence: (known * enough * coverage) as f32,
        observed_at: evidence.observed_at,
        formula: metric.formula,
        method: method(view, metric),
        evidence: evidence.latest,
        evidence_count: evidence.count,
        staleness: staleness(metric),
        components,
    }
}

fn method(view: &View<'_>, metric: &Metric) -> &'static str {
    if metric.family.starts_with("churn") {
        return "expert_rule";
    }
    if metric.family != "support_intensity" {
        return "computed";
    }
    let window = metric.window.unwrap_or(0);
    let deliveries = view.latest(FactKind::Delivered);
    let inside = deliveries.iter().filter(|fact| view.within(fact.day, window)).count();
    if inside < support::SHIPMENTS_LEAST { "computed, per 30 days" } else { "computed, per 100 deliveries" }
}

/// D§4.1: minutes until no longer fresh, until stale, until expired.
fn staleness(metric: &Metric) -> Staleness {
    const HOUR: u32 = 60;
    const DAY: u32 = 24 * HOUR;
    let class = |class, fresh_minutes, stale_minutes, expired_minutes| Staleness {
        class,
        fresh_minutes,
        stale_minutes,
        expired_minutes,
    };
    match metric.family {
        "nps" | "csat" | "ces" | "survey_responses" => class("surveys", 180 * DAY, 365 * DAY, 730 * DAY),
        _ => match metric.part {
            Part::Orders | Part::Service | Part::Quotes | Part::Health => class("orders", 15, DAY, 7 * DAY),
            Part::Support | Part::Issues => class("support", 15, DAY, 7 * DAY),
            Part::Revenue | Part::Payments => class("payments", DAY, 3 * DAY, 14 * DAY),
            Part::Engagement | Part::Contact => class("engagement", HOUR, DAY, 7 * DAY),
        },
    }
}

fn part(label: &'static str, value: Option<f64>, unit: &'static str) -> Component {
    Component { label, value, unit }
}

/// Parts worth seeing beside the value.
fn parts(view: &View<'_>, metric: &Metric) -> Vec<Component> {
    let window = metric.window.unwrap_or(0);
    match metric.family {
        family if family.contains("_trend") && window > 30 => trend_parts(view, family, window),
        "first_response_hours" | "resolution_hours" => {
            let inquiries = support::inquiries(view);
            let mut seconds = if metric.family == "first_response_hours" {
                support::first_replies(view, &inquiries, window)
            } else {
                support::resolutions(view, &inquiries, window)
            };
            let both = support::mean_and_p90(&mut seconds);
            vec![
                part("mean", both.map(|both| both.0), "business hours"),
                part("p90", both.map(|both| both.1), "business hours"),
            ]
        }
        "days_beyond_terms" | "paid_on_time" => {
            let sum = payments::behaviour(view, &payments::settle(view), window);
            vec![
                part("signed", sum.and_then(|sum| sum.dbt_signed()), "days"),
                part("on time by amount", sum.and_then(|sum| sum.on_time_amount()), "fraction"),
            ]
        }
        _ => Vec::new(),
    }
}

fn trend_parts(view: &View<'_>, family: &str, window: u16) -> Vec<Component> {
    let rows: Vec<(u16, i64)> = if family.starts_with("order") {
        orders::orders(view).iter().filter(|order| !order.cancelled).map(|order| (order.day, 1)).collect()
    } else {
        let bookings = revenue::bookings(view);
        bookings.iter().filter_map(|booking| booking.minor.map(|minor| (booking.day, minor))).collect()
    };
    let Some(first) = rows.iter().map(|row| row.0).min() else { return Vec::new() };
    let [short, long] = orders::TREND_WEEKS;
    let span = trend::weeks(view.today, first, if window == 90 { short } else { long });
    let Some(found) = trend::trend(&orders::weekly(rows.into_iter(), span)) else { return Vec::new() };
    vec![
        part("slope", Some(found.slope), "a week"),
        part("least squares", Some(found.ols), "a week"),
        part("S", Some(found.s as f64), "count"),
        part("Z", Some(found.z), "deviate"),
        part("p", Some(found.p), "probability"),
    ]
}

fn parts_of_health(health: &Health) -> Vec<Component> {
    let rows = COMPONENTS.iter().zip(&health.components);
    let mut parts: Vec<Component> =
        rows.map(|(row, found)| part(row.1, found.map(|found| found.0), "score 0–100")).collect();
    parts.push(part("coverage", Some(health.coverage), "fraction"));
    parts.push(part("before clamping", Some(f64::from(health.raw_milli) / 1_000.0), "points"));
    parts
}

fn signs(churn: &Churn) -> Vec<Component> {
    SIGNS.iter().zip(churn.terms).map(|(row, term)| part(row.1, Some(term), "log-odds")).collect()
}

fn churn_drivers(view: &View<'_>, churn: &Churn) -> Vec<Driver> {
    let rows = SIGNS.iter().zip(churn.contributions()).filter(|(_, contribution)| *contribution != 0);
    let driver =
        |(row, contribution_milli): (&(&'static str, &'static str, &'static [&'static str]), i32)| Driver {
            id: row.0,
            label: row.1,
            weight: 0,
            score: None,
            contribution_milli,
            metrics: row.2,
            evidence: behind(view, row.2),
        };
    rows.map(driver).collect()
}

fn drivers(view: &View<'_>, health: &Health) -> Vec<Driver> {
    let mut all = Vec::new();
    for (row, found) in COMPONENTS.iter().zip(&health.components) {
        let Some((score, contribution_milli)) = *found else { continue };
        all.push(Driver {
            id: row.0,
            label: row.1,
            weight: row.2,
            score: Some(score),
            contribution_milli,
            metrics: row.3,
            evidence: behind(view, row.3),
        });
    }
    for (row, contribution_milli) in MODIFIERS.iter().zip(health.modifiers) {
        if contribution_milli == 0 {
            continue;
        }
        let critical = || health::critical_claims(view).iter().map(|claim| claim.seq).take(20).collect();
        all.push(Driver {
            id: row.0,
            label: row.1,
            weight: 0,
            score: None,
            contribution_milli,
            metrics: row.3,
            evidence: if row.0 == "critical_claim" { critical() } else { behind(view, row.3) },
        });
    }
    all
}

/// The evidence of the first of some metrics that has any.
fn behind(view: &View<'_>, metrics: &[&str]) -> Vec<u32> {
    let known = metrics.iter().filter_map(|id| catalogue().get(metric_index(id)?));
    let found = known.map(|metric| evidence(view, metric.family, metric.window).latest);
    found.into_iter().find(|latest| !latest.is_empty()).unwrap_or_default()
}
