//! What an archive may hold: measured by unpacking it, since what it says about itself may be a lie.

use std::io::{Read, Seek};

use crate::csv::FileFault;

/// Most parts of a workbook.
const PARTS_MAX: usize = 10_000;
/// Most bytes of a sheet, unpacked.
const SHEET_MAX: u64 = 4 << 30;
/// Most bytes of the shared texts, unpacked: they are held in memory while the sheet is read.
const SHARED_MAX: u64 = 128 << 20;
/// Most bytes of any other part that is read.
const OTHER_MAX: u64 = 16 << 20;
/// Most bytes between two marks of the markup: one cell.
const RUN_MAX: usize = 1 << 20;

/// Refuses a workbook whose parts unpack to more than can be read in bounded memory.
pub(super) fn check(file: &mut (impl Read + Seek)) -> Result<(), FileFault> {
    file.rewind().map_err(FileFault::Unreadable)?;
    let damaged = |error: zip::result::ZipError| FileFault::Damaged { what: error.to_string() };
    let mut archive = zip::ZipArchive::new(&mut *file).map_err(damaged)?;
    if archive.len() > PARTS_MAX {
        return Err(FileFault::TooLarge { what: format!("{} parts", archive.len()) });
    }
    let mut is_workbook = false;
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.trim_start_matches('/').to_lowercase();
        is_workbook |= name.ends_with("workbook.xml");
        if name.ends_with(".xml") || name.ends_with(".rels") {
            measure(&mut part, &name)?;
        }
    }
    drop(archive);
    file.rewind().map_err(FileFault::Unreadable)?;
    if is_workbook {
        Ok(())
    } else {
        Err(FileFault::NotText { looks_like: "an archive that is no workbook" })
    }
}

fn measure(part: &mut impl Read, name: &str) -> Result<(), FileFault> {
    let most = if name.contains("worksheets/") {
        SHEET_MAX
    } else if name.ends_with("sharedstrings.xml") {
        SHARED_MAX
    } else {
        OTHER_MAX
    };
    let (mut size, mut run, mut buffer) = (0_u64, 0_usize, vec![0; 1 << 16]);
    loop {
        let count = part.read(&mut buffer).map_err(|error| FileFault::Damaged { what: error.to_string() })?;
        if count == 0 {
            return Ok(());
        }
        size = size.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        if size > most {
            return Err(FileFault::TooLarge { what: format!("more than {} MiB in {name}", most >> 20) });
        }
        for pieces in
            buffer.get(..count).unwrap_or_default().split_inclusive(|byte| matches!(byte, b'<' | b'>'))
        {
            run = run.saturating_add(pieces.len());
            if run > RUN_MAX {
                return Err(FileFault::TooLarge { what: format!("a cell of more than 1 MiB in {name}") });
            }
            if matches!(pieces.last(), Some(b'<' | b'>')) {
                run = 0;
            }
        }
    }
}
