//! Every fault and remark of an import, row by row: written while a file is validated and carried, read in pages.
//!
//! One JSON object a line, sealed like everything that an import keeps. What validation found lies in one file, what
//! went wrong while rows were carried in a file for each batch.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::iter::Peekable;
use std::path::Path;

use kith_api::view::RowFault;
use kith_store::Fault;

use super::level::WARNING;
use super::sealed::{Drawer, create};
use crate::noun::json_of;

/// The name of the file with what validation found.
pub(super) const FAULTS: &str = "faults";
/// The beginning of the names of what went wrong while rows were carried.
const FAILED: &str = "failed-";
/// Lines kept; all are counted.
const LINES_MAX: u64 = 2_000_000;

/// Writes faults as they are found.
#[derive(Debug)]
pub(super) struct Log {
    out: BufWriter<File>,
    lines: u64,
}

impl Log {
    pub(super) fn create(path: &Path) -> Result<Self, Fault> {
        let file = create(path).map_err(Fault::unavailable)?;
        Ok(Self { out: BufWriter::new(file), lines: 0 })
    }

    pub(super) fn write(&mut self, fault: &RowFault) -> Result<(), Fault> {
        if self.lines == LINES_MAX {
            return Ok(());
        }
        self.lines = self.lines.saturating_add(1);
        serde_json::to_writer(&mut self.out, fault).map_err(Fault::unavailable)?;
        self.out.write_all(b"\n").map_err(Fault::unavailable)
    }

    pub(super) fn finish(mut self) -> Result<(), Fault> {
        self.out.flush().map_err(Fault::unavailable)
    }
}

/// Keeps what went wrong in a batch. Under a name that a second try takes again: a report is never behind its counts.
pub(super) fn put_failed(drawer: &Drawer, row_from: u64, faults: &[RowFault]) -> Result<(), Fault> {
    let mut text = String::new();
    for fault in faults {
        text.push_str(&json_of(fault)?.to_string());
        text.push('\n');
    }
    drawer.put(&format!("{FAILED}{row_from:010}"), text.as_bytes())
}

type Lines = Box<dyn Iterator<Item = Result<RowFault, Fault>> + Send>;

fn lines(drawer: &Drawer, name: &str) -> Result<Lines, Fault> {
    if !drawer.holds(name) {
        return Ok(Box::new(std::iter::empty()));
    }
    let lines = BufReader::new(drawer.open(name)?).lines();
    Ok(Box::new(lines.map(|line| {
        let line = line.map_err(Fault::unavailable)?;
        serde_json::from_str(&line).map_err(|_| Fault::corrupt("the kept faults of an import"))
    })))
}

/// What validation found, and what went wrong since, each once, in the order of the rows.
pub(super) struct Faults {
    found: Peekable<Lines>,
    failed: Peekable<Lines>,
}

impl Faults {
    /// The faults of an import. Once all rows are done, only what went wrong while they were carried is at fault.
    pub(super) fn open(drawer: &Drawer, done: bool) -> Result<Self, Fault> {
        let (within, mut names) = (drawer.clone(), drawer.names()?);
        names.retain(|name| name.starts_with(FAILED));
        let failed = names.into_iter().flat_map(move |name| match lines(&within, &name) {
            Ok(lines) => lines,
            Err(fault) => Box::new(std::iter::once(Err(fault))),
        });
        let found = lines(drawer, FAULTS)?;
        let found: Lines = if done {
            Box::new(found.filter(|fault| fault.as_ref().map_or(true, |fault| fault.level == WARNING)))
        } else {
            found
        };
        let failed: Lines = Box::new(failed);
        Ok(Self { found: found.peekable(), failed: failed.peekable() })
    }
}

fn place(fault: &RowFault) -> (u64, &str, &str) {
    (fault.row, &fault.column, &fault.code)
}

impl Iterator for Faults {
    type Item = Result<RowFault, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        let (Some(Ok(found)), Some(Ok(failed))) = (self.found.peek(), self.failed.peek()) else {
            return self
                .failed
                .next_if(Result::is_err)
                .or_else(|| self.found.next())
                .or_else(|| self.failed.next());
        };
        // Within a row both are in the order in which the cells are looked at: equal ones meet.
        if place(found) == place(failed) {
            self.failed.next();
            return self.found.next();
        }
        if found.row <= failed.row { self.found.next() } else { self.failed.next() }
    }
}
