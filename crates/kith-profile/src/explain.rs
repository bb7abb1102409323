//! What stands behind a value: sample, evidence, method, age, parts.

use crate::metric::Value;

/// How soon a value grows old without news from its source (D§4.1), as hours to stale and to expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staleness {
    /// For example `orders`.
    pub class: &'static str,
    /// Minutes until it is no longer fresh.
    pub fresh_minutes: u32,
    /// Minutes until it is stale.
    pub stale_minutes: u32,
    /// Minutes until it is expired.
    pub expired_minutes: u32,
}

/// A part of a value, for example `p90` of a response time or a component of health.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// What it is.
    pub label: &'static str,
    /// Its value, if known.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: &'static str,
}

/// Why health is what it is: `50 + Σ contribution` over all drivers is the health before it is clamped to
/// 0–100, exactly.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// The component or modifier, for example `service_quality`.
    pub id: &'static str,
    /// For people.
    pub label: &'static str,
    /// Weight of the component, 0 for a modifier.
    pub weight: u8,
    /// Score 0–100 of the component; `None` for a modifier.
    pub score: Option<f64>,
    /// What it adds, in thousandths of a point.
    pub contribution_milli: i32,
    /// The metrics that it was made of.
    pub metrics: &'static [&'static str],
    /// Latest log positions behind it, at most 20.
    pub evidence: Vec<u32>,
}

impl Driver {
    /// What it adds, in points.
    #[must_use]
    pub fn contribution(&self) -> f64 {
        f64::from(self.contribution_milli) / 1_000.0
    }
}

/// A value with all that D§4.1 asks of it, but what only the caller knows (watermarks, time of computation).
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The value; `None` when there is nothing to compute it from, or a rate is missing.
    pub value: Option<Value>,
    /// Unit, for example `fraction`.
    pub unit: &'static str,
    /// Days of the window.
    pub window: Option<u16>,
    /// How many orders, invoices, answers … it rests on.
    pub sample_size: u32,
    /// Whether that is fewer than the metric asks for.
    pub insufficient: bool,
    /// 0–1: min(1, n / n_min) × coverage.
    pub confidence: f32,
    /// Time of the latest touchpoint behind it, in milliseconds.
    pub observed_at: Option<u64>,
    /// Formula and version.
    pub formula: &'static str,
    /// `computed`, or `computed, per month` where a fallback was taken.
    pub method: &'static str,
    /// Log positions of the latest touchpoints behind it, latest first, at most 20.
    pub evidence: Vec<u32>,
    /// How many touchpoints are behind it in all.
    pub evidence_count: u32,
    /// How fast it ages.
    pub staleness: Staleness,
    /// Parts worth seeing (mean and p90 of a median, p of a trend, components of health).
    pub components: Vec<Component>,
}
