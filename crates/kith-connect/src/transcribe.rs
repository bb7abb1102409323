//! Files that are no CSV, written anew as one: workbooks (XLSX) and `QuickBooks` lists (IIF).
//!
//! Everything behind this reads CSV only. The copy has every row where the file has it, so that a fault names the
//! row that a person sees; it is written row by row, in bounded memory.

mod archive;
mod iif;
mod lines;
#[cfg(test)]
mod tests;
mod xlsx;

use std::io::{Read, Seek, Write};

use serde::{Deserialize, Serialize};

use crate::csv::{FileFault, Limits, Note};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Text with delimiters.
    Csv,
    /// A workbook of Office Open XML.
    Xlsx,
    /// A list exported by `QuickBooks` Desktop.
    Iif,
}

impl Format {
    /// The format of a name; IIF is written in delimited text and needs no name of its own.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            "iif" => Some(Self::Iif),
            _ => None,
        }
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Iif => "iif",
        }
    }

    /// The format that the first bytes of a file show.
    ///
    /// # Errors
    /// [`FileFault::Unreadable`] when the file cannot be read.
    pub fn of(file: &mut (impl Read + Seek)) -> Result<Self, FileFault> {
        let mut head = Vec::new();
        let read = file.by_ref().take(4096).read_to_end(&mut head);
        read.and_then(|_| file.rewind()).map_err(FileFault::Unreadable)?;
        let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head).trim_ascii_start();
        Ok(if head.starts_with(b"PK\x03\x04") {
            Self::Xlsx
        } else if text.starts_with(b"!") && text.split(|byte| *byte == b'\n').take(1).any(is_tabbed) {
            Self::Iif
        } else {
            Self::Csv
        })
    }
}

fn is_tabbed(line: &[u8]) -> bool {
    line.contains(&b'\t')
}

/// What was copied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transcript {
    /// The sheet that was read.
    pub sheet: Option<String>,
    /// What the owner of the file should know.
    pub notes: Vec<Note>,
}

/// Writes a file that is no CSV as one; nothing for one that is.
///
/// # Errors
/// [`FileFault`] when it cannot be read, breaks a limit, or has no such sheet.
pub fn transcribe(
    mut file: impl Read + Seek,
    format: Format,
    sheet: Option<&str>,
    limits: &Limits,
    out: impl Write,
) -> Result<Option<Transcript>, FileFault> {
    match format {
        Format::Csv => Ok(None),
        Format::Xlsx => {
            archive::check(&mut file)?;
            xlsx::transcribe(file, sheet, limits, out).map(Some)
        }
        Format::Iif => iif::transcribe(file, limits, out).map(Some),
    }
}
