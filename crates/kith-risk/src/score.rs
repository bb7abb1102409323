//! The risk score of an account, 0 to 100, high is good: what it did itself, blended with what others say (D§3.7).
//!
//! The more months of paid history there are, the more its own behaviour counts. Every part of the score is told in
//! thousandths of a point, and they add up to it exactly.

mod bureau;
mod card;
mod financials;

use serde::{Deserialize, Serialize};

pub use bureau::{Bureau, BureauScale, OutOfRange, of_probability};
pub use card::{Behaviour, Item};
pub use financials::{BOOKS_DAYS_MAX, Financials, Zone};

use crate::class::RiskClass;

#[cfg(test)]
mod tests;

/// Formula and version.
pub const FORMULA: &str = "risk_score@1";
/// What counts where nobody knows anything.
pub const NEUTRAL: f64 = 40.0;
/// At most this, where only others speak.
pub const EXTERNAL_MOST: f64 = 70.0;
/// Months of paid history at which own behaviour and the rest count the same.
const HALF_MONTHS: f64 = 12.0;
const BUREAU_WEIGHT: f64 = 0.7;
const FINANCIALS_WEIGHT: f64 = 0.3;

/// All that a score is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Evidence {
    /// How the customer pays.
    pub behaviour: Behaviour,
    /// Probability of bad by a scorecard that was trained, which then speaks in place of the expert card.
    pub by_scorecard: Option<f64>,
    /// Months in which it paid something.
    pub paid_months: u32,
    /// What a bureau says.
    pub bureau: Option<Bureau>,
    /// What its books say.
    pub financials: Option<Financials>,
    /// Insolvent, or truly on a sanctions list: class F whatever else is known.
    pub is_barred: bool,
}

/// One part of a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Driver {
    /// For example `days_beyond_terms`.
    pub id: String,
    /// For people.
    pub label: String,
    /// Thousandths of a point.
    pub milli: i64,
    /// The most that this part could have given, in thousandths of a point.
    pub most_milli: i64,
}

/// A score, and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Thousandths of a point, 0 to 100,000: the sum of the drivers.
    pub score_milli: i64,
    /// The class without any override.
    pub class: RiskClass,
    /// Score of the scorecard, or of the expert card where anything of it is known.
    pub internal: Option<f64>,
    /// Score of bureau and financials, where there are any that are not too old.
    pub external: Option<f64>,
    /// Share of own behaviour in the score.
    pub credibility: f64,
    /// The parts in a fixed order.
    pub drivers: Vec<Driver>,
}

impl Assessment {
    /// 0 to 100.
    #[must_use]
    pub fn score(&self) -> f64 {
        self.score_milli as f64 / 1_000.0
    }
}

/// Makes the score.
#[must_use]
pub fn assess(evidence: &Evidence) -> Assessment {
    let items = evidence.behaviour.items();
    let known: u32 = items.iter().filter_map(|item| item.points.map(|_| item.most)).sum();
    let credibility = if known == 0 && evidence.by_scorecard.is_none() {
        0.0
    } else {
        let months = f64::from(evidence.paid_months);
        months / (months + HALF_MONTHS)
    };
    let mut drivers = Vec::new();
    let internal = match evidence.by_scorecard {
        Some(probability) => {
            let score = of_probability(probability);
            drivers.push(driver("scorecard", "Scorecard", credibility * score, credibility * 100.0));
            Some(score)
        }
        None => expert(&items, known, credibility, &mut drivers),
    };
    let external = outside(evidence, 1.0 - credibility, &mut drivers);
    if credibility == 0.0 && external.is_some() {
        // Others alone never make a customer better than this.
        let sum: i64 = drivers.iter().map(|driver| driver.milli).sum();
        let over = sum - (EXTERNAL_MOST * 1_000.0) as i64;
        if over > 0 {
            drivers.push(Driver {
                milli: -over,
                ..driver("only_external", "No paid history of its own", 0.0, 0.0)
            });
        }
    }
    let score_milli: i64 = drivers.iter().map(|driver| driver.milli).sum::<i64>().clamp(0, 100_000);
    let class =
        if evidence.is_barred { RiskClass::F } else { RiskClass::of_score(score_milli as f64 / 1_000.0) };
    Assessment { score_milli, class, internal, external, credibility, drivers }
}

/// What the expert card says, of the lines that are known.
fn expert(items: &[Item], known: u32, credibility: f64, drivers: &mut Vec<Driver>) -> Option<f64> {
    let mut internal = 0.0;
    for (item, points) in items.iter().filter_map(|item| Some((item, item.points?))) {
        let per_point = 100.0 / f64::from(known);
        internal += per_point * f64::from(points);
        let share = credibility * per_point;
        drivers.push(driver(item.id, item.label, share * f64::from(points), share * f64::from(item.most)));
    }
    (known > 0).then_some(internal)
}

/// What others say, with the share that is left for it; the neutral value where nobody says anything.
fn outside(evidence: &Evidence, share: f64, drivers: &mut Vec<Driver>) -> Option<f64> {
    let bureau =
        evidence.bureau.and_then(|bureau| Some((bureau.score(), BUREAU_WEIGHT * bureau.freshness()?)));
    let financials = evidence.financials.and_then(|books| Some((books.score()?, FINANCIALS_WEIGHT)));
    let weight: f64 = bureau.iter().chain(&financials).map(|(_, weight)| weight).sum();
    if weight <= 0.0 {
        drivers.push(driver("neutral", "Nothing else is known", share * NEUTRAL, share * NEUTRAL));
        return None;
    }
    let parts = [("bureau", "Bureau score", bureau), ("financials", "Financials", financials)];
    let mut external = 0.0;
    for (id, label, part) in parts {
        let Some((score, part)) = part else { continue };
        let part = part / weight;
        external += part * score;
        drivers.push(driver(id, label, share * part * score, share * part * 100.0));
    }
    Some(external)
}

fn driver(id: &str, label: &str, points: f64, most: f64) -> Driver {
    let milli = |points: f64| (points * 1_000.0).round() as i64;
    Driver { id: id.to_owned(), label: label.to_owned(), milli: milli(points), most_milli: milli(most) }
}
