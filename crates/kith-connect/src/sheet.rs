//! Tables written as files: CSV, JSON lines and XLSX, row by row, safe to open in a spreadsheet.

mod xlsx;

use std::io::{self, Write};

use serde_json::{Map, Value};

pub use xlsx::ROWS_MAX;

use xlsx::Workbook;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFormat {
    /// Comma separated values (RFC 4180), UTF-8.
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// A workbook of Excel with one sheet.
    Xlsx,
}

impl SheetFormat {
    /// The codes, in the order of the list.
    pub const CODES: [&'static str; 3] = ["csv", "jsonl", "xlsx"];

    /// The format of a code, or of the ending of a file's name.
    #[must_use]
    pub fn get(code: &str) -> Option<Self> {
        match code {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// The ending of a file's name.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
            Self::Xlsx => "xlsx",
        }
    }

    /// The media type.
    #[must_use]
    pub fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::JsonLines => "application/jsonl",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetColumn {
    /// The member of a row that it shows.
    pub id: String,
    /// Headings for people, its own and that of its currency, in place of the member and `<id>_currency`.
    pub headings: Option<[String; 2]>,
    /// Whether it is money, which takes two columns: the amount and, as `<id>_currency`, the currency.
    pub is_money: bool,
}

/// A table on its way into a file.
pub struct SheetWriter<W: Write> {
    columns: Vec<SheetColumn>,
    sink: Sink<W>,
}

enum Sink<W: Write> {
    Csv(Box<csv::Writer<W>>),
    JsonLines(W),
    Xlsx(Box<Workbook>, W),
}

impl<W: Write> std::fmt::Debug for SheetWriter<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SheetWriter").field("columns", &self.columns).finish_non_exhaustive()
    }
}

impl<W: Write> SheetWriter<W> {
    /// Begins a file with its headings.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(format: SheetFormat, columns: Vec<SheetColumn>, out: W) -> io::Result<Self> {
        let headings = headings(&columns);
        let sink = match format {
            SheetFormat::Csv => {
                let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
                writer.write_record(&headings)?;
                Sink::Csv(Box::new(writer))
            }
            SheetFormat::JsonLines => Sink::JsonLines(out),
            SheetFormat::Xlsx => Sink::Xlsx(Box::new(Workbook::begin(&headings)?), out),
        };
        Ok(Self { columns, sink })
    }

    /// Adds a row; members without a column are left out.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, row: &Map<String, Value>) -> io::Result<()> {
        match &mut self.sink {
            Sink::Csv(writer) => Ok(writer.write_record(cells(&self.columns, row).iter().map(Cell::text))?),
            Sink::JsonLines(out) => {
                let member = |column: &SheetColumn| Some((column.id.clone(), row.get(&column.id)?.clone()));
                let own: Map<String, Value> = self.columns.iter().filter_map(member).collect();
                serde_json::to_writer(&mut *out, &own)?;
                out.write_all(b"\n")
            }
            Sink::Xlsx(workbook, _) => workbook.row(&cells(&self.columns, row)),
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(self) -> io::Result<()> {
        match self.sink {
            Sink::Csv(mut writer) => writer.flush(),
            Sink::JsonLines(mut out) => out.flush(),
            Sink::Xlsx(workbook, mut out) => {
                out.write_all(&workbook.end()?)?;
                out.flush()
            }
        }
    }
}

fn headings(columns: &[SheetColumn]) -> Vec<String> {
    let own = |column: &SheetColumn| {
        let usual = || [column.id.clone(), format!("{}_currency", column.id)];
        let [heading, currency] = column.headings.clone().unwrap_or_else(usual);
        std::iter::once(heading).chain(column.is_money.then_some(currency))
    };
    columns.iter().flat_map(own).collect()
}

/// What stands in one place of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Empty,
    /// Digits as written, with their value.
    Number(String, f64),
    Bool(bool),
    Text(String),
}

impl Cell {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Empty,
            Value::Bool(flag) => Self::Bool(*flag),
            Value::Number(number) => Self::Number(number.to_string(), number.as_f64().unwrap_or_default()),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => {
                let texts: Vec<String> = items.iter().map(|item| Self::of(item).text()).collect();
                Self::Text(texts.join("; "))
            }
            Value::Object(_) => Self::Text(value.to_string()),
        }
    }

    /// An amount as money writes it: a number, whatever its digits.
    fn amount(value: &Value) -> Self {
        let text = value.as_str().unwrap_or_default();
        match text.parse::<f64>() {
            Ok(number) => Self::Number(text.to_owned(), number),
            Err(_) => Self::of(value),
        }
    }

    /// The cell as text of a CSV file. A text that a spreadsheet would take for a formula is quoted with an apostrophe.
    fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Number(digits, _) => digits.clone(),
            Self::Bool(flag) => flag.to_string(),
            Self::Text(text) if is_formula(text) => format!("'{text}"),
            Self::Text(text) => text.clone(),
        }
    }
}

/// Whether a spreadsheet may run a cell instead of showing it.
#[must_use]
pub fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err()
}

fn cells(columns: &[SheetColumn], row: &Map<String, Value>) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(columns.len());
    for column in columns {
        let value = row.get(&column.id).unwrap_or(&Value::Null);
        if column.is_money {
            cells.push(Cell::amount(value.get("amount").unwrap_or(&Value::Null)));
            cells.push(Cell::of(value.get("currency").unwrap_or(&Value::Null)));
        } else {
            cells.push(Cell::of(value));
        }
    }
    cells
}

#[cfg(test)]
mod tests;
