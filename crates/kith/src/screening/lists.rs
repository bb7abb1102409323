//! Lists from files: those of OFAC belong together, every other one stands by itself.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use kith_screen::list::{Format, List};
use kith_screen::screen::Screener;

use crate::failure::Failure;

/// Bytes of a file that are read at once.
const BUFFER: usize = 1 << 16;

/// Reads every file into one screener.
pub(crate) fn read(paths: &[PathBuf]) -> Result<Screener, Failure> {
    let mut ofac = List::default();
    let mut lists = Vec::new();
    for path in paths {
        let fault = |what: String| Failure::Here(format!("{}: {what}", path.display()));
        let mut list = List::default();
        let open = || File::open(path).map_err(|error| Failure::file(path, &error));
        let format = list
            .add(&mut BufReader::with_capacity(BUFFER, open()?))
            .map_err(|broken| fault(broken.to_string()))?;
        if matches!(format, Format::OfacEntries | Format::OfacAliases | Format::OfacAddresses) {
            ofac.append(list);
        } else {
            lists.push(list.finish().map_err(fault)?);
        }
    }
    if !ofac.formats().is_empty() {
        lists.insert(0, ofac.finish().map_err(Failure::Here)?);
    }
    Ok(Screener::new(lists.into_iter().flatten().collect()))
}
