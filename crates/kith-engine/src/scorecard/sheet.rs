//! A file of rows as columns, every fault at its line and column.

use kith_connect::csv::{Limits, Options, Reader, Row};
use kith_domain::refusal::FieldFault;
use kith_risk::scorecard::{CellCause, Column, cell_faults};

/// Rows of a file.
const ROWS_MAX: u64 = 1_000_000;
/// Faults that are told; whoever made one made many.
const FAULTS_MAX: usize = 50;

/// A file that was read: its texts column by column.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) headers: Vec<String>,
    pub(super) columns: Vec<Vec<String>>,
    /// The line of each row, as a spreadsheet counts.
    pub(super) lines: Vec<u64>,
}

/// A fault at a line and a column.
fn fault(line: u64, column: &str, code: &str, message: impl std::fmt::Display) -> FieldFault {
    FieldFault::new(format!("/{line}/{column}"), code, format!("line {line}, column `{column}`: {message}"))
}

/// A fault of a whole line.
fn line_fault(line: u64, code: &str, message: impl std::fmt::Display) -> FieldFault {
    FieldFault::new(format!("/{line}"), code, format!("line {line}: {message}"))
}

/// Keeps the first faults and says that there are more.
pub(super) fn bounded(mut faults: Vec<FieldFault>) -> Vec<FieldFault> {
    let more = faults.len().saturating_sub(FAULTS_MAX);
    if more > 0 {
        faults.truncate(FAULTS_MAX);
        faults.push(FieldFault::new("", "and_more", format!("and {more} more")));
    }
    faults
}

impl Sheet {
    /// Reads a file whose every row has as many cells as the header.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Vec<FieldFault>> {
        let whole =
            |error: &dyn std::fmt::Display| vec![FieldFault::new("", "file_unreadable", error.to_string())];
        let options =
            Options { limits: Limits { rows_max: ROWS_MAX, ..Limits::default() }, ..Options::default() };
        let mut reader = Reader::open(bytes, &options).map_err(|error| whole(&error))?;
        let headers: Vec<String> = reader.header().iter().map(|header| header.trim().to_owned()).collect();
        let mut faults = header_faults(&headers, reader.header_row());
        let mut columns: Vec<Vec<String>> = headers.iter().map(|_| Vec::new()).collect();
        let (mut lines, mut row) = (Vec::new(), Row::default());
        while reader.read_row(&mut row).map_err(|error| whole(&error))? {
            let cells = row.cells.len();
            if cells != headers.len() {
                let message = format!("{cells} cells, the header has {}", headers.len());
                faults.push(line_fault(row.number, "cells", message));
                continue;
            }
            lines.push(row.number);
            for (column, cell) in columns.iter_mut().zip(&row.cells) {
                column.push(cell.trim().to_owned());
            }
        }
        if lines.is_empty() && faults.is_empty() {
            faults.push(FieldFault::new("", "no_rows", "the file holds a header and no rows"));
        }
        if faults.is_empty() { Ok(Self { headers, columns, lines }) } else { Err(bounded(faults)) }
    }

    /// The place of a column by its header; the case of letters makes no difference.
    pub(super) fn find(&self, header: &str) -> Option<usize> {
        let same = |known: &String| known.eq_ignore_ascii_case(header.trim());
        self.headers
            .iter()
            .position(|known| known == header.trim())
            .or_else(|| self.headers.iter().position(same))
    }

    /// The place of a column that must be there.
    pub(super) fn demand(&self, header: &str) -> Result<usize, FieldFault> {
        self.find(header).ok_or_else(|| {
            let message = format!("there is no such column; there are: {}", self.headers.join(", "));
            fault(1, header.trim(), "column_unknown", message)
        })
    }

    /// A text.
    pub(super) fn cell(&self, column: usize, row: usize) -> &str {
        self.columns.get(column).and_then(|texts| texts.get(row)).map_or("", String::as_str)
    }

    /// A fault of a cell.
    pub(super) fn fault(
        &self,
        row: usize,
        column: usize,
        code: &str,
        message: impl std::fmt::Display,
    ) -> FieldFault {
        let line = self.lines.get(row).copied().unwrap_or(0);
        fault(line, self.headers.get(column).map_or("", String::as_str), code, message)
    }

    /// What is wrong with a cell, as it is said.
    pub(super) fn cell_fault(&self, row: usize, column: usize, cause: CellCause) -> FieldFault {
        let text = self.cell(column, row);
        match cause {
            CellCause::Missing => self.fault(row, column, "missing", "there is no value"),
            CellCause::NotANumber => {
                self.fault(row, column, "not_a_number", format!("`{text}` is not a number"))
            }
            CellCause::NotFinite => {
                self.fault(row, column, "not_finite", format!("`{text}` is no finite number"))
            }
        }
    }

    /// Some columns, as a card is trained from them.
    pub(super) fn taken(&self, places: &[usize]) -> Vec<Column<'_>> {
        let column = |place: &usize| {
            let texts = self.columns.get(*place)?.iter().map(String::as_str).collect();
            Some(Column { name: self.headers.get(*place)?, texts })
        };
        places.iter().filter_map(column).collect()
    }

    /// Every cell of some columns that cannot be learned from.
    pub(super) fn cell_faults(&self, places: &[usize], missing_is_a_bin: bool) -> Vec<FieldFault> {
        let found = cell_faults(&self.taken(places), missing_is_a_bin);
        let at = |column: usize| places.get(column).copied().unwrap_or(0);
        found.iter().map(|fault| self.cell_fault(fault.row, at(fault.column), fault.cause)).collect()
    }
}

/// Headers without a name, and names that stand twice.
fn header_faults(headers: &[String], line: u64) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for (place, header) in headers.iter().enumerate() {
        let before = headers.iter().take(place).any(|known| known.eq_ignore_ascii_case(header));
        if header.is_empty() {
            faults.push(line_fault(line, "header", format!("column {} has no name", place + 1)));
        } else if before {
            faults.push(fault(line, header, "header", "there are two columns of this name"));
        }
    }
    faults
}
