//! Fields that move with the day: computed while rows are read, from columns that move with the account.

use std::sync::OnceLock;

use kith_domain::account::freshness;
use kith_query::table::Column;

use super::field::{FIELD_IDS, place_of};

/// What completeness times validity is held in: parts of ten thousand.
const QUALITY_PARTS: f64 = 10_000.0;

/// The places of the fields that move with the day.
const DATA_QUALITY: usize = place_of(FIELD_IDS, "data_quality");
const REVIEW_OVERDUE: usize = place_of(FIELD_IDS, "review_overdue");
const CONFIRMED_ON: usize = place_of(FIELD_IDS, "confirmed_on");
const NEXT_REVIEW_ON: usize = place_of(FIELD_IDS, "next_review_on");
const DOCUMENTS_EXPIRING: usize = place_of(FIELD_IDS, "documents_expiring_60d");
const CREDIT_LIMIT: usize = place_of(FIELD_IDS, "credit_limit");
/// The place of the open balance as a share of the limit.
pub(crate) const BALANCE_TO_LIMIT: usize = place_of(FIELD_IDS, "balance_to_limit");

/// Days ahead in which a document expires soon.
const EXPIRING_DAYS: i64 = 60;

/// Completeness times validity times freshness.
#[expect(clippy::cast_possible_truncation, reason = "a ratio")]
fn quality(parts: i64, confirmed_on: i64, today: i64) -> f32 {
    let base = f64::from(u32::try_from(parts).unwrap_or(0)) / QUALITY_PARTS;
    (base * freshness(today.saturating_sub(confirmed_on))) as f32
}

/// The open balance as a share of the limit; unknown without a limit.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a ratio")]
pub(crate) fn balance_to_limit(open: i64, limit: i64) -> Option<f32> {
    (limit > 0).then(|| (open as f64 / limit as f64) as f32)
}

/// Values, and which of them are known.
type Shares = (Vec<f32>, Vec<u64>);

fn shares(open: Column<'_>, limit: Column<'_>) -> Shares {
    let (Column::I64(open, is_open), Column::I64(limit, is_limit)) = (open, limit) else {
        return Shares::default();
    };
    let both: Vec<u64> = is_open.iter().zip(is_limit).map(|(one, other)| one & other).collect();
    let shares: Vec<Option<f32>> =
        open.iter().zip(limit).map(|(open, limit)| balance_to_limit(*open, *limit)).collect();
    let mut known = both;
    for (word, bits) in known.iter_mut().enumerate() {
        for bit in 0..64 {
            if shares.get(word * 64 + bit).is_none_or(Option::is_none) {
                *bits &= !(1 << bit);
            }
        }
    }
    (shares.into_iter().map(Option::unwrap_or_default).collect(), known)
}

/// The derived columns of one chunk, each computed when it is asked for.
#[derive(Default)]
pub(crate) struct Derived {
    quality: OnceLock<Vec<f32>>,
    overdue: OnceLock<Vec<i64>>,
    expiring: OnceLock<Vec<i64>>,
    used: OnceLock<Shares>,
}

impl Derived {
    /// The column at a place, when it is a derived one. `stored` gives the columns that are held, `expiring` how many documents of
    /// a row of the chunk end within some days, `open` the open balances.
    pub(crate) fn column<'a>(
        &'a self,
        place: usize,
        today: i64,
        stored: impl Fn(usize) -> Column<'a>,
        expiring: impl Fn(usize, i64) -> i64,
        open: impl Fn() -> Column<'a>,
    ) -> Option<Column<'a>> {
        match place {
            DATA_QUALITY => {
                let Column::I64(parts, known) = stored(place) else { return Some(Column::Missing) };
                // Without a column nobody of the chunk was ever confirmed.
                let confirmed = if let Column::I64(days, _) = stored(CONFIRMED_ON) { days } else { &[] };
                let days = confirmed.iter().copied().chain(std::iter::repeat(0));
                let values = self.quality.get_or_init(|| {
                    parts.iter().zip(days).map(|(parts, on)| quality(*parts, on, today)).collect()
                });
                Some(Column::F32(values, known))
            }
            REVIEW_OVERDUE => {
                let Column::I64(due, known) = stored(NEXT_REVIEW_ON) else { return Some(Column::Missing) };
                let values =
                    self.overdue.get_or_init(|| due.iter().map(|due| i64::from(*due < today)).collect());
                Some(Column::I64(values, known))
            }
            DOCUMENTS_EXPIRING => {
                let Column::I64(held, known) = stored(place) else { return Some(Column::Missing) };
                let values = self
                    .expiring
                    .get_or_init(|| (0..held.len()).map(|row| expiring(row, EXPIRING_DAYS)).collect());
                Some(Column::I64(values, known))
            }
            BALANCE_TO_LIMIT => {
                let (values, known) = self.used.get_or_init(|| shares(open(), stored(CREDIT_LIMIT)));
                Some(Column::F32(values, known))
            }
            _ => None,
        }
    }
}
