//! OFAC's CSV files: no header, `-0-` for nothing, three files that belong together by their first column.

use super::csv_rows::Rows;
use super::{Broken, Format, Part, remarks};
use crate::entry::Entry;
use crate::kind::Kind;

const NOTHING: &str = "-0-";
const ENTRY_COLUMNS: usize = 12;
const ADDRESS_COLUMNS: usize = 6;
const ALIAS_COLUMNS: usize = 5;

/// Reads the rows, of that the first was read already.
pub(super) fn read(
    rows: &mut Rows<'_, '_>,
    first: Vec<String>,
    take: &mut dyn FnMut(Part),
) -> Result<Format, Broken> {
    let format = match first.len() {
        ENTRY_COLUMNS => Format::OfacEntries,
        ADDRESS_COLUMNS => Format::OfacAddresses,
        ALIAS_COLUMNS => Format::OfacAliases,
        _ => {
            return Err(rows
                .broken("no list that is known: neither a header with id and name nor the columns of OFAC"));
        }
    };
    let columns = first.len();
    let mut row = Some(first);
    while let Some(cells) = row {
        if cells.len() != columns {
            return Err(
                rows.broken(&format!("{} columns instead of {columns}: is the file cut off?", cells.len()))
            );
        }
        let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        let id = cells[0].trim_start_matches('\u{feff}');
        if id.is_empty() || !id.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(rows.broken(&format!("\u{201c}{id}\u{201d} is no entry's number")));
        }
        take(part(format, id, &cells));
        row = rows.next()?;
    }
    Ok(format)
}

fn part(format: Format, id: &str, cells: &[&str]) -> Part {
    let cell = |at: usize| cells.get(at).copied().filter(|cell| *cell != NOTHING).unwrap_or_default();
    let mut entry = Entry { id: id.to_owned(), ..Entry::default() };
    match format {
        Format::OfacAliases => entry.add_name(cell(3), false),
        Format::OfacAddresses => entry.add_country(cell(4)),
        _ => {
            let kind = Kind::parse(cell(2));
            entry.kind = if kind == Kind::Unknown { Kind::Organization } else { kind };
            entry.add_name(cell(1), false);
            cell(3).split(']').for_each(|programme| entry.add_programme(programme));
            entry.add_identifier(cell(5));
            entry.add_country(cell(9));
            remarks::read(cell(11), &mut entry);
            return Part::Entry(Box::new(entry));
        }
    }
    Part::More { of: id.to_owned(), entry: Box::new(entry) }
}
