//! Rows that would price the same quantity on the same day with the same rank: refused, or superseded.

use jiff::ToSpan;

use super::PriceTier;
use crate::refusal::FieldFault;

/// The code of two rows that meet.
pub const OVERLAP_CODE: &str = "pricing_overlap";

/// A row as it would be, with its place in the request where it comes from there.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) at: Option<usize>,
    pub(super) supersede: bool,
    pub(super) row: PriceTier,
}

/// Whether two rows are rivals that meet: both enabled, of one entity, item, currency, unit and priority, with a
/// quantity and a day in common.
#[must_use]
pub fn overlaps(one: &PriceTier, other: &PriceTier) -> bool {
    one.id != other.id
        && one.enabled
        && other.enabled
        && one.rival_key() == other.rival_key()
        && one.meets(other)
}

/// Ends the rows that a superseding one meets on the day before it begins. One that does not begin before it is
/// switched off if the new row covers all its days; else it stays, and stays at fault.
pub(super) fn supersede(after: &mut [Placed]) {
    let newer: Vec<PriceTier> =
        after.iter().filter(|placed| placed.supersede).map(|placed| placed.row.clone()).collect();
    for new in newer {
        for old in after.iter_mut().filter(|placed| placed.at.is_none()) {
            if !overlaps(&new, &old.row) {
                continue;
            }
            let covers =
                new.effective_to.is_none_or(|last| old.row.effective_to.is_some_and(|old| old <= last));
            match new.effective_from.checked_sub(1.day()) {
                Ok(eve) if old.row.effective_from <= eve => old.row.effective_to = Some(eve),
                _ if covers => old.row.enabled = false,
                _ => {}
            }
        }
    }
}

/// One fault for every row of the request that meets others, naming them.
pub(super) fn faults(place: &str, after: &[Placed]) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for (index, placed) in after.iter().enumerate() {
        let Some(at) = placed.at else { continue };
        let rivals = after.iter().enumerate().filter(|(other, rival)| {
            // Of two rows of one request, the later one is at fault.
            let earlier = rival.at.is_none() || *other < index;
            earlier && *other != index && overlaps(&placed.row, &rival.row)
        });
        let named: Vec<String> = rivals.map(|(_, rival)| rival.row.brief()).collect();
        if !named.is_empty() {
            let message = format!(
                "meets {} in quantity and time: end it before, change quantities or priority, or send supersede: true",
                named.join(", ")
            );
            faults.push(FieldFault::new(format!("{place}/{at}"), OVERLAP_CODE, message));
        }
    }
    faults
}
