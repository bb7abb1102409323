//! The state of what is known of an account's risk.

use jiff::Timestamp;
use jiff::civil::Date;
use kith_risk::RiskClass;
use serde::{Deserialize, Serialize};

use super::{Books, BureauReport, Event};
use crate::value::{Personal, UserId};

/// A person's word about the class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassOverride {
    /// 1 is worse, −1 better.
    pub notches: i8,
    /// Why.
    pub reason: Personal<String>,
    /// Who asked for it.
    pub by: Option<UserId>,
    /// Since when.
    pub set_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Reports that are kept beside the latest one.
const EARLIER_MAX: usize = 24;
/// Days for which an earlier report is compared with: a bureau's word is old after that (D§3.7).
const COMPARED_DAYS: i32 = 180;
/// Classes by which a fall is grave (D§3.3).
const GRAVE_NOTCHES: i8 = 2;

/// That a bureau thinks much worse of a company than it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BureauFall {
    /// The class of its best report of the last 180 days.
    pub from: RiskClass,
    /// The class of its latest report.
    pub to: RiskClass,
}

impl BureauFall {
    /// By how many classes.
    #[must_use]
    pub fn notches(&self) -> u32 {
        u32::from(self.to.notches_below(self.from).unsigned_abs())
    }
}

/// What is known of an account's credit risk beside its own behaviour.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Risk {
    /// A bureau's word.
    pub bureau: Option<BureauReport>,
    /// When it was recorded.
    pub bureau_at: Option<Timestamp>,
    /// What bureaus said before, the oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<BureauReport>,
    /// Its books.
    pub books: Option<Books>,
    /// When they were recorded.
    pub books_at: Option<Timestamp>,
    /// A person's word.
    pub class_override: Option<ClassOverride>,
}

impl Risk {
    /// By how many notches the class is moved at a moment: 1 is worse.
    #[must_use]
    pub fn notches(&self, now: Timestamp) -> i8 {
        let stands = self.class_override.as_ref().filter(|moved| moved.expires_at > now);
        stands.map_or(0, |moved| moved.notches)
    }

    /// What a bureau said last up to a day.
    #[must_use]
    pub fn bureau_on(&self, day: Date) -> Option<&BureauReport> {
        let known = self.earlier.iter().chain(&self.bureau).filter(|report| report.reported_on <= day);
        known.max_by_key(|report| report.reported_on)
    }

    /// Whether the latest report is at least two classes below the best one of the 180 days up to a day.
    #[must_use]
    pub fn bureau_fall(&self, day: Date) -> Option<BureauFall> {
        let class = |report: &BureauReport| {
            let score = report.scale.score(report.value_millionths as f64 / 1e6).ok()?;
            Some(RiskClass::of_score(score))
        };
        let to = class(self.bureau.as_ref()?)?;
        let since = day.saturating_sub(jiff::Span::new().days(COMPARED_DAYS));
        let young = self.earlier.iter().filter(|report| report.reported_on >= since);
        let from = young.filter_map(class).min()?;
        (to.notches_below(from) >= GRAVE_NOTCHES).then_some(BureauFall { from, to })
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::BureauRecorded { report, at } => {
                self.earlier.extend(self.bureau.replace((**report).clone()));
                let over = self.earlier.len().saturating_sub(EARLIER_MAX);
                self.earlier.drain(..over);
                self.bureau_at = Some(*at);
            }
            Event::BooksRecorded { books, at } => {
                self.books = Some((**books).clone());
                self.books_at = Some(*at);
            }
            Event::ClassOverridden { to, .. } => self.class_override.clone_from(to),
        }
    }
}
