//! Where the records of reservations stand in the ledger: times alone do not tell the order of what one sitting decided.

use std::collections::HashMap;

use kith_store::{Fault, Reader};
use serde_json::Value;

/// Records of one reservation that are looked at.
const RECORDS: u32 = 1_000;

/// What a record says of a reservation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Record {
    /// It was decided on.
    Decided,
    /// It was committed, voided, or expired.
    Resolved,
}

/// Positions of both; 0 before it came to that.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    decided: u64,
    resolved: u64,
}

impl Place {
    pub(super) fn at(self, record: Record) -> u64 {
        match record {
            Record::Decided => self.decided,
            Record::Resolved => self.resolved,
        }
    }

    fn note(&mut self, body: &Value, position: u64) {
        if body.get("decided").is_some() {
            self.decided = position;
        } else if ["committed", "voided", "expired"].iter().any(|event| body.get(event).is_some()) {
            self.resolved = position;
        }
    }
}

/// The places that were asked for, read once each.
#[derive(Debug, Default)]
pub(super) struct Places(HashMap<String, Place>);

impl Places {
    /// Where a reservation stands, by the id of its document.
    pub(super) fn of(&mut self, reader: &mut Reader<'_>, id: &str) -> Result<Place, Fault> {
        if let Some(known) = self.0.get(id) {
            return Ok(*known);
        }
        let mut place = Place::default();
        for record in reader.stream(&format!("reservation/{id}"), 0, RECORDS)? {
            place.note(&record.header.body, record.header.position);
        }
        self.0.insert(id.to_owned(), place);
        Ok(place)
    }
}
