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

/// Days ahead in which a document expires soon.
const EXPIRING_DAYS: i64 = 60;

/// Completeness times validity times freshness.
#[expect(clippy::cast_possible_truncation, reason = "a ratio")]
fn quality(parts: i64, confirmed_on: i64, today: i64) -> f32 {
    let base = f64::from(u32::try_from(parts).unwrap_or(0)) / QUALITY_PARTS;
    (base * freshness(today.saturating_sub(confirmed_on))) as f32
}

/// The derived columns of one chunk, each computed when it is asked for.
#[derive(Default)]
pub(crate) struct Derived {
    quality: OnceLock<Vec<f32>>,
    overdue: OnceLock<Vec<i64>>,
    expiring: OnceLock<Vec<i64>>,
}

impl Derived {
    /// The column at a place, when it is a derived one. `stored` gives the columns that are held, `expiring` how many documents of
    /// a row of the chunk end within some days.
    pub(crate) fn column<'a>(
        &'a self,
        place: usize,
        today: i64,
        stored: impl Fn(usize) -> Column<'a>,
        expiring: impl Fn(usize, i64) -> i64,
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
            _ => None,
        }
    }
}
