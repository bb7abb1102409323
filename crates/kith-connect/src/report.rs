//! What a person reviews before an import is executed: counts, faults, repeated records, and the rows to mend.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Read, Write};

use serde::Serialize;

use crate::csv::{FileFault, Note, Reader, Row};
use crate::map::{Field, Mapping};
use crate::row::{AccountDraft, Drafter, RowError, Style};

/// How much of the faults is kept; all are counted.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Faults kept.
    pub errors: usize,
    /// Warnings kept.
    pub warnings: usize,
    /// Repeated records kept.
    pub duplicates: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { errors: 1_000, warnings: 1_000, duplicates: 1_000 }
    }
}

/// Two rows of one file that are the same record (D§6.4, exact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// The row that comes second.
    pub row: u64,
    /// The row that has the value already.
    pub first_row: u64,
    /// `tax_id`, `email` or `external_id`.
    pub by: &'static str,
    /// The value in common, as it stands in the second row.
    pub value: String,
}

/// What was found in a file.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Rows read, header excluded.
    pub rows: u64,
    /// Rows without a fault.
    pub valid: u64,
    /// Rows with at least one fault.
    pub invalid: u64,
    /// Faults in all, the kept ones and the others.
    pub errors_total: u64,
    /// The first faults.
    pub errors: Vec<RowError>,
    /// How often each fault occurs.
    pub errors_by_code: BTreeMap<&'static str, u64>,
    /// Warnings in all.
    pub warnings_total: u64,
    /// The first warnings.
    pub warnings: Vec<RowError>,
    /// Rows that repeat a record of the same file, in all.
    pub duplicates_total: u64,
    /// The first of them.
    pub duplicates: Vec<Duplicate>,
    /// What the owner of the file should know.
    pub notes: Vec<Note>,
    /// Where reading stopped before the end, and why.
    pub stopped: Option<String>,
}

/// Keys seen so far, as 64-bit digests: a million rows cost some tens of MB. Equal digests are taken for equal
/// keys; with a million keys a false pair has a chance of about 3 in 100 million.
#[derive(Debug, Default)]
struct Seen {
    rows: HashMap<u64, u64>,
}

impl Seen {
    fn first(&mut self, by: &'static str, key: &str, row: u64) -> Option<u64> {
        use std::hash::{Hash, Hasher};
        let mut hasher = std::hash::DefaultHasher::new();
        (by, key).hash(&mut hasher);
        let digest = hasher.finish();
        match self.rows.entry(digest) {
            std::collections::hash_map::Entry::Occupied(first) => Some(*first.get()),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(row);
                None
            }
        }
    }
}

/// Collects a [`Report`] row by row.
#[derive(Debug, Default)]
pub struct Reviewer {
    bounds: Bounds,
    report: Report,
    seen: Seen,
}

impl Reviewer {
    /// Keeps as much as the bounds allow.
    #[must_use]
    pub fn new(bounds: Bounds) -> Self {
        Self { bounds, ..Self::default() }
    }

    /// Takes in a draft; true when its row repeats no earlier one.
    pub fn accept(&mut self, draft: &AccountDraft) -> bool {
        self.report.rows += 1;
        self.report.valid += 1;
        self.warn(&draft.warnings);
        let text = |pointer: &str| draft.body.pointer(pointer).and_then(serde_json::Value::as_str);
        let keys = [
            ("external_id", draft.external_id.clone()),
            ("tax_id", text("/tax_id/value").map(str::to_uppercase)),
            ("email", text("/email").map(str::to_lowercase)),
        ];
        let mut fresh = true;
        for (by, key) in keys {
            let Some(key) = key else { continue };
            if let Some(first_row) = self.seen.first(by, &key, draft.row)
                && std::mem::replace(&mut fresh, false)
            {
                self.report.duplicates_total += 1;
                if self.report.duplicates.len() < self.bounds.duplicates {
                    self.report.duplicates.push(Duplicate { row: draft.row, first_row, by, value: key });
                }
            }
        }
        fresh
    }

    /// Takes in the faults of a row.
    pub fn refuse(&mut self, errors: Vec<RowError>) {
        self.report.rows += 1;
        self.report.invalid += 1;
        for error in errors {
            self.report.errors_total += 1;
            *self.report.errors_by_code.entry(error.code).or_default() += 1;
            if self.report.errors.len() < self.bounds.errors {
                self.report.errors.push(error);
            }
        }
    }

    /// Takes in remarks.
    pub fn warn(&mut self, warnings: &[RowError]) {
        self.report.warnings_total += warnings.len() as u64;
        let room = self.bounds.warnings.saturating_sub(self.report.warnings.len());
        self.report.warnings.extend(warnings.iter().take(room).cloned());
    }

    /// The report, with what is known about the whole file.
    #[must_use]
    pub fn finish(mut self, notes: Vec<Note>, stopped: Option<&FileFault>) -> Report {
        self.report.notes = notes;
        self.report.stopped = stopped.map(ToString::to_string);
        self.report
    }
}

/// Reads a whole account file and tells what an import of it would do. Every valid draft is handed to `each`,
/// with `false` when its row repeats an earlier one; every faulty row is handed to `mend`.
pub fn review<R: Read>(
    reader: &mut Reader<R>,
    drafter: &Drafter<'_>,
    bounds: Bounds,
    mut each: impl FnMut(AccountDraft, bool),
    mut mend: impl FnMut(&Row, &[RowError]),
) -> Report {
    let mut reviewer = Reviewer::new(bounds);
    let mut row = Row::default();
    let stopped = loop {
        match reader.read_row(&mut row) {
            Ok(true) => {}
            Ok(false) => break None,
            Err(fault) => break Some(fault),
        }
        match drafter.draft(&row) {
            Ok(draft) => {
                let fresh = reviewer.accept(&draft);
                each(draft, fresh);
            }
            Err(errors) => {
                mend(&row, &errors);
                reviewer.refuse(errors);
            }
        }
    };
    reviewer.finish(reader.notes(), stopped.as_ref())
}

/// Finds out how numbers are written from the first rows of the money columns.
#[must_use]
pub fn number_style(mapping: &Mapping, rows: &[Row]) -> Style {
    let places: Vec<usize> = [Field::CreditLimit, Field::AnnualRevenue]
        .into_iter()
        .filter_map(|field| mapping.column(field))
        .map(|column| column.place)
        .collect();
    let cells = rows.iter().flat_map(|row| places.iter().filter_map(|place| row.cells.get(*place)));
    Style::find(cells.map(String::as_str))
}

/// Writes the rows to mend: the user's own columns, and `kith_error` behind them. Cells that a spreadsheet would
/// compute get an apostrophe in front (D§6.2).
pub struct ErrorFile<W: Write> {
    out: ::csv::Writer<W>,
    columns: usize,
}

impl<W: Write> std::fmt::Debug for ErrorFile<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ErrorFile").field("columns", &self.columns).finish_non_exhaustive()
    }
}

impl<W: Write> ErrorFile<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// When writing fails.
    pub fn create(out: W, header: &[String], delimiter: char) -> io::Result<Self> {
        let delimiter = u8::try_from(delimiter).unwrap_or(b',');
        let mut out = ::csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(out);
        out.write_record(header.iter().map(String::as_str).chain(["kith_error"]))?;
        Ok(Self { out, columns: header.len() })
    }

    /// Writes a faulty row.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write(&mut self, row: &Row, errors: &[RowError]) -> io::Result<()> {
        let sentences: Vec<String> = errors.iter().map(sentence).collect();
        let cells = (0..self.columns.max(row.cells.len()))
            .map(|place| row.cells.get(place).map_or("", String::as_str));
        let record = cells.map(escape).chain([sentences.join(" | ").into()]);
        self.out.write_record(record.map(|cell| cell.into_owned()))?;
        Ok(())
    }

    /// Writes what is buffered and gives the sink back.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(|error| io::Error::other(error.to_string()))
    }
}

fn sentence(error: &RowError) -> String {
    let column = if error.column.is_empty() { String::new() } else { format!("{}: ", error.column) };
    let suggestion = error.suggestion.as_ref().map_or(String::new(), |text| format!(" Did you mean {text}?"));
    format!("{column}{}{suggestion}", error.message)
}

/// A cell that no spreadsheet computes: one that begins like a formula gets an apostrophe, numbers do not.
#[must_use]
pub fn escape(cell: &str) -> std::borrow::Cow<'_, str> {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = cell.len() > 1
        && cell.starts_with(['+', '-'])
        && cell.chars().skip(1).all(|c| c.is_ascii_digit() || " .,()".contains(c));
    if formula && !number { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests;
