//! The customers of a `QuickBooks` list: the rows `CUST` under their header `!CUST`; other lists are left out.

use std::io::{Read, Write};

use super::Transcript;
use super::lines::Lines;
use crate::csv::{FileFault, Limits, Note, Options, Reader, Row};

pub(super) fn transcribe(file: impl Read, limits: &Limits, out: impl Write) -> Result<Transcript, FileFault> {
    let options = Options { delimiter: Some(b'\t'), limits: *limits };
    let mut reader = Reader::open(file, &options)?;
    let mut copy = Copy { lines: Lines::new(out, limits), header: Vec::new(), places: Vec::new() };
    let first = Row { number: reader.header_row(), cells: reader.header().to_vec(), ..Row::default() };
    copy.row(&first)?;
    let mut row = Row::default();
    while reader.read_row(&mut row)? {
        copy.row(&row)?;
    }
    if copy.header.is_empty() {
        return Err(FileFault::NoCustomers);
    }
    copy.lines.finish()?;
    let notes: Vec<Note> = reader.notes();
    Ok(Transcript { sheet: None, notes })
}

struct Copy<W: Write> {
    lines: Lines<W>,
    header: Vec<String>,
    /// Where each column of the header stands in the rows that follow.
    places: Vec<Option<usize>>,
}

impl<W: Write> Copy<W> {
    fn row(&mut self, row: &Row) -> Result<(), FileFault> {
        let Some((word, cells)) = row.cells.split_first() else { return Ok(()) };
        match word.trim().to_uppercase().as_str() {
            "!CUST" if self.header.is_empty() => {
                self.header = cells.iter().map(|cell| cell.trim().to_owned()).collect();
                self.places = (0..cells.len()).map(Some).collect();
                self.lines.row(row.number, &self.header)
            }
            // A second list may have its columns in another order.
            "!CUST" => {
                let place =
                    |name: &String| cells.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
                self.places = self.header.iter().map(place).collect();
                Ok(())
            }
            "CUST" if !self.header.is_empty() => {
                let cell = |place: &Option<usize>| {
                    place.and_then(|place| cells.get(place)).cloned().unwrap_or_default()
                };
                let cells: Vec<String> = self.places.iter().map(cell).collect();
                self.lines.row(row.number, &cells)
            }
            _ => Ok(()),
        }
    }
}
