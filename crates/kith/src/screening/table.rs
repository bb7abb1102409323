//! Rows in and out: any usual CSV in, columns found by their plain names; RFC 4180 out.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use kith_connect::csv::{Lines, Options, Reader, Row};

use crate::failure::Failure;

/// A file of rows.
pub(crate) struct Rows {
    path: PathBuf,
    reader: Reader<File>,
    columns: Vec<String>,
    lines: Lines,
    /// The line on which the row read last begins.
    line: u64,
}

impl Rows {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let input = File::open(path).map_err(|error| Failure::file(path, &error))?;
        let reader = Reader::open(input, &Options::default())
            .map_err(|fault| Failure::Here(format!("{}: {fault}", path.display())))?;
        let columns = reader.header().iter().map(|name| plain(name)).collect();
        let lines = Lines::below(reader.header());
        Ok(Self { path: path.to_owned(), reader, columns, lines, line: 1 })
    }

    /// The header as written.
    pub(crate) fn header(&self) -> Vec<String> {
        self.reader.header().to_vec()
    }

    /// The column that has the first of these names.
    pub(crate) fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.columns.iter().position(|column| column == name))
    }

    /// The same, where nothing can be done without it.
    pub(crate) fn demand(&self, names: &[&str]) -> Result<usize, Failure> {
        self.find(names).ok_or_else(|| {
            let there = self.reader.header().join(", ");
            self.fault(
                1,
                &format!("there is no column `{}`; there are: {there}", names.first().unwrap_or(&"")),
            )
        })
    }

    /// The next row that holds anything.
    pub(crate) fn next(&mut self) -> Result<Option<Row>, Failure> {
        let mut row = Row::default();
        while self
            .reader
            .read_row(&mut row)
            .map_err(|fault| Failure::Here(format!("{}: {fault}", self.path.display())))?
        {
            self.line = self.lines.of(&row);
            if row.cut {
                return Err(self.fault(row.number, "the row is too long: is a quote never closed?"));
            }
            if row.cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// The columns without meaning, as written.
    pub(crate) fn unknown(&self, known: &[&[&str]]) -> Vec<&str> {
        let is_known = |column: &String| known.iter().any(|names| names.contains(&column.as_str()));
        let named = self.columns.iter().zip(self.reader.header());
        named.filter(|(column, _)| !is_known(column)).map(|(_, name)| name.as_str()).collect()
    }

    /// The line on which the row read last begins.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The place of a column of the row read last, in words.
    pub(crate) fn place(&self, column: usize) -> String {
        let name = self.reader.header().get(column).map_or("", |name| name.trim());
        format!("{}: line {}, column {name}", self.path.display(), self.line())
    }

    /// A fault of a row.
    pub(crate) fn fault(&self, row: u64, what: &str) -> Failure {
        Failure::Here(format!("{}: row {row}: {what}", self.path.display()))
    }
}

/// A column's name without case, spaces and marks.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The cell of a row, trimmed; nothing if there is none.
pub(crate) fn cell(row: &Row, at: Option<usize>) -> &str {
    at.and_then(|at| row.cells.get(at)).map_or("", |cell| cell.trim())
}

/// A file that rows are written to, or standard output.
pub(crate) struct Out {
    name: String,
    inner: Box<dyn Write>,
}

impl Out {
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        match path {
            None => Ok(Self {
                name: "standard output".to_owned(),
                inner: Box::new(BufWriter::new(std::io::stdout())),
            }),
            Some(path) => {
                let file = File::create(path).map_err(|error| Failure::file(path, &error))?;
                Ok(Self { name: path.display().to_string(), inner: Box::new(BufWriter::new(file)) })
            }
        }
    }

    pub(crate) fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), Failure> {
        let mut line = String::new();
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                line.push(',');
            }
            if cell.contains([',', '"', '\n', '\r']) {
                line.push('"');
                line.push_str(&cell.replace('"', "\"\""));
                line.push('"');
            } else {
                line.push_str(cell);
            }
        }
        line.push('\n');
        self.inner.write_all(line.as_bytes()).map_err(|error| self.failed(&error))
    }

    pub(crate) fn end(mut self) -> Result<(), Failure> {
        self.inner.flush().map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &std::io::Error) -> Failure {
        Failure::Here(format!("{}: {error}", self.name))
    }
}
