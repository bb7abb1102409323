//! Spending that is not like the customer (D§3.8): detectors, each with its statistic, and how they are put together.
//!
//! A detector never sees the order that it judges among what it compares it with, and what it says does not depend
//! on the order in which it is told of the past.

mod amount;
mod bust_out;
mod combine;
mod frequency;
mod mix;
mod place;
mod spend;
mod tune;
mod velocity;

use serde::{Deserialize, Serialize};

pub use amount::{Peer, robust_z};
pub use bust_out::Utilisation;
pub use combine::{Verdict, combine};
pub use frequency::poisson_tail;
pub use mix::divergence;
pub use place::ShipTo;
pub use spend::Ewma;
pub use tune::{Labelled, PRECISION_LEAST, Tuning, tune};

#[cfg(test)]
mod tests;

/// How grave something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Low,
    /// Worth a look: orders go on with a warning.
    Medium,
    /// Worth a stop: orders are held.
    High,
}

impl Severity {
    /// All, the least first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// One step up.
    #[must_use]
    pub const fn raised(self) -> Self {
        match self {
            Self::Low => Self::Medium,
            Self::Medium | Self::High => Self::High,
        }
    }

    /// The severity's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What looks at an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detector {
    /// The amount of the order.
    Amount,
    /// The spending of the day.
    DailySpend,
    /// How soon it follows.
    Frequency,
    /// Sum or count in an hour, a day, a week.
    Velocity,
    /// An address never shipped to before.
    NewShipTo,
    /// A contact, bank or e-mail domain changed just before.
    ChangedParty,
    /// Unusual hours, place or device.
    Access,
    /// Much more of the limit used while payments slow.
    BustOut,
    /// Other goods or lanes than usual.
    Mix,
}

/// What detectors look at: two medium signals of one family are one sign, not two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// How much.
    Spending,
    /// How often and how fast.
    Pace,
    /// Where to, who, how.
    Identity,
    /// How it is paid.
    Credit,
    /// What.
    Content,
}

impl Detector {
    /// Its family.
    #[must_use]
    pub const fn family(self) -> Family {
        match self {
            Self::Amount | Self::DailySpend => Family::Spending,
            Self::Frequency | Self::Velocity => Family::Pace,
            Self::NewShipTo | Self::ChangedParty | Self::Access => Family::Identity,
            Self::BustOut => Family::Credit,
            Self::Mix => Family::Content,
        }
    }

    /// The detector's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::DailySpend => "daily_spend",
            Self::Frequency => "frequency",
            Self::Velocity => "velocity",
            Self::NewShipTo => "new_ship_to",
            Self::ChangedParty => "changed_party",
            Self::Access => "access",
            Self::BustOut => "bust_out",
            Self::Mix => "mix",
        }
    }
}

/// From where on a statistic is grave.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Threshold {
    /// Above this it is medium.
    pub medium: f64,
    /// Above this it is high.
    pub high: f64,
}

impl Threshold {
    /// The severity of a statistic where more is graver.
    #[must_use]
    pub fn severity(self, statistic: f64) -> Option<Severity> {
        if statistic > self.high {
            Some(Severity::High)
        } else if statistic > self.medium {
            Some(Severity::Medium)
        } else {
            None
        }
    }

    /// The threshold so many times as far away.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { medium: self.medium * factor, high: self.high * factor }
    }
}

/// What a detector found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// Who says so.
    pub detector: Detector,
    /// How grave it is.
    pub severity: Severity,
    /// What was measured. For probabilities: its negative decimal logarithm, so that more is graver.
    pub statistic: f64,
    /// From where on it is grave.
    pub threshold: Threshold,
    /// For people: the statistic, what it was compared with, and the threshold.
    pub text: String,
}

impl Signal {
    /// The chance that it means something, for ranking: half at the medium threshold, nine tenths at the high one.
    #[must_use]
    pub fn chance(&self) -> f64 {
        let Threshold { medium, high } = self.threshold;
        let part =
            |from: f64, to: f64| ((self.statistic - from) / (to - from).max(f64::EPSILON)).clamp(0.0, 1.0);
        match self.severity {
            Severity::Low => 0.1 + 0.4 * part(0.0, medium),
            Severity::Medium => 0.5 + 0.4 * part(medium, high),
            Severity::High => 0.9 + 0.09 * part(high, 2.0 * high),
        }
    }
}

/// One order of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    /// Seconds of the world's clock.
    pub at: i64,
    /// Minor units.
    pub minor: i64,
}

const DAY: i64 = 86_400;

/// How much farther thresholds are than the standard ones, by detector; from outcomes ([`tune`]).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    factors: std::collections::BTreeMap<Detector, f64>,
}

impl Thresholds {
    /// Sets the factor of a detector; less than 1 is 1.
    pub fn set(&mut self, detector: Detector, factor: f64) {
        self.factors.insert(detector, factor.max(1.0));
    }

    /// The threshold of a detector.
    #[must_use]
    pub fn of(&self, detector: Detector) -> Threshold {
        let standard = match detector {
            Detector::Amount => Threshold { medium: 3.5, high: 6.0 },
            Detector::DailySpend => Threshold { medium: 3.0, high: 5.0 },
            Detector::Frequency => Threshold { medium: 2.0, high: 3.0 },
            Detector::Velocity => Threshold { medium: 1.5, high: 3.0 },
            Detector::BustOut => Threshold { medium: 0.40, high: 0.40 },
            Detector::Mix => Threshold { medium: 0.4, high: 0.6 },
            Detector::NewShipTo | Detector::ChangedParty | Detector::Access => {
                Threshold { medium: 1.0, high: 2.0 }
            }
        };
        standard.times(self.factors.get(&detector).copied().unwrap_or(1.0))
    }
}

/// An order and all that it is compared with.
#[derive(Debug, Clone, Default)]
pub struct Case {
    /// When the order was placed, seconds of the world's clock.
    pub at: i64,
    /// Its amount.
    pub minor: i64,
    /// Orders of the past 400 days, this one excluded, in any order.
    pub history: Vec<Order>,
    /// What customers like it order, for one with little history.
    pub peer: Option<Peer>,
    /// Where it goes, if that is known.
    pub ship_to: Option<ShipTo>,
    /// How many of contact, bank and e-mail domain changed within seven days before.
    pub changed_parties: u32,
    /// Whether hours, place or device are unusual.
    pub unusual_access: bool,
    /// How its limit is used.
    pub utilisation: Option<Utilisation>,
    /// Shares of goods or lanes: this order, and the last 180 days, by the same keys.
    pub mix: Option<(Vec<f64>, Vec<f64>)>,
    /// How much farther thresholds are.
    pub thresholds: Thresholds,
}

/// Judges an order.
#[must_use]
pub fn judge(case: &Case) -> Verdict {
    let mut past: Vec<Order> =
        case.history.iter().copied().filter(|order| order.at <= case.at && order.minor > 0).collect();
    past.sort_unstable();
    let amount = amount::signal(case, &past);
    let is_large = amount.as_ref().is_some_and(|signal| signal.severity >= Severity::Medium);
    let signals = [
        amount,
        spend::signal(case, &past),
        frequency::signal(case, &past),
        velocity::signal(case, &past),
        place::ship_to(case, is_large),
        place::changed_party(case),
        place::access(case),
        bust_out::signal(case),
        mix::signal(case),
    ];
    combine(signals.into_iter().flatten().collect())
}
