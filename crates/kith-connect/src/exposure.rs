//! What another system says its customers owe: a CSV extract, one row for each account and legal entity.

use crate::csv::{FileFault, Options, Reader, Row};

/// One row: texts as they stand, trimmed; empty where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Number of the row in the file.
    pub row: u64,
    /// The account: id, number, or a reference such as `external:erp:4711`.
    pub account: String,
    /// Code of the legal entity.
    pub entity: String,
    /// Currency of the amounts; the entity's when empty.
    pub currency: String,
    /// Amounts in the order of [`AMOUNTS`].
    pub amounts: [String; 4],
}

/// The columns with amounts.
pub const AMOUNTS: [&str; 4] = ["open_ar", "unbilled", "open_orders", "unapplied"];

/// An account so named says that every account with anything open of its entity is in the file.
pub const WHOLE: &str = "*";

/// An extract as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its rows.
    pub lines: Vec<Line>,
    /// Which of [`AMOUNTS`] it has a column for.
    pub columns: [bool; 4],
}

/// What the file says, or why it cannot be read.
#[derive(Debug)]
pub enum Unread {
    /// The file itself.
    File(FileFault),
    /// Columns that must be there.
    Columns(Vec<&'static str>),
}

/// Reads an extract whole.
///
/// # Errors
/// [`Unread`] when it is no CSV file, or has no columns `account`, `entity` and at least one amount.
pub fn read(bytes: &[u8]) -> Result<Sheet, Unread> {
    let mut reader = Reader::open(bytes, &Options::default()).map_err(Unread::File)?;
    let header: Vec<String> = reader.header().iter().map(|name| name.trim().to_lowercase()).collect();
    let place = |name: &str| header.iter().position(|known| known == name);
    let amounts = AMOUNTS.map(place);
    let (account, entity) = (place("account"), place("entity"));
    let mut missing: Vec<&str> = Vec::new();
    missing.extend(account.is_none().then_some("account"));
    missing.extend(entity.is_none().then_some("entity"));
    missing.extend(amounts.iter().all(Option::is_none).then_some("open_ar"));
    if !missing.is_empty() {
        return Err(Unread::Columns(missing));
    }
    let currency = place("currency");
    let mut lines = Vec::new();
    let mut row = Row::default();
    while reader.read_row(&mut row).map_err(Unread::File)? {
        let cell = |place: Option<usize>| {
            place.and_then(|place| row.cells.get(place)).map_or("", |cell| cell.trim()).to_owned()
        };
        lines.push(Line {
            row: row.number,
            account: cell(account),
            entity: cell(entity),
            currency: cell(currency),
            amounts: amounts.map(cell),
        });
    }
    Ok(Sheet { lines, columns: amounts.map(|column| column.is_some()) })
}

#[cfg(test)]
mod tests;
