//! Relationship health 0–100 (D§4.6): components by piecewise-linear anchors, modifiers, drivers that add up.
//!
//! Anchors marked [P] are chosen here, where the reference gives none.

use super::sheet::{Sheet, View, reference};
use super::trend::DECLINING;
use super::{Name, Part, Value};
use crate::fact::{Fact, FactKind};
use crate::input::MasterInputs;
use crate::touchpoint::Severity;

/// Piecewise-linear: points of (value, score) with rising values.
type Anchors = &'static [(f64, f64)];

const TREND: Anchors = &[(-0.05, 0.0), (0.0, 60.0), (0.03, 100.0)];
/// [P] Days since the last order by the median gap: twice the gap is late, six times is gone.
const RECENCY: Anchors = &[(1.5, 100.0), (2.0, 60.0), (3.0, 30.0), (6.0, 0.0)];
const OTIF: Anchors = &[(0.8, 0.0), (0.9, 50.0), (0.98, 100.0)];
/// [P] Shipments with a grave exception.
const EXCEPTIONS: Anchors = &[(0.0, 100.0), (0.05, 60.0), (0.2, 0.0)];
/// [P] Claims per delivery.
const CLAIMS: Anchors = &[(0.0, 100.0), (0.02, 50.0), (0.1, 0.0)];
const FIRST_RESPONSE: Anchors = &[(1.0, 100.0), (4.0, 60.0), (16.0, 0.0)];
/// [P] Business hours to a resolution: P3 is due in 24.
const RESOLUTION: Anchors = &[(4.0, 100.0), (24.0, 60.0), (60.0, 0.0)];
/// [P] Share of inquiries that are complaints.
const COMPLAINTS: Anchors = &[(0.0, 100.0), (0.2, 50.0), (0.5, 0.0)];
const BEYOND_TERMS: Anchors = &[(0.0, 100.0), (10.0, 50.0), (30.0, 0.0)];
/// [P] Decayed engagement: one order a week is about 31.
const ENGAGEMENT: Anchors = &[(0.0, 0.0), (8.0, 50.0), (30.0, 100.0)];
/// [P] Days since the last contact.
const CONTACT: Anchors = &[(7.0, 100.0), (30.0, 60.0), (90.0, 0.0)];
const NPS: Anchors = &[(-50.0, 0.0), (0.0, 50.0), (50.0, 100.0)];
/// [P] Share of satisfied answers; the seed asks for 90 %.
const CSAT: Anchors = &[(0.5, 0.0), (0.75, 50.0), (0.95, 100.0)];
/// [P] Mean ease.
const CES: Anchors = &[(3.0, 0.0), (5.0, 50.0), (6.5, 100.0)];
/// [P] Quotes won.
const WIN_RATE: Anchors = &[(0.1, 0.0), (0.3, 50.0), (0.6, 100.0)];
/// [P] Hours until a quote is sent.
const QUOTE_RESPONSE: Anchors = &[(2.0, 100.0), (8.0, 60.0), (48.0, 0.0)];
/// [P] Days until the last running agreement ends.
const CONTRACT: Anchors = &[(0.0, 0.0), (30.0, 40.0), (90.0, 100.0)];

/// The components in their order: id, label, weight, what they are made of.
pub(crate) const COMPONENTS: [(&str, &str, u8, &[&str]); 8] = [
    (
        "order_momentum",
        "Order momentum",
        20,
        &["order_trend_90d", "days_since_last_order", "order_gap_days_365d"],
    ),
    ("service_quality", "Service quality", 20, &["otif_90d", "exception_rate_90d", "claim_ratio_90d"]),
    ("support", "Support", 15, &["first_response_hours_90d", "resolution_hours_90d", "complaints_90d"]),
    ("payment", "Payment", 10, &["days_beyond_terms_365d"]),
    ("engagement", "Engagement", 15, &["engagement", "days_since_contact"]),
    ("satisfaction", "Satisfaction", 10, &["nps_365d", "csat_365d", "ces_365d"]),
    ("commercial", "Commercial responsiveness", 5, &["win_rate_365d", "quote_response_hours_365d"]),
    ("contract", "Contract", 5, &[]),
];

/// The modifiers in their order: id, label, thousandths of a point.
pub(crate) const MODIFIERS: [(&str, &str, i32, &[&str]); 3] = [
    ("critical_claim", "Open critical claim", -5_000, &["claims_90d"]),
    ("credit_hold", "Credit hold", -10_000, &[]),
    ("competitor", "Competitor mentioned", -3_000, &["competitor_mentions_90d"]),
];

/// All modifiers together take at most this (the three of today cannot reach it).
const MODIFIERS_FLOOR: i32 = -20_000;
/// Days for which a claim counts as open: it must be paid or declined within 120 (49 CFR 370).
pub(super) const CLAIM_DAYS: u16 = 120;
/// Share of the weight below which health is provisional.
pub(crate) const COVERAGE_LEAST: f64 = 0.5;

/// Health and all it is made of. `raw_milli` = 50,000 + Σ contributions + Σ modifiers, exactly.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Health {
    /// Score and contribution (thousandths of a point) of each component that is available.
    pub(crate) components: [Option<(f64, i32)>; 8],
    /// What each modifier takes, 0 when it does not apply.
    pub(crate) modifiers: [i32; 3],
    pub(crate) raw_milli: i32,
    pub(crate) coverage: f64,
}

fn score(x: f64, anchors: Anchors) -> f64 {
    let mut below: Option<(f64, f64)> = None;
    for (at, y) in anchors {
        if x <= *at {
            return match below {
                Some((low, from)) => from + (y - from) * (x - low) / (at - low),
                None => *y,
            };
        }
        below = Some((*at, *y));
    }
    below.map_or(0.0, |last| last.1)
}

/// Mean of the available, in order.
fn mean<const N: usize>(scores: [Option<f64>; N]) -> Option<f64> {
    let known = scores.iter().flatten();
    let count = known.clone().count();
    (count > 0).then(|| known.sum::<f64>() / count as f64)
}

/// Places of the windows in a family.
pub(super) const D90: u16 = 1;
pub(super) const D365: u16 = 2;

/// Reads values of the account by the place of their metric.
pub(crate) type Read<'a> = &'a dyn Fn(u16) -> Option<Value>;

pub(super) fn number(read: Read<'_>, name: Name, window: u16) -> Option<f64> {
    match read(name.first() + window)? {
        Value::Number(value) => Some(f64::from(value)),
        Value::Label(value) => Some(f64::from(value)),
        Value::Money(_) | Value::Date(_) => None,
    }
}

/// Scores of the components and whether a competitor was mentioned, kept with the account: only those whose
/// metrics changed are read from the columns again. NaN where not available.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scores {
    components: [f32; 8],
    mentioned: bool,
    /// Whether they were ever made.
    made: bool,
}

impl Default for Scores {
    fn default() -> Self {
        Self { components: [f32::NAN; 8], mentioned: false, made: false }
    }
}

/// Parts that each component is made of; the contract is made of the master inputs and the day.
const SOURCES: [&[Part]; 8] = [
    &[Part::Orders],
    &[Part::Service],
    &[Part::Support],
    &[Part::Payments],
    &[Part::Contact],
    &[Part::Engagement],
    &[Part::Quotes],
    &[Part::Health],
];

impl Scores {
    /// Makes the scores of the parts that changed.
    pub(crate) fn renew(&mut self, parts: u16, view: &View<'_>, master: MasterInputs, read: Read<'_>) {
        let parts = if self.made { parts } else { Part::ALL };
        self.made = true;
        for (place, (slot, sources)) in self.components.iter_mut().zip(SOURCES).enumerate() {
            if sources.iter().any(|part| parts & part.bit() != 0) {
                *slot = component(place, view, master, read).map_or(f32::NAN, |score| score as f32);
            }
        }
        if parts & Part::Engagement.bit() != 0 {
            self.mentioned = number(read, Name::Competitors, 1).is_some_and(|count| count > 0.0);
        }
    }
}

fn component(place: usize, view: &View<'_>, master: MasterInputs, read: Read<'_>) -> Option<f64> {
    let of =
        |name: Name, window: u16, anchors: Anchors| number(read, name, window).map(|x| score(x, anchors));
    match place {
        0 => momentum(read),
        1 => mean([
            of(Name::Otif, D90, OTIF),
            of(Name::ExceptionRate, D90, EXCEPTIONS),
            of(Name::ClaimRatio, D90, CLAIMS),
        ]),
        2 => {
            let inquiries = number(read, Name::Inquiries, D90).filter(|count| *count > 0.0);
            let complaints = number(read, Name::Complaints, D90);
            let share =
                inquiries.zip(complaints).map(|(all, complaints)| score(complaints / all, COMPLAINTS));
            mean([of(Name::FirstResponse, D90, FIRST_RESPONSE), of(Name::Resolution, D90, RESOLUTION), share])
        }
        3 => of(Name::BeyondTerms, D365, BEYOND_TERMS),
        4 => {
            let contact = of(Name::DaysSinceContact, 0, CONTACT);
            mean([contact.and_then(|_| of(Name::Engagement, 0, ENGAGEMENT)), contact])
        }
        5 => mean([of(Name::Nps, D365, NPS), of(Name::Csat, D365, CSAT), of(Name::Ces, D365, CES)]),
        6 => mean([of(Name::WinRate, D365, WIN_RATE), of(Name::QuoteResponse, D365, QUOTE_RESPONSE)]),
        _ => master.contract_ends.map(|day| score(f64::from(day) - f64::from(view.today), CONTRACT)),
    }
}

/// Days since the last order by the median gap. [P] Who orders daily is not late after two days: gaps count as a week at least.
pub(super) fn silence(read: Read<'_>) -> Option<f64> {
    let gap = number(read, Name::OrderGap, D365)?.max(7.0);
    number(read, Name::DaysSinceLastOrder, 0).map(|since| since / gap)
}

fn momentum(read: Read<'_>) -> Option<f64> {
    let label = number(read, Name::OrderTrendLabel, D90);
    let trend = number(read, Name::OrderTrend, D90).map(|trend| score(trend, TREND));
    // Steady, then silence: the slope is 0, yet the label says declining. [P] The trend then earns at most 30.
    let trend = if label == Some(f64::from(DECLINING)) { trend.map(|trend| trend.min(30.0)) } else { trend };
    let recency = silence(read).map(|gaps| score(gaps, RECENCY));
    match (trend, recency) {
        (Some(trend), Some(recency)) => Some(trend.min(recency)),
        (one, other) => one.or(other),
    }
}

/// Claims of the last 120 days that are critical: for loss, or for an order with a critical exception.
pub(crate) fn critical_claims<'a>(view: &View<'a>) -> Vec<&'a Fact> {
    let mut claims = view.latest(FactKind::Claim);
    if claims.is_empty() {
        return claims;
    }
    let mut hit: Vec<&Fact> = view.latest(FactKind::Exception);
    hit.retain(|fact| fact.aux != 0 && fact.flags == Severity::Critical as u8);
    hit.sort_unstable_by_key(|fact| reference(fact));
    let critical = |order: u64| hit.binary_search_by_key(&order, |fact| reference(fact)).is_ok();
    claims.retain(|claim| {
        let grave = claim.flags & Fact::CRITICAL != 0 || (claim.aux != 0 && critical(reference(claim)));
        grave && view.within(claim.day, CLAIM_DAYS)
    });
    claims
}

/// The health of an account, from its other metrics; `None` when no component is available.
pub(crate) fn health(view: &View<'_>, master: MasterInputs, known: &Scores) -> Option<Health> {
    let scores = known.components.map(|score| (!score.is_nan()).then_some(f64::from(score)));
    let rows = || scores.iter().zip(COMPONENTS).filter_map(|(score, row)| score.map(|_| f64::from(row.2)));
    let weight: f64 = rows().sum();
    if weight <= 0.0 {
        return None;
    }
    let mut components = [None; 8];
    let mut raw_milli = 50_000;
    for ((slot, score), row) in components.iter_mut().zip(scores).zip(COMPONENTS) {
        let Some(score) = score else { continue };
        let milli = (f64::from(row.2) * (score - 50.0) / weight * 1_000.0).round() as i32;
        raw_milli += milli;
        *slot = Some((score, milli));
    }
    let applies = [!critical_claims(view).is_empty(), master.credit_hold, known.mentioned];
    let mut modifiers = [0; 3];
    let mut room = MODIFIERS_FLOOR;
    for ((slot, applies), row) in modifiers.iter_mut().zip(applies).zip(MODIFIERS) {
        if applies {
            *slot = row.2.max(room);
            room -= *slot;
            raw_milli += *slot;
        }
    }
    Some(Health { components, modifiers, raw_milli, coverage: weight / 100.0 })
}

impl Health {
    /// 0–100.
    pub(crate) fn value(&self) -> f64 {
        f64::from(self.raw_milli.clamp(0, 100_000)) / 1_000.0
    }

    /// Place in the words of the catalogue: critical, at risk, watch, healthy.
    fn band(&self) -> u16 {
        match self.raw_milli {
            ..30_000 => 0,
            30_000..50_000 => 1,
            50_000..75_000 => 2,
            75_000.. => 3,
        }
    }
}

/// Writes health, its coverage and its band.
pub(crate) fn compute(view: &View<'_>, master: MasterInputs, known: &Scores, sheet: &mut Sheet) {
    let health = health(view, master, known);
    let available = health.as_ref().map_or(0, |health| health.components.iter().flatten().count());
    sheet.number(Name::Health, 0, available, health.as_ref().map(Health::value));
    let coverage = health.as_ref().map_or(0.0, |health| health.coverage);
    sheet.number(Name::HealthCoverage, 0, available, Some(coverage));
    sheet.put(Name::HealthLabel, 0, available, health.as_ref().map(|health| Value::Label(health.band())));
}

#[cfg(test)]
mod tests;
