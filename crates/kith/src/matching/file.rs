//! A CSV file in memory, column by column.

use std::path::{Path, PathBuf};

use kith_connect::csv::{Options, Reader, Row};

use crate::failure::Failure;
use crate::progress;

/// Rows between two looks at the progress.
const STEP: u64 = 10_000;

/// The texts of one column, one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// The text of a row.
    pub(crate) fn get(&self, row: usize) -> &str {
        let from = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[from..self.ends[row]]
    }

    /// All texts in the order of their rows.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|row| self.get(row))
    }
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct File {
    path: PathBuf,
    headers: Vec<String>,
    columns: Vec<Texts>,
    rows: usize,
}

impl File {
    /// Reads a file whose every row has as many cells as the header.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let fault = |what: String| Failure::Here(format!("{}: {what}", path.display()));
        let input = std::fs::File::open(path).map_err(|error| Failure::file(path, &error))?;
        let options = Options {
            limits: kith_connect::csv::Limits { rows_max: u64::from(u32::MAX - 1), ..Default::default() },
            ..Default::default()
        };
        let mut reader = Reader::open(input, &options).map_err(|error| fault(error.to_string()))?;
        let headers: Vec<String> = reader.header().iter().map(|header| header.trim().to_owned()).collect();
        let mut columns: Vec<Texts> = headers.iter().map(|_| Texts::default()).collect();
        let bar = progress::bar(None, "reading");
        let mut row = Row::default();
        while reader.read_row(&mut row).map_err(|error| fault(error.to_string()))? {
            if row.cells.len() != headers.len() {
                return Err(fault(format!(
                    "row {} has {} cells, the header has {} columns",
                    row.number,
                    row.cells.len(),
                    headers.len()
                )));
            }
            for (column, cell) in columns.iter_mut().zip(&row.cells) {
                column.push(cell.trim());
            }
            if reader.rows() % STEP == 0 {
                bar.set_position(reader.rows());
            }
        }
        bar.finish_and_clear();
        let rows = columns.first().map_or(0, |column| column.ends.len());
        if rows == 0 {
            return Err(fault("the file holds a header and no rows".to_owned()));
        }
        Ok(Self { path: path.to_owned(), headers, columns, rows })
    }

    /// The headers, trimmed.
    pub(crate) fn headers(&self) -> &[String] {
        &self.headers
    }

    /// How many rows, header excluded.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// A column.
    pub(crate) fn column(&self, at: usize) -> &Texts {
        &self.columns[at]
    }

    /// The place of a column by its header; letters' case makes no difference.
    pub(crate) fn find(&self, header: &str) -> Option<usize> {
        let exact = self.headers.iter().position(|known| known == header.trim());
        exact.or_else(|| self.headers.iter().position(|known| known.eq_ignore_ascii_case(header.trim())))
    }

    /// The place of a column that was asked for.
    pub(crate) fn demand(&self, header: &str) -> Result<usize, Failure> {
        self.find(header).ok_or_else(|| {
            let path = self.path.display();
            Failure::Here(format!(
                "{path}: row 1: there is no column `{}`; there are: {}",
                header.trim(),
                self.headers.join(", ")
            ))
        })
    }

    /// The column whose header says that it names the rows.
    pub(crate) fn row_name(&self) -> Option<usize> {
        kith_match::infer::row_name(&self.headers)
    }

    /// The names of the rows: the column that was asked for, whose values must differ; else `id` or `rec_id` if its
    /// values do; else their numbers from 1.
    pub(crate) fn names(&self, asked: Option<&str>) -> Result<Vec<String>, Failure> {
        if let Some(header) = asked {
            let column = self.demand(header)?;
            self.check_names(header, column)?;
            return Ok(self.columns[column].iter().map(str::to_owned).collect());
        }
        match self.row_name() {
            Some(column) if self.check_names(&self.headers[column], column).is_ok() => {
                Ok(self.columns[column].iter().map(str::to_owned).collect())
            }
            _ => Ok((1..=self.rows).map(|row| row.to_string()).collect()),
        }
    }

    fn check_names(&self, header: &str, column: usize) -> Result<(), Failure> {
        let mut known = std::collections::HashMap::with_capacity(self.rows);
        for (row, name) in self.columns[column].iter().enumerate() {
            let before = known.insert(name, row);
            let what = match before {
                _ if name.is_empty() => format!("row {} has no `{header}`", row + 2),
                Some(before) => {
                    format!("rows {} and {} have the same `{header}`: {name}", before + 2, row + 2)
                }
                None => continue,
            };
            return Err(Failure::Here(format!("{}: {what}", self.path.display())));
        }
        Ok(())
    }
}
