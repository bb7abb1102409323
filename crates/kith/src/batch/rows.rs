//! Rows of CSV, each turned into events by a map.

use std::io::Read;

use kith_connect::csv::{Options, Reader};
use kith_connect::touchpoints::{EventError, EventMap, events};

use super::{Collector, Unwanted};

/// Reads the rows; those that give no event are told, the next ones are still read.
pub(super) fn read(input: impl Read, map: &EventMap, collector: &mut Collector) -> Result<(), Unwanted> {
    let reader = match Reader::open(input, &Options::default()) {
        Ok(reader) => reader,
        Err(fault) => return collector.broken(fault.to_string()),
    };
    let events = match events(reader, map) {
        Ok(events) => events,
        Err(fault) => return collector.broken(fault.to_string()),
    };
    let mut place = 0;
    for event in events {
        match event {
            Ok(event) => {
                place += 1;
                collector.take(place, event.to_string().as_bytes())?;
            }
            Err(EventError::Row(fault)) => {
                collector.unreadable(
                    fault.row,
                    &format!("{}: {} ({})", fault.column, fault.message, fault.code),
                )?;
            }
            Err(EventError::File(fault)) => return collector.broken(fault.to_string()),
        }
    }
    Ok(())
}
