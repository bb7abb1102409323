//! Reconciliation (D§3.1): what another system says an account owes, against the book, and why they may differ.

use serde::{Deserialize, Serialize};

use super::bucket::{Bucket, Buckets};
use crate::value::Currency;

/// What another system says of one account and entity, in minor units of the entity's currency; what it does not say is
/// not compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extract {
    /// Unpaid rest of invoices.
    pub open_ar: Option<i64>,
    /// Delivered and not invoiced.
    pub unbilled: Option<i64>,
    /// Ordered and not delivered.
    pub open_orders: Option<i64>,
    /// Payments and credit notes without an invoice to pay.
    pub unapplied: Option<i64>,
}

/// What is known besides, for telling why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Amounts that moved within the last day, here.
    pub recent: Vec<i64>,
    /// Open amounts of invoices, here.
    pub open: Vec<i64>,
    /// Whether some of it is in another currency.
    pub foreign: bool,
    /// Whether the other system, which says that it told of everybody, does not know the account.
    pub absent: bool,
}

/// Why two systems may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// What moved within the last day: the extract is of another moment.
    Timing,
    /// One of the two did not hear of an invoice or a payment.
    MissingEvent,
    /// The same amount is open twice here.
    Duplicate,
    /// Another exchange rate.
    Fx,
    /// None of these.
    Unknown,
}

impl Cause {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Timing => "timing",
            Self::MissingEvent => "missing_event",
            Self::Duplicate => "duplicate",
            Self::Fx => "fx",
            Self::Unknown => "unknown",
        }
    }
}

/// Where the two systems differ by more than may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    /// Where.
    pub bucket: Bucket,
    /// What the book says.
    pub ours: i64,
    /// What the other system says.
    pub theirs: i64,
    /// Why, probably.
    pub cause: Cause,
}

/// Every bucket that differs by more than a whole unit and a thousandth.
#[must_use]
pub fn breaks(extract: &Extract, ours: &Buckets, evidence: &Evidence, currency: Currency) -> Vec<Break> {
    let pairs = [
        (Bucket::OpenAr, ours.open_ar, extract.open_ar),
        (Bucket::Unbilled, ours.unbilled, extract.unbilled),
        (Bucket::OpenOrders, ours.open_orders, extract.open_orders),
        (Bucket::Unapplied, ours.unapplied, extract.unapplied),
    ];
    let differs = |(bucket, ours, theirs): (Bucket, i64, Option<i64>)| {
        let theirs = theirs?;
        let unit = 10_i64.pow(u32::from(currency.exponent()));
        let allowed = unit.max(theirs.saturating_abs() / 1_000);
        let difference = ours.saturating_sub(theirs);
        (difference.saturating_abs() > allowed).then(|| Break {
            bucket,
            ours,
            theirs,
            cause: cause(bucket, difference, theirs, evidence),
        })
    };
    pairs.into_iter().filter_map(differs).collect()
}

/// Differences up to a twentieth may come of exchange rates.
const FX_PART: i64 = 20;

fn cause(bucket: Bucket, difference: i64, theirs: i64, evidence: &Evidence) -> Cause {
    let size = difference.saturating_abs();
    let moved: i64 = evidence.recent.iter().fold(0, |sum, minor| sum.saturating_add(*minor));
    if evidence.recent.contains(&size) || (size == moved.saturating_abs() && size > 0) {
        return Cause::Timing;
    }
    if evidence.foreign && size <= theirs.saturating_abs() / FX_PART {
        return Cause::Fx;
    }
    if evidence.absent && bucket != Bucket::OpenAr {
        // All of it is here and nothing there.
        return Cause::MissingEvent;
    }
    if bucket != Bucket::OpenAr {
        return if difference < 0 { Cause::MissingEvent } else { Cause::Unknown };
    }
    let same = evidence.open.iter().filter(|open| **open == size).count();
    match same {
        _ if difference < 0 => Cause::MissingEvent,
        0 if evidence.absent => Cause::MissingEvent,
        0 => Cause::Unknown,
        // Open here and not there: its payment did not arrive here.
        1 => Cause::MissingEvent,
        _ => Cause::Duplicate,
    }
}
