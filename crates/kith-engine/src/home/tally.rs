//! What the start page adds up and no column holds: revenue by week and answers of surveys, kept for each row until
//! something happens to it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use kith_profile::{Value, metric_index};

use crate::directory::usize_of;
use crate::engine::Engine;

/// Weeks that are added up.
pub(super) const WEEKS: usize = 13;

/// What is known of one row.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    /// Revenue by week, the oldest first, minor units of the organisation's currency.
    pub(super) weeks: [i64; WEEKS],
    /// Answers of satisfaction in 365 days that were 4 or 5.
    pub(super) satisfied: u32,
    /// All of those answers.
    pub(super) answers: u32,
}

/// The tallies of all rows that were ever asked for.
#[derive(Debug, Default)]
pub(crate) struct Tallies {
    rows: Mutex<Vec<Option<Tally>>>,
    changes: AtomicU64,
}

impl Tallies {
    /// Something happened to these rows: they are added up again when they are asked for.
    pub(crate) fn forget(&self, rows: &[u32]) {
        let mut held = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        self.changes.fetch_add(1, Ordering::Relaxed);
        for row in rows {
            if let Some(tally) = held.get_mut(usize_of(*row)) {
                *tally = None;
            }
        }
    }
}

impl Tallies {
    /// How often something happened to profiles.
    pub(crate) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }
}

impl Engine {
    /// Shows the tally of each row; those that are not there are made.
    pub(super) fn tallied(&self, rows: &[u32], mut see: impl FnMut(&Tally)) {
        let mut held = self.core().tallies.rows.lock().unwrap_or_else(PoisonError::into_inner);
        for row in rows {
            let place = usize_of(*row);
            if held.len() <= place {
                held.resize(place.saturating_add(1), None);
            }
            if let Some(slot) = held.get_mut(place) {
                see(slot.get_or_insert_with(|| self.tally(*row)));
            }
        }
    }

    fn tally(&self, row: u32) -> Tally {
        let mut tally = Tally::default();
        let weeks = self.living().revenue_weeks(row, WEEKS).unwrap_or_default();
        tally.weeks.iter_mut().zip(weeks).for_each(|(slot, minor)| *slot = minor);
        let share = metric_index("csat_365d").and_then(|metric| self.living().value(row, metric));
        if let Some(Value::Number(share)) = share
            && let Some(explained) = self.living().explain(row, "csat_365d")
        {
            tally.answers = explained.sample_size;
            tally.satisfied = part_of(share, explained.sample_size);
        }
        tally
    }
}

/// The count that a share of a whole was made of.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count is a count")]
fn part_of(share: f32, whole: u32) -> u32 {
    (f64::from(share) * f64::from(whole)).round() as u32
}
