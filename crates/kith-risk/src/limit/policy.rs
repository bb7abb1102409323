//! What a company decides about limits: amounts by class, steps, the first limit.

use crate::class::RiskClass;

/// Amounts of one currency, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitPolicy {
    /// Most by class, A first.
    pub most_minor: [i64; 6],
    /// A first limit where nobody recommends one.
    pub first_minor: i64,
    /// The most of a first limit that somebody recommends.
    pub recommended_most_minor: i64,
    /// Minor units of one major unit.
    pub scale: i64,
}

/// Below each of these, in major units, limits move by so much.
const STEPS: [(i64, i64); 3] = [(10_000, 500), (100_000, 1_000), (1_000_000, 5_000)];
const LARGEST_STEP: i64 = 25_000;

impl LimitPolicy {
    /// The amounts of the reference, for a currency with so many minor units (100 for most).
    #[must_use]
    pub fn standard(minor_per_major: i64) -> Self {
        let scale = minor_per_major.max(1);
        let of = |major: i64| major.saturating_mul(scale);
        Self {
            most_minor: [of(2_000_000), of(750_000), of(250_000), of(50_000), of(10_000), 0],
            first_minor: of(5_000),
            recommended_most_minor: of(25_000),
            scale,
        }
    }

    /// The most that a class may have.
    #[must_use]
    pub fn most(&self, class: RiskClass) -> i64 {
        self.most_minor.get(class as usize).copied().unwrap_or(0)
    }

    fn step(&self, minor: i64) -> i64 {
        let major = STEPS.into_iter().find(|(below, _)| minor < below.saturating_mul(self.scale));
        major.map_or(LARGEST_STEP, |step| step.1).saturating_mul(self.scale)
    }

    /// Down to a whole step; nothing below nothing.
    #[must_use]
    pub fn floor_to_step(&self, minor: i64) -> i64 {
        let minor = minor.max(0);
        minor - minor % self.step(minor)
    }

    /// Up to a whole step.
    #[must_use]
    pub fn ceil_to_step(&self, minor: i64) -> i64 {
        let floor = self.floor_to_step(minor);
        if floor == minor.max(0) { floor } else { floor.saturating_add(self.step(minor)) }
    }
}
