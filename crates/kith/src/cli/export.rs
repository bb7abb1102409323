//! `kith export`: a list of accounts as a file.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use kith_engine::SheetFormat;
use serde_json::json;

use super::input;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::progress;
use crate::render::pairs;
use crate::screen::Screen;

/// Take a list of accounts away as a file: CSV, JSON lines or XLSX
#[derive(Debug, Args)]
pub struct Export {
    /// Where to; its ending says the format. - for standard output
    #[arg(value_parser = input::path)]
    file: PathBuf,
    /// csv, jsonl or xlsx [default: the ending of the file, else csv]
    #[arg(long)]
    format: Option<String>,
    /// Condition over the fields of `kith field list` [default: all accounts]
    #[arg(long)]
    filter: Option<String>,
    /// Fields, - before one for greatest first
    #[arg(long, allow_hyphen_values = true)]
    sort: Option<String>,
    /// Which fields to give, separated by commas
    #[arg(long)]
    fields: Option<String>,
    /// Only accounts that this entity owns
    #[arg(long)]
    entity: Option<String>,
}

impl Export {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let format = self.format()?;
        let call = Call::to("account_export")
            .with("format", Some(format.ending()))
            .with("filter", self.filter.as_ref())
            .with("sort", self.sort.as_ref())
            .with("fields", self.fields.as_ref())
            .with("entity", self.entity.as_ref());
        let bar = progress::bar(None, "exporting");
        let reply = door.call(call).await;
        bar.finish_and_clear();
        let bytes = reply?.body;
        if self.file.as_os_str() == "-" {
            let mut out = std::io::stdout().lock();
            return out
                .write_all(&bytes)
                .and_then(|()| out.flush())
                .map_err(|error| Failure::file(&self.file, &error));
        }
        write(&self.file, &bytes)?;
        let told = json!({"file": self.file.display().to_string(), "bytes": bytes.len()});
        screen.show_value(&told, pairs)
    }

    fn format(&self) -> Result<SheetFormat, Failure> {
        let ending = self.file.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
        let unknown = || Failure::Usage(format!("the formats are {}", SheetFormat::CODES.join(", ")));
        match (&self.format, ending) {
            (Some(code), _) => SheetFormat::get(code).ok_or_else(unknown),
            (None, Some(ending)) => Ok(SheetFormat::get(&ending).unwrap_or(SheetFormat::Csv)),
            (None, None) => Ok(SheetFormat::Csv),
        }
    }
}

/// The file whole, or none.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| Failure::file(path, &error))
}
