//! The six classes of credit risk.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A class of credit risk: A is the best, F gets no credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RiskClass {
    /// 80 points and more.
    A,
    /// 65 points and more.
    B,
    /// 50 points and more.
    C,
    /// 35 points and more.
    D,
    /// 20 points and more.
    E,
    /// Less than 20 points, insolvent, or on a sanctions list.
    F,
}

impl RiskClass {
    /// All classes, the best first.
    pub const ALL: [Self; 6] = [Self::A, Self::B, Self::C, Self::D, Self::E, Self::F];

    /// The class of a score of 0 to 100, high is good. Not a number is the worst.
    #[must_use]
    pub fn of_score(score: f64) -> Self {
        Self::ALL.into_iter().find(|class| score >= class.score_least()).unwrap_or(Self::F)
    }

    /// The least score of the class.
    #[must_use]
    pub const fn score_least(self) -> f64 {
        match self {
            Self::A => 80.0,
            Self::B => 65.0,
            Self::C => 50.0,
            Self::D => 35.0,
            Self::E => 20.0,
            Self::F => 0.0,
        }
    }

    /// The class so many notches away: positive is worse. A stays A, F stays F at the ends.
    #[must_use]
    pub fn moved(self, notches: i8) -> Self {
        let at = (self as i8).saturating_add(notches).clamp(0, Self::F as i8);
        Self::ALL.get(usize::from(at.unsigned_abs())).copied().unwrap_or(Self::F)
    }

    /// How many notches worse this class is than another; negative is better.
    #[must_use]
    pub fn notches_below(self, other: Self) -> i8 {
        self as i8 - other as i8
    }

    /// The letter of the class.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::B => 'B',
            Self::C => 'C',
            Self::D => 'D',
            Self::E => 'E',
            Self::F => 'F',
        }
    }

    /// The class as a text of one letter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
            Self::F => "F",
        }
    }
}

impl fmt::Display for RiskClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text that names no class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownClass;

impl fmt::Display for UnknownClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A risk class is one of A, B, C, D, E, F.")
    }
}

impl FromStr for RiskClass {
    type Err = UnknownClass;

    fn from_str(text: &str) -> Result<Self, UnknownClass> {
        Self::ALL.into_iter().find(|class| class.as_str() == text).ok_or(UnknownClass)
    }
}

#[cfg(test)]
mod tests;
