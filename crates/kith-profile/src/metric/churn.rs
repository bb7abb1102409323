//! Churn risk: the chance that a customer orders no more within the next 90 days (D§4.5), by the fixed rule that holds until
//! history has taught a better one.
//!
//! A logistic rule over signs that the profile knows. Tone of messages and champions that left are not measured yet, so they
//! add nothing.

use super::health::{CLAIM_DAYS, D90, D365, Read, number, silence};
use super::sheet::{Sheet, View};
use super::trend::DECLINING;
use super::{Name, Value};
use crate::fact::FactKind;
use crate::input::MasterInputs;

/// Log-odds of a customer of whom nothing speaks for or against.
const REST: f64 = -2.2;
/// Orders within a year below which nobody can tell.
const ORDERS_LEAST: f64 = 3.0;
/// Days before its end in which an agreement without a renewal counts.
const CONTRACT_DAYS: i32 = 60;
/// Lower ends of medium, high and critical.
const BANDS: [f64; 3] = [0.15, 0.35, 0.60];
/// How sure the rule is at most: it was not learned from this company's customers.
pub(crate) const CONFIDENCE_MOST: f64 = 0.5;

/// The signs in their order: id, label, what they are made of.
pub(crate) const SIGNS: [(&str, &str, &[&str]); 7] = [
    ("silence", "Silence", &["days_since_last_order", "order_gap_days_365d"]),
    ("decline", "Declining orders", &["order_trend_90d"]),
    ("service", "Late or incomplete deliveries", &["otif_90d"]),
    ("claims", "Open claims", &["claims_90d"]),
    ("competitor", "Competitor mentioned", &["competitor_mentions_90d"]),
    ("contract", "Agreement ends", &[]),
    ("engagement", "Engagement", &["engagement"]),
];

/// The risk and what each sign adds to its log-odds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Churn {
    pub(crate) terms: [f64; SIGNS.len()],
    pub(crate) risk: f64,
}

fn chance(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// What is told of a customer of whom nothing speaks for or against.
pub(crate) fn at_rest() -> f64 {
    chance(REST)
}

/// What the rule weighs.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Signs {
    /// Days since the last order by the usual gap.
    silence: Option<f64>,
    /// Relative slope of orders a week, where they decline.
    decline: Option<f64>,
    /// Deliveries on time and in full.
    otif: Option<f64>,
    open_claims: usize,
    competitor: bool,
    contract_ends: bool,
    engagement: Option<f64>,
}

impl Signs {
    fn weighed(&self) -> Churn {
        let terms = [
            0.9 * self.silence.map_or(0.0, |gaps| (gaps - 1.0).clamp(0.0, 3.0)),
            8.0 * self.decline.map_or(0.0, |trend| (-trend).max(0.0)),
            15.0 * self.otif.map_or(0.0, |otif| (0.95 - otif).max(0.0)),
            0.4 * self.open_claims.min(3) as f64,
            if self.competitor { 0.5 } else { 0.0 },
            if self.contract_ends { 0.5 } else { 0.0 },
            -0.02 * self.engagement.map_or(0.0, |score| score.min(100.0) - 50.0),
        ];
        Churn { terms, risk: chance(REST + terms.iter().sum::<f64>()) }
    }
}

/// The churn risk of an account, from its other metrics; `None` for one that ordered fewer than three times in a year.
pub(crate) fn churn(view: &View<'_>, master: MasterInputs, read: Read<'_>) -> Option<Churn> {
    number(read, Name::Orders, D365).filter(|orders| *orders >= ORDERS_LEAST)?;
    let declines = number(read, Name::OrderTrendLabel, D90) == Some(f64::from(DECLINING));
    let claims = view.latest(FactKind::Claim);
    let signs = Signs {
        silence: silence(read),
        decline: number(read, Name::OrderTrend, D90).filter(|_| declines),
        otif: number(read, Name::Otif, D90),
        open_claims: claims.iter().filter(|claim| view.within(claim.day, CLAIM_DAYS)).count(),
        competitor: number(read, Name::Competitors, D90).is_some_and(|count| count > 0.0),
        contract_ends: master
            .contract_ends
            .is_some_and(|day| (0..CONTRACT_DAYS).contains(&(i32::from(day) - i32::from(view.today)))),
        engagement: number(read, Name::Engagement, 0),
    };
    Some(signs.weighed())
}

impl Churn {
    /// Place in the words of the catalogue: low, medium, high, critical.
    fn band(&self) -> u16 {
        BANDS.iter().filter(|least| self.risk >= **least).count() as u16
    }

    /// What each sign adds to the risk, in thousandths of a per cent: in proportion to its log-odds, which is what it adds along the
    /// straight way from rest to here. They add up to the risk.
    pub(crate) fn contributions(&self) -> [i32; SIGNS.len()] {
        let milli = |share: f64| (share * 100_000.0).round() as i32;
        let all: f64 = self.terms.iter().sum();
        let mut parts = [0; SIGNS.len()];
        if all.abs() < f64::EPSILON {
            return parts;
        }
        let (mut sum, mut told) = (0.0, milli(at_rest()));
        for (part, term) in parts.iter_mut().zip(self.terms) {
            sum += term;
            let until = milli(at_rest() + (self.risk - at_rest()) * sum / all);
            *part = until - told;
            told = until;
        }
        parts
    }
}

/// Writes the risk and its band.
pub(crate) fn compute(view: &View<'_>, master: MasterInputs, read: Read<'_>, sheet: &mut Sheet) {
    let churn = churn(view, master, read);
    let orders = number(read, Name::Orders, D365).unwrap_or(0.0) as usize;
    sheet.number(Name::ChurnRisk, 0, orders, churn.map(|churn| churn.risk));
    sheet.put(Name::ChurnLabel, 0, orders, churn.map(|churn| Value::Label(churn.band())));
}

#[cfg(test)]
mod tests;
