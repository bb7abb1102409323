//! Rows out of a CSV file, one at a time, whatever its encoding and delimiter, in bounded memory.

mod decode;
mod fault;
mod footer;
mod guard;
mod sniff;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io::Read;

pub use decode::Encoding;
pub use fault::FileFault;

use decode::Decoder;
use guard::Guard;

/// What a file may hold (D§6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one row after decoding, quoted line breaks included.
    pub row_bytes_max: usize,
    /// Rows of the file, header excluded.
    pub rows_max: u64,
    /// Columns of the header.
    pub columns_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { row_bytes_max: 1 << 20, rows_max: 5_000_000, columns_max: 2_000 }
    }
}

/// How to read a file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The delimiter; `None` finds it out from the first rows.
    pub delimiter: Option<u8>,
    /// What the file may hold.
    pub limits: Limits,
}

/// One row of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Number of the row as a spreadsheet shows it: the header counts, empty rows count.
    pub number: u64,
    /// The cells as they stand, not trimmed. May be more or fewer than the header has.
    pub cells: Vec<String>,
    /// The row was longer than allowed: its cells are cut off.
    pub cut: bool,
}

/// The lines of a file on which its rows begin: a cell may hold several.
#[derive(Debug, Clone)]
pub struct Lines {
    /// Where the next row begins.
    next: u64,
    /// Rows before it; the header is the first.
    counted: u64,
}

impl Lines {
    /// Below a header.
    #[must_use]
    pub fn below(header: &[String]) -> Self {
        Self { next: 2 + breaks(header), counted: 1 }
    }

    /// The line of the row that was read next. Rows that are not shown have a line each.
    pub fn of(&mut self, row: &Row) -> u64 {
        let first = self.next + row.number.saturating_sub(self.counted + 1);
        self.next = first + 1 + breaks(&row.cells);
        self.counted = row.number;
        first
    }
}

/// Line breaks inside cells.
fn breaks(cells: &[String]) -> u64 {
    cells.iter().map(|cell| cell.matches('\n').count() as u64).sum()
}

/// Something about the whole file that its owner should know.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Note {
    /// The row where it was first seen, if it has a place.
    pub row: Option<u64>,
    /// Stable code, for example `encoding_windows_1252`.
    pub code: &'static str,
    /// A sentence for people.
    pub message: String,
}

/// Reads a CSV file row by row. Holds one row, the buffers and at most a report footer in memory.
pub struct Reader<R: Read> {
    inner: ::csv::Reader<Guard<Decoder<R>>>,
    record: ::csv::ByteRecord,
    header: Vec<String>,
    header_row: u64,
    delimiter: u8,
    limits: Limits,
    rows: u64,
    blank_rows: u64,
    ahead: VecDeque<Row>,
    footer: Option<Note>,
}

impl<R: Read> std::fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("header", &self.header)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

impl<R: Read> Reader<R> {
    /// Opens a file: finds out its encoding and delimiter and reads the header.
    ///
    /// # Errors
    /// [`FileFault`] when it cannot be read, is empty, is no text (a workbook, an archive), or its header breaks
    /// a limit.
    pub fn open(input: R, options: &Options) -> Result<Self, FileFault> {
        let mut decoder = Decoder::open(input)?;
        let head = sniff::head(decoder.sample());
        decoder.skip(head.skip);
        let delimiter =
            options.delimiter.or(head.delimiter).unwrap_or_else(|| sniff::delimiter(decoder.sample()));
        let rows_before = u64::from(head.skip > 0);
        let guard = Guard::new(decoder, delimiter, options.limits.row_bytes_max, rows_before);
        let inner = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(1 << 16)
            .from_reader(guard);
        let mut reader = Self {
            inner,
            record: ::csv::ByteRecord::new(),
            header: Vec::new(),
            header_row: 1,
            delimiter,
            limits: options.limits,
            rows: 0,
            blank_rows: rows_before,
            ahead: VecDeque::new(),
            footer: None,
        };
        let mut first = Row::default();
        if !reader.record_into(&mut first)? {
            return Err(FileFault::Empty);
        }
        if first.cells.len() > options.limits.columns_max {
            return Err(FileFault::TooManyColumns {
                columns: first.cells.len(),
                limit: options.limits.columns_max,
            });
        }
        if first.cut {
            return Err(FileFault::RowTooLong { row: first.number, limit: options.limits.row_bytes_max });
        }
        reader.header_row = first.number;
        reader.header = first.cells;
        Ok(reader)
    }

    /// The cells of the first row, as they stand.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Number of the header's row.
    #[must_use]
    pub fn header_row(&self) -> u64 {
        self.header_row
    }

    /// The delimiter in use.
    #[must_use]
    pub fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// The encoding as far as the file was read.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.inner.get_ref().inner().encoding()
    }

    /// Rows given out so far, header excluded.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// What the owner of the file should know; complete once the last row is read.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        if let Some(offset) = self.inner.get_ref().first_foreign_row() {
            notes.push(Note {
                row: Some(offset),
                code: "encoding_windows_1252",
                message: "The file is not UTF-8 throughout; its other characters were read as Windows-1252. \
                          Check names with accents."
                    .to_owned(),
            });
        }
        notes.extend(self.footer.clone());
        notes
    }

    /// Reads the next row into `row`; false at the end of the file. A report footer is left out.
    ///
    /// # Errors
    /// [`FileFault`] when the file cannot be read on: a quote that is never closed, too many rows, an unreadable
    /// source. Rows before the fault were given out. A row over the limit is cut off and says so.
    pub fn read_row(&mut self, row: &mut Row) -> Result<bool, FileFault> {
        if !self.next_row(row)? {
            return Ok(false);
        }
        self.rows += 1;
        if self.rows > self.limits.rows_max {
            return Err(FileFault::TooManyRows { limit: self.limits.rows_max });
        }
        Ok(true)
    }
}
