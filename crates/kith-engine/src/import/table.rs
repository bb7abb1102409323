//! A file as rows with delimiters, whatever it was.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use kith_connect::csv::{FileFault, Limits, Note};
use kith_connect::transcribe::{Format, transcribe};

use super::layout::Unfit;
use super::sealed::create;
use super::stage::open;

/// A CSV file; the copy of one that was none is removed in the end.
#[derive(Debug)]
pub(super) struct Table {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// What the file was.
    pub(super) format: Format,
    /// What its owner should know.
    pub(super) notes: Vec<Note>,
    copied: bool,
}

/// A path beside another one.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(format!(".{ending}"));
    PathBuf::from(name)
}

impl Table {
    /// The file itself, or its copy.
    pub(super) fn of(path: &Path, format: Option<Format>, sheet: Option<&str>) -> Result<Self, Unfit> {
        let mut file = open(path)?;
        let found = Format::of(&mut file)?;
        // A list is text as well; a workbook is none, whatever is said.
        let format = match (format, found) {
            (Some(Format::Xlsx), Format::Csv | Format::Iif) => return Err(not_a_workbook()),
            (None | Some(Format::Csv | Format::Iif), found) => found,
            (Some(format), _) => format,
        };
        let mut table =
            Self { path: path.to_owned(), format, notes: Vec::new(), copied: format != Format::Csv };
        if table.copied {
            table.path = beside(path, "table");
            let out = create(&table.path).map_err(kith_store::Fault::unavailable)?;
            if let Some(transcript) = transcribe(file, format, sheet, &Limits::default(), out)? {
                table.notes = transcript.notes;
            }
        }
        Ok(table)
    }
}

fn not_a_workbook() -> Unfit {
    FileFault::Damaged { what: "it is text, not a workbook; say format=csv".to_owned() }.into()
}

impl Drop for Table {
    fn drop(&mut self) {
        if self.copied {
            // What cannot be removed is the matter of whoever tidies the folder of uploads.
            drop(std::fs::remove_file(&self.path));
        }
    }
}
