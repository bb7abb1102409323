//! The copy: a CSV file whose rows have the numbers of the original.

use std::io::{BufWriter, Write};

use crate::csv::{FileFault, Limits};

/// Writes rows at their numbers; empty lines fill what lies between.
pub(super) struct Lines<W: Write> {
    out: BufWriter<W>,
    /// The row that was written last.
    at: u64,
    limits: Limits,
    line: String,
}

impl<W: Write> Lines<W> {
    pub(super) fn new(out: W, limits: &Limits) -> Self {
        Self { out: BufWriter::new(out), at: 0, limits: *limits, line: String::new() }
    }

    /// Writes a row, unless it is empty. Every cell is quoted: no delimiter needs to be found out from what the
    /// cells hold.
    pub(super) fn row(&mut self, number: u64, cells: &[String]) -> Result<(), FileFault> {
        let filled = cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
        let Some(cells) = cells.get(..filled).filter(|cells| !cells.is_empty()) else { return Ok(()) };
        if cells.len() > self.limits.columns_max {
            return Err(FileFault::TooManyColumns { columns: cells.len(), limit: self.limits.columns_max });
        }
        if number > self.limits.rows_max.saturating_add(1) {
            return Err(FileFault::TooManyRows { limit: self.limits.rows_max });
        }
        self.line.clear();
        for _ in self.at.saturating_add(1)..number {
            self.line.push('\n');
        }
        let blank = self.line.len();
        for (place, cell) in cells.iter().enumerate() {
            self.line.push_str(if place == 0 { "\"" } else { ",\"" });
            self.line.extend(
                cell.split('"')
                    .enumerate()
                    .flat_map(|(part, text)| [if part == 0 { "" } else { "\"\"" }, text]),
            );
            self.line.push('"');
        }
        self.line.push('\n');
        if self.line.len().saturating_sub(blank) > self.limits.row_bytes_max {
            return Err(FileFault::RowTooLong { row: number, limit: self.limits.row_bytes_max });
        }
        self.at = number;
        self.out.write_all(self.line.as_bytes()).map_err(FileFault::Unreadable)
    }

    /// True before the first row.
    pub(super) fn is_empty(&self) -> bool {
        self.at == 0
    }

    /// Writes what is buffered.
    pub(super) fn finish(mut self) -> Result<(), FileFault> {
        self.out.flush().map_err(FileFault::Unreadable)
    }
}
