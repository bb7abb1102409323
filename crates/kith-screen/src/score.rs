//! The score of a query against an entry, 0 to 1, with what made it.
//!
//! The name counts what lies beside one another ([`crate::align`]) against what does not: words that contradict (alone on
//! both sides) count several times, words that only one side has count little. Country, year and sort move the result by
//! fixed steps; the same identifier settles it.

use serde::Serialize;

use crate::align::{Alignment, align};
use crate::entry::Years;
use crate::kind::Kind;
use crate::name::Name;
use crate::screen::Query;

/// From here on a compliance hold is due at once.
pub const STRONG: f64 = 0.95;
/// From here on a person has to look.
pub const MATCH: f64 = 0.70;
/// Below this nothing is kept.
pub const KEPT: f64 = 0.50;

/// What words count that have no partner, each in weights of a linked word.
#[derive(Debug, Clone, Copy)]
pub struct Alone {
    /// Contradicting ones.
    pub conflict: f32,
    /// More of them on one side, where at least two core words agree.
    pub more: f32,
    /// The same, where only one does.
    pub more_single: f32,
}

/// In names of people.
pub const PERSON: Alone = Alone { conflict: 2.6, more: 0.27, more_single: 0.6 };
/// In other names.
pub const BODY: Alone = Alone { conflict: 2.0, more: 0.5, more_single: 0.6 };

/// What is left of a score where the legal forms differ.
const OTHER_FORM: f32 = 0.97;
/// What is left where the list itself calls the name weak.
const WEAK: f64 = 0.95;

/// Steps of country, year and sort.
mod step {
    pub(super) const COUNTRY: f64 = 0.05;
    pub(super) const OTHER_COUNTRY: f64 = -0.10;
    pub(super) const YEAR: f64 = 0.10;
    pub(super) const OTHER_YEAR: f64 = -0.20;
    pub(super) const OTHER_KIND: f64 = -0.10;
}

/// What made a score.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Features {
    /// Likeness of the names.
    pub name: f64,
    /// Step for the country.
    pub country: f64,
    /// Step for the year of birth or registration.
    pub birth_date: f64,
    /// Step for the sort of party.
    pub kind: f64,
    /// 1 if an identifier is the same.
    pub identifier: f64,
}

impl Features {
    /// The score.
    #[must_use]
    pub fn score(&self) -> f64 {
        if self.identifier > 0.0 {
            return 1.0;
        }
        (self.name + self.country + self.birth_date + self.kind).clamp(0.0, 1.0)
    }
}

/// Likeness of two names, 0 to 1.
#[must_use]
pub fn names(left: &Name, right: &Name) -> f64 {
    let alignment = align(left, right);
    let body = left.body || right.body;
    let mut score = of_alignment(&alignment, body);
    let differ = left.form.zip(right.form).is_some_and(|(left, right)| left != right);
    if body && differ {
        score *= OTHER_FORM;
    }
    f64::from(score)
}

fn of_alignment(alignment: &Alignment, body: bool) -> f32 {
    if !alignment.anchored {
        return 0.0;
    }
    let alone = if body { BODY } else { PERSON };
    let more = if alignment.cores < 2 { alone.more_single } else { alone.more };
    ratio(
        alignment.alike,
        alignment.linked,
        (alignment.left_alone, alignment.right_alone),
        alone.conflict,
        more,
    )
}

/// `alike / (linked + conflict · both alone + more · the rest)`.
#[must_use]
pub fn ratio(alike: f32, linked: f32, alone: (f32, f32), conflict: f32, more: f32) -> f32 {
    let both = alone.0.min(alone.1);
    let rest = alone.0.max(alone.1) - both;
    let against = linked + conflict * both + more * rest;
    if against > 0.0 { alike / against } else { 0.0 }
}

/// What is left of a name's likeness where the list calls the name weak.
#[must_use]
pub fn weakened(likeness: f64, weak: bool) -> f64 {
    if weak { likeness * WEAK } else { likeness }
}

/// Step for the country: nothing where either side does not tell.
#[must_use]
pub fn country(query: &[String], entry: &[String]) -> f64 {
    if query.is_empty() || entry.is_empty() {
        0.0
    } else if query.iter().any(|code| entry.contains(code)) {
        step::COUNTRY
    } else {
        step::OTHER_COUNTRY
    }
}

/// Step for the year of birth or registration: nothing where either side does not tell.
#[must_use]
pub fn year(query: Option<Years>, entry: &[Years]) -> f64 {
    match query {
        Some(query) if !entry.is_empty() => {
            if entry.iter().any(|years| years.meets(query)) {
                step::YEAR
            } else {
                step::OTHER_YEAR
            }
        }
        _ => 0.0,
    }
}

/// Step for the sort of party.
#[must_use]
pub fn kind(query: Kind, entry: Kind) -> f64 {
    if query.agrees(entry) { 0.0 } else { step::OTHER_KIND }
}

/// The most that the steps can add to a query's name.
#[must_use]
pub fn lift(query: &Query) -> f64 {
    let country = if query.countries.is_empty() { 0.0 } else { step::COUNTRY };
    country + if query.birth.is_some() { step::YEAR } else { 0.0 }
}

/// A score as it is shown and stored: four decimals, so that what is shown is what is compared.
#[must_use]
pub fn rounded(score: f64) -> f64 {
    const DECIMALS: f64 = 10_000.0;
    (score * DECIMALS).round() / DECIMALS
}

#[cfg(test)]
mod tests;
