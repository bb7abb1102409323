//! What commands read: a file, or standard input behind `-`.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use axum::body::Bytes;
use clap::Args;
use serde_json::Value;

use crate::door::Call;
use crate::failure::Failure;

/// Longest file that is sent in one request.
const WHOLE_MAX: u64 = 1 << 30;
/// Longest JSON body that is read.
const BODY_MAX: u64 = 16 << 20;

/// Whether the path means standard input.
fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Opens a file, or standard input.
pub(super) fn open(path: &Path) -> Result<Box<dyn Read + Send>, Failure> {
    if is_stdin(path) {
        return Ok(Box::new(io::stdin()));
    }
    let file = File::open(path).map_err(|error| Failure::file(path, &error))?;
    if file.metadata().is_ok_and(|about| about.is_dir()) {
        return Err(Failure::file(path, &io::Error::from(io::ErrorKind::IsADirectory)));
    }
    Ok(Box::new(file))
}

/// The length of a file, where it has one.
pub(super) fn length(path: &Path) -> Option<u64> {
    if is_stdin(path) { None } else { std::fs::metadata(path).ok().map(|about| about.len()) }
}

/// Reads all of a file, at most 1 GiB.
pub(super) fn whole(path: &Path) -> Result<Bytes, Failure> {
    read(path, WHOLE_MAX).map(Bytes::from)
}

fn read(path: &Path, max: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut input = open(path)?.take(max + 1);
    input.read_to_end(&mut bytes).map_err(|error| Failure::file(path, &error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > max {
        return Err(Failure::Here(format!("{}: longer than {} MiB", path.display(), max >> 20)));
    }
    Ok(bytes)
}

/// Writes a file whole, or to standard output.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = if is_stdin(path) { io::stdout().write_all(bytes) } else { std::fs::write(path, bytes) };
    written.map_err(|error| Failure::file(path, &error))
}

/// Reads a text, for example a map.
pub(super) fn text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path, BODY_MAX)?)
        .map_err(|_| Failure::Here(format!("{}: not text in UTF-8", path.display())))
}

/// Reads a JSON object.
pub(super) fn object(path: &Path) -> Result<Value, Failure> {
    let (value, twice) = kith_api::strict::read(&read(path, BODY_MAX)?)
        .map_err(|error| Failure::Here(format!("{}: not JSON: {error}", path.display())))?;
    if let Some(fault) = twice.first() {
        let what = format!("{}: {}: {}", path.display(), fault.pointer, fault.message);
        return Err(Failure::Here(what));
    }
    if value.is_object() {
        Ok(value)
    } else {
        Err(Failure::Here(format!("{}: not a JSON object", path.display())))
    }
}

/// `file.json`, `-` for standard input.
pub(super) fn path(text: &str) -> Result<PathBuf, String> {
    if text.is_empty() { Err("a file name, or - for standard input".to_owned()) } else { Ok(text.into()) }
}

/// Which part of a list.
#[derive(Debug, Clone, Default, Args)]
pub struct PageArgs {
    /// How many, 1 to 200 [default: 50]
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
    /// Where to go on: the cursor that the page before printed
    #[arg(long, value_name = "CURSOR")]
    cursor: Option<String>,
}

impl PageArgs {
    /// Adds what was said to a call.
    pub(super) fn on(&self, call: Call) -> Call {
        call.with("limit", self.limit).with("cursor", self.cursor.as_ref())
    }
}
