//! What credit bureaus say, brought to one scale of 0 to 100.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Older than this, a bureau's word counts half.
const STALE_DAYS: u32 = 180;
/// Older than this, it counts nothing.
const EXPIRED_DAYS: u32 = 365;
/// Probability of default at which nothing is left of the score.
const WORST_PROBABILITY: f64 = 0.20;

/// The scale that a bureau uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BureauScale {
    /// 0 to 100, share of companies that are worse.
    Percentile,
    /// 1 to 100, 80 is prompt.
    Paydex,
    /// 1 (best) to 5.
    FailureClass,
    /// Probability of default within a year, 0 to 1.
    DefaultProbability,
}

/// A value that does not lie on its scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange {
    /// What would lie on it.
    pub wanted: &'static str,
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The value must be {}.", self.wanted)
    }
}

impl BureauScale {
    /// All scales.
    pub const ALL: [Self; 4] = [Self::Percentile, Self::Paydex, Self::FailureClass, Self::DefaultProbability];

    /// The scale's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Percentile => "percentile",
            Self::Paydex => "paydex",
            Self::FailureClass => "failure_class",
            Self::DefaultProbability => "default_probability",
        }
    }

    /// A value of this scale as a score of 0 to 100.
    ///
    /// # Errors
    /// The value does not lie on the scale.
    pub fn score(self, value: f64) -> Result<f64, OutOfRange> {
        let within = |least: f64, most: f64, wanted| {
            if (least..=most).contains(&value) { Ok(value) } else { Err(OutOfRange { wanted }) }
        };
        match self {
            Self::Percentile => within(0.0, 100.0, "a number from 0 to 100"),
            Self::Paydex => within(1.0, 100.0, "a number from 1 to 100"),
            Self::FailureClass => match value {
                1.0 => Ok(90.0),
                2.0 => Ok(72.0),
                3.0 => Ok(54.0),
                4.0 => Ok(36.0),
                5.0 => Ok(15.0),
                _ => Err(OutOfRange { wanted: "a whole number from 1 to 5" }),
            },
            Self::DefaultProbability => {
                let probability = within(0.0, 1.0, "a number from 0 to 1")?;
                Ok(of_probability(probability))
            }
        }
    }
}

/// The score of a probability of default: 0 is 100 points, a fifth and more is none.
#[must_use]
pub fn of_probability(probability: f64) -> f64 {
    100.0 * (1.0 - (probability / WORST_PROBABILITY).clamp(0.0, 1.0))
}

/// A bureau's word about a company.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bureau {
    score: f64,
    age_days: u32,
}

impl Bureau {
    /// A value on a scale, and how old it is.
    ///
    /// # Errors
    /// The value does not lie on the scale.
    pub fn new(scale: BureauScale, value: f64, age_days: u32) -> Result<Self, OutOfRange> {
        Ok(Self { score: scale.score(value)?, age_days })
    }

    /// 0 to 100.
    #[must_use]
    pub fn score(&self) -> f64 {
        self.score
    }

    /// How much of its weight is left; `None` when it is too old to count.
    #[must_use]
    pub fn freshness(&self) -> Option<f64> {
        if self.age_days > EXPIRED_DAYS {
            None
        } else if self.age_days > STALE_DAYS {
            Some(0.5)
        } else {
            Some(1.0)
        }
    }
}
