//! Rows of transactions turned into touchpoints, by a map that a person writes.

use std::io::Read;

use serde_json::Value;

mod event_map;
#[cfg(test)]
mod tests;

pub use event_map::{EventFault, EventMap, EventRule, Member, MemberKind};

use crate::csv::{FileFault, Reader, Row};
use crate::row::RowError;

/// What stands in the way of the next touchpoint.
#[derive(Debug)]
pub enum EventError {
    /// The row gives no touchpoint; the next ones still can.
    Row(RowError),
    /// The file cannot be read on; nothing follows.
    File(FileFault),
}

/// The touchpoints of a file in its order, one event of CloudEvents (JSON) for each rule that a row meets.
///
/// # Errors
/// [`EventFault`] when the map names columns that the file does not have.
pub fn events<R: Read>(
    reader: Reader<R>,
    map: &EventMap,
) -> Result<impl Iterator<Item = Result<Value, EventError>> + use<R>, EventFault> {
    let rules = map.bind(reader.header())?;
    Ok(Events { reader, rules, row: Row::default(), next_rule: 0, have_row: false, ended: false })
}

/// The walk over the rows: each row, each rule.
struct Events<R: Read> {
    reader: Reader<R>,
    rules: Vec<event_map::Bound>,
    row: Row,
    next_rule: usize,
    have_row: bool,
    ended: bool,
}

impl<R: Read> Iterator for Events<R> {
    type Item = Result<Value, EventError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            if !self.have_row {
                match self.reader.read_row(&mut self.row) {
                    Ok(true) => (self.have_row, self.next_rule) = (true, 0),
                    Ok(false) => self.ended = true,
                    Err(fault) => {
                        self.ended = true;
                        return Some(Err(EventError::File(fault)));
                    }
                }
                continue;
            }
            let Some(rule) = self.rules.get(self.next_rule) else {
                self.have_row = false;
                continue;
            };
            self.next_rule += 1;
            if rule.met(&self.row) {
                return Some(rule.event(&self.row).map_err(EventError::Row));
            }
        }
        None
    }
}

impl std::fmt::Display for EventError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Row(error) => write!(f, "row {}, {}: {}", error.row, error.column, error.message),
            Self::File(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for EventError {}
