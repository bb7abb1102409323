//! Why a file cannot be read, or not read on.

use std::fmt;

use kith_domain::refusal::ended;

/// The file as a whole cannot be read, or not beyond a place.
#[derive(Debug)]
#[non_exhaustive]
pub enum FileFault {
    /// Nothing in it, or nothing but white space.
    Empty,
    /// Not text: what it looks like, and what to do.
    NotText {
        /// What the first bytes say.
        looks_like: &'static str,
    },
    /// The last row is cut off or a quote was left open.
    UnclosedQuote {
        /// The row in which the quote was opened, as a spreadsheet counts.
        row: u64,
    },
    /// One row is longer than allowed, often because of a quote left open.
    RowTooLong {
        /// The row, as a spreadsheet counts.
        row: u64,
        /// Bytes allowed.
        limit: usize,
    },
    /// More rows than allowed.
    TooManyRows {
        /// Rows allowed.
        limit: u64,
    },
    /// More columns than allowed.
    TooManyColumns {
        /// Columns found.
        columns: usize,
        /// Columns allowed.
        limit: usize,
    },
    /// A workbook that unpacks to more than is read.
    TooLarge {
        /// What is too much.
        what: String,
    },
    /// A workbook that is not well formed.
    Damaged {
        /// What was found.
        what: String,
    },
    /// The workbook has no such sheet.
    SheetUnknown {
        /// The sheet asked for.
        sheet: String,
        /// The sheets there are.
        sheets: Vec<String>,
    },
    /// A list without customers.
    NoCustomers,
    /// The source failed.
    Unreadable(std::io::Error),
}

impl FileFault {
    /// Stable code, for example `csv.unclosed_quote`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "csv.empty",
            Self::NotText { .. } => "csv.not_text",
            Self::UnclosedQuote { .. } => "csv.unclosed_quote",
            Self::RowTooLong { .. } => "csv.row_too_long",
            Self::TooManyRows { .. } => "csv.too_many_rows",
            Self::TooManyColumns { .. } => "csv.too_many_columns",
            Self::TooLarge { .. } => "xlsx.too_large",
            Self::Damaged { .. } => "xlsx.damaged",
            Self::SheetUnknown { .. } => "xlsx.sheet_unknown",
            Self::NoCustomers => "iif.no_customers",
            Self::Unreadable(_) => "csv.unreadable",
        }
    }

    /// The row of the fault, if it has one.
    #[must_use]
    pub fn row(&self) -> Option<u64> {
        match self {
            Self::UnclosedQuote { row } | Self::RowTooLong { row, .. } => Some(*row),
            _ => None,
        }
    }
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => {
                f.write_str("The file is empty. A header row and one row for each record are needed.")
            }
            Self::NotText { looks_like } => {
                write!(f, "The file is no CSV text; it looks like {looks_like}. Save it as CSV (UTF-8).")
            }
            Self::UnclosedQuote { row } => write!(
                f,
                "Row {row} opens a quote (\") that is never closed; the file may be cut off. \
                 Close it, or write a quote inside a cell twice (\"\")."
            ),
            Self::RowTooLong { row, limit } => write!(
                f,
                "Row {row} is longer than {limit} bytes; a quote (\") may be left open before this place."
            ),
            Self::TooManyRows { limit } => {
                write!(f, "The file has more than {limit} rows. Split it into several files.")
            }
            Self::TooManyColumns { columns, limit } => {
                write!(f, "The header has {columns} columns; at most {limit} are read.")
            }
            Self::TooLarge { what } => {
                write!(f, "The workbook unpacks to more than is read: {what}. Save the sheet as CSV.")
            }
            Self::Damaged { what } => {
                write!(f, "The workbook is damaged or protected: {what}. Open it and save it anew.")
            }
            Self::SheetUnknown { sheet, sheets } => {
                write!(f, "The workbook has no sheet \"{sheet}\"; it has {}.", sheets.join(", "))
            }
            Self::NoCustomers => f.write_str("The list has no customers: no line begins with !CUST."),
            Self::Unreadable(error) => f.write_str(&ended(&format!("The file could not be read: {error}"))),
        }
    }
}

impl std::error::Error for FileFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}
