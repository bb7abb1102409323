//! A hit of an account on an entry of a list. STORED FORMAT: events gain variants and members, never change.

mod decide;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::approval::Operation;
use crate::context::Actor;
use crate::value::{AccountId, Personal, UserId};

/// A score of 1.
pub const WHOLE: u16 = 10_000;
/// From here on a person has to look; below, the hit is only recorded.
pub const OPEN_FROM: u16 = 7_000;
/// From here on a compliance hold is due at once.
pub const STRONG_FROM: u16 = 9_500;
/// Business days within which a true match is reported.
const REPORT_DAYS: u8 = 10;

/// What a party is to the account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyRole {
    /// The customer itself.
    #[default]
    Account,
    /// A contact.
    Contact,
    /// An owner, or somebody in control.
    Owner,
}

/// Who was screened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// What it is to the account.
    pub role: PartyRole,
    /// `acc_…`, `con_…` or the owner's id.
    pub id: String,
    /// The name that was alike.
    pub name: Personal<String>,
}

/// The entry as it was when the hit was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Listed {
    /// The list.
    pub list: String,
    /// The snapshot in force.
    pub snapshot: String,
    /// When it was loaded.
    pub loaded_at: Timestamp,
    /// Its id in the list.
    pub id: String,
    /// Its version: another content has another one.
    pub version: String,
    /// Its sort, as the common `match` API names it.
    pub schema: String,
    /// The name that was alike.
    pub name: String,
    /// All names.
    pub names: Vec<String>,
    /// Countries.
    pub countries: Vec<String>,
    /// Years of birth or registration, in words.
    pub births: Vec<String>,
    /// Programmes and topics.
    pub programmes: Vec<String>,
}

/// What made the score, in ten-thousandths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Features {
    /// Likeness of the names.
    pub name: i32,
    /// Step for the country.
    pub country: i32,
    /// Step for the year.
    pub birth_date: i32,
    /// Step for the sort.
    pub kind: i32,
    /// The same identifier.
    pub identifier: i32,
}

/// What screening found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Finding {
    /// Of which account.
    pub account: AccountId,
    /// Who was screened.
    pub party: Party,
    /// Digest of what was compared of the party: another one, and the hit is judged anew.
    pub fingerprint: String,
    /// The entry.
    pub entry: Listed,
    /// The score, in ten-thousandths.
    pub score: u16,
    /// What made it.
    pub features: Features,
    /// The person who had the party screened.
    pub submitted_by: Option<Actor>,
}

/// Where a hit stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HitState {
    /// Too weak for an alert.
    #[default]
    Recorded,
    /// For a person to look at.
    Open,
    /// A person looks.
    InReview,
    /// Somebody else.
    FalsePositive,
    /// It is the one.
    TrueMatch,
    /// It cannot be told.
    Inconclusive,
    /// For those above to decide.
    Escalated,
    /// Alike no more.
    Withdrawn,
}

impl HitState {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Recorded,
        Self::Open,
        Self::InReview,
        Self::FalsePositive,
        Self::TrueMatch,
        Self::Inconclusive,
        Self::Escalated,
        Self::Withdrawn,
    ];

    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Open => "open",
            Self::InReview => "in_review",
            Self::FalsePositive => "false_positive",
            Self::TrueMatch => "true_match",
            Self::Inconclusive => "inconclusive",
            Self::Escalated => "escalated",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether somebody still has to decide.
    #[must_use]
    pub fn is_pending(self) -> bool {
        matches!(self, Self::Open | Self::InReview | Self::Inconclusive | Self::Escalated)
    }
}

/// What a reviewer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Somebody else.
    FalsePositive,
    /// It is the one.
    TrueMatch,
    /// It cannot be told.
    Inconclusive,
    /// Those above decide.
    Escalated,
}

impl Verdict {
    /// The verdict of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "false_positive" => Self::FalsePositive,
            "true_match" => Self::TrueMatch,
            "inconclusive" => Self::Inconclusive,
            "escalated" => Self::Escalated,
            _ => return None,
        })
    }

    /// Whether it ends the hit: then a second reviewer has to agree.
    #[must_use]
    pub fn closes(self) -> bool {
        matches!(self, Self::FalsePositive | Self::TrueMatch)
    }

    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.state().as_str()
    }

    fn state(self) -> HitState {
        match self {
            Self::FalsePositive => HitState::FalsePositive,
            Self::TrueMatch => HitState::TrueMatch,
            Self::Inconclusive => HitState::Inconclusive,
            Self::Escalated => HitState::Escalated,
        }
    }
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Keep what screening found.
    Raise(Box<Finding>),
    /// The two are alike no more.
    Withdraw,
    /// Take it up.
    Review,
    /// Decide it.
    Dispose {
        /// What it is.
        verdict: Verdict,
        /// Why.
        reason: Option<Personal<String>>,
        /// What shows it.
        evidence: Option<Personal<String>>,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Raise(_) | Self::Withdraw => Operation::HitRaise,
            Self::Review => Operation::HitReview,
            Self::Dispose { .. } => Operation::HitDispose,
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was found, or found anew.
    Raised {
        /// What was found.
        finding: Box<Finding>,
        /// When.
        at: Timestamp,
    },
    /// The two are alike no more.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// Somebody looks.
    Reviewed {
        /// Who.
        by: Actor,
        /// When.
        at: Timestamp,
    },
    /// The first of two said what it is; a second reviewer has to agree.
    Proposed {
        /// Their opinion.
        opinion: Box<Opinion>,
    },
    /// It was decided.
    Disposed {
        /// The opinion that decided.
        opinion: Box<Opinion>,
        /// Where it stands now.
        state: HitState,
    },
}

/// What the rules need to know and a hit does not own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Who has decisions made in their place by whoever asks, today.
    pub delegators: BTreeSet<UserId>,
}

/// What a reviewer said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opinion {
    /// What it is.
    pub verdict: Verdict,
    /// Who said so.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Personal<String>,
    /// What shows it.
    pub evidence: Personal<String>,
}

/// A hit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hit {
    /// What screening found last.
    pub finding: Finding,
    /// Where it stands.
    pub state: HitState,
    /// When it was found last; `None` before that.
    pub raised_at: Option<Timestamp>,
    /// Who looks, or looked.
    pub reviewer: Option<Actor>,
    /// What reviewers said, in order.
    pub opinions: Vec<Opinion>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
}

impl Hit {
    /// Whether it was ever found.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.raised_at.is_some()
    }

    /// What the first of two reviewers said, while the second has to agree.
    #[must_use]
    pub fn proposal(&self) -> Option<&Opinion> {
        self.opinions.last().filter(|said| said.verdict.closes() && self.state.is_pending())
    }

    /// The last day for the report of a true match.
    #[must_use]
    pub fn report_due_on(&self) -> Option<Date> {
        let decided = self.decided_at.filter(|_| self.state == HitState::TrueMatch)?;
        Some(business_days_after(decided.to_zoned(TimeZone::UTC).date(), REPORT_DAYS))
    }
}

/// So many days after a day, Saturdays and Sundays left out.
fn business_days_after(mut day: Date, count: u8) -> Date {
    let mut left = count;
    while left > 0 {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    day
}
