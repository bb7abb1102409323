//! A sheet of a workbook, cell by cell. A formula counts as the value it had when the workbook was saved.

use std::io::{BufReader, Read, Seek, Write};

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use super::Transcript;
use super::lines::Lines;
use crate::csv::{FileFault, Limits, Note};

/// Columns that a sheet can have.
const COLUMNS_MAX: usize = 16_384;

pub(super) fn transcribe(
    file: impl Read + Seek,
    sheet: Option<&str>,
    limits: &Limits,
    out: impl Write,
) -> Result<Transcript, FileFault> {
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(damaged)?;
    let (name, notes) = chosen(&book, sheet)?;
    let mut lines = Lines::new(out, limits);
    let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
    let (mut row, mut number, mut bytes) = (Vec::<String>::new(), 0_u64, 0_usize);
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (at, column) = cell.get_position();
        let at = u64::from(at).saturating_add(1);
        if at != number {
            if at < number {
                return Err(FileFault::Damaged { what: format!("row {at} stands after row {number}") });
            }
            lines.row(number, &row)?;
            row.clear();
            (number, bytes) = (at, 0);
        }
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        bytes = bytes.saturating_add(text.len());
        if bytes > limits.row_bytes_max {
            return Err(FileFault::RowTooLong { row: number, limit: limits.row_bytes_max });
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= COLUMNS_MAX {
            return Err(FileFault::Damaged { what: format!("column {column} is no column of a sheet") });
        }
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        if let Some(slot) = row.get_mut(column) {
            *slot = text;
        }
    }
    lines.row(number, &row)?;
    if lines.is_empty() {
        return Err(FileFault::Empty);
    }
    lines.finish()?;
    Ok(Transcript { sheet: Some(name), notes })
}

/// The sheet that is asked for, else the first that is shown.
fn chosen<R: Read + Seek>(book: &Xlsx<R>, wanted: Option<&str>) -> Result<(String, Vec<Note>), FileFault> {
    let sheets: Vec<_> =
        book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).collect();
    let names = || sheets.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
    if let Some(wanted) = wanted {
        let same = |name: &str| name.trim().to_lowercase() == wanted.trim().to_lowercase();
        let found = sheets
            .iter()
            .find(|sheet| sheet.name == wanted)
            .or_else(|| sheets.iter().find(|sheet| same(&sheet.name)));
        let fault = || FileFault::SheetUnknown { sheet: wanted.to_owned(), sheets: names() };
        return Ok((found.ok_or_else(fault)?.name.clone(), Vec::new()));
    }
    let shown = sheets.iter().find(|sheet| sheet.visible == SheetVisible::Visible).or(sheets.first());
    let first = shown.ok_or(FileFault::Empty)?.name.clone();
    let others: Vec<String> = names().into_iter().filter(|name| *name != first).collect();
    let note = (!others.is_empty()).then(|| Note {
        row: None,
        code: "sheets_left_out",
        message: format!(
            "The sheet \"{first}\" was read; left out: {}. Name another with sheet.",
            others.join(", ")
        ),
    });
    Ok((first, note.into_iter().collect()))
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn damaged(error: XlsxError) -> FileFault {
    FileFault::Damaged { what: error.to_string() }
}

/// A cell as text that reads the same everywhere: point for decimals, ISO dates.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => date(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.strip_suffix("T00:00:00").unwrap_or(text).to_owned()
        }
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn date(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (moment.as_f64() < 1.0, time == "00:00:00") {
        (true, _) => time,
        (false, true) => format!("{year:04}-{month:02}-{day:02}"),
        (false, false) => format!("{year:04}-{month:02}-{day:02}T{time}"),
    }
}
