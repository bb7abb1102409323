//! What a column may be by the look of its values, when its header says nothing.

use super::{Column, Field, Kind, Mapping, Target};
use crate::csv::Row;

/// Never sure, so that a person is asked.
const GUESS: u8 = 60;

/// Fewest filled cells that say something.
const CELLS_MIN: usize = 3;

/// Whether a filled cell looks like a kind of value.
type Look = fn(&str) -> bool;

/// Gives unmapped columns a guessed meaning when at least nine of ten filled cells look alike.
pub(super) fn profile(mapping: &mut Mapping, rows: &[Row]) {
    let looks: [(Field, Look); 3] = [
        (Field::Email, is_email),
        (Field::Website, is_address_of_web),
        (Field::Billing(super::AddressPart::Country), is_country),
    ];
    for (field, look) in looks {
        let field = match (field, mapping.kind) {
            (Field::Email, Kind::Contacts) => Field::ContactEmail,
            (field, _) => field,
        };
        if mapping.gives(field) {
            continue;
        }
        let found = mapping.unmapped.iter().position(|(place, _)| alike(rows, *place, look));
        if let Some(found) = found {
            let (place, header) = mapping.unmapped.remove(found);
            mapping.columns.push(Column { place, header, target: Target::Field(field), confidence: GUESS });
        }
    }
    mapping.columns.sort_by_key(|column| column.place);
}

fn alike(rows: &[Row], place: usize, look: fn(&str) -> bool) -> bool {
    let cells = rows.iter().filter_map(|row| row.cells.get(place)).map(|cell| cell.trim());
    let (filled, alike) = cells
        .filter(|cell| !cell.is_empty())
        .fold((0_usize, 0_usize), |(filled, alike), cell| (filled + 1, alike + usize::from(look(cell))));
    filled >= CELLS_MIN && alike * 10 >= filled * 9
}

fn is_email(cell: &str) -> bool {
    crate::row::check::email(cell)
}

fn is_address_of_web(cell: &str) -> bool {
    cell.starts_with("http://") || cell.starts_with("https://") || cell.starts_with("www.")
}

fn is_country(cell: &str) -> bool {
    super::value::country(cell).is_some()
}
