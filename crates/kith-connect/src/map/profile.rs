//! What a column may be by the look of its values, when its header says nothing.

use super::{Column, Field, Kind, Mapping, Target};
use crate::csv::Row;

/// Never sure, so that a person is asked.
const GUESS: u8 = 60;

/// Fewest filled cells that say something.
const CELLS_MIN: usize = 3;

/// Whether a filled cell looks like a kind of value.
type Look = fn(&str) -> bool;

/// Gives unmapped columns a guessed meaning when most filled cells look alike.
pub(super) fn profile(mapping: &mut Mapping, rows: &[Row]) {
    // The most telling look first: what it takes, a vaguer one does not get.
    let looks: [(Field, Look); 9] = [
        (Field::Email, is_email),
        (Field::Website, is_address_of_web),
        (Field::Vat, is_vat),
        (Field::Currency, is_currency),
        (Field::PaymentTerms, is_terms),
        (Field::CustomerType, is_customer_type),
        (Field::Phone, is_phone),
        (Field::Billing(super::AddressPart::Country), is_country),
        (Field::Name, is_company),
    ];
    for (field, look) in looks {
        let field = match (field, mapping.kind) {
            (Field::Email, Kind::Contacts) => Field::ContactEmail,
            (Field::Phone, Kind::Contacts) => Field::ContactPhone,
            (field, Kind::Contacts) if field != Field::Email => continue,
            (field, _) => field,
        };
        if mapping.gives(field) {
            continue;
        }
        // Not every company writes its legal form; enough do to tell a column of companies.
        let share = if field == Field::Name { 4 } else { 9 };
        let found = mapping.unmapped.iter().position(|(place, _)| alike(rows, *place, look, share));
        if let Some(found) = found {
            let (place, header) = mapping.unmapped.remove(found);
            mapping.columns.push(Column { place, header, target: Target::Field(field), confidence: GUESS });
        }
    }
    mapping.columns.sort_by_key(|column| column.place);
}

fn alike(rows: &[Row], place: usize, look: fn(&str) -> bool, tenths: usize) -> bool {
    let cells = rows.iter().filter_map(|row| row.cells.get(place)).map(|cell| cell.trim());
    let (filled, alike) = cells
        .filter(|cell| !cell.is_empty())
        .fold((0_usize, 0_usize), |(filled, alike), cell| (filled + 1, alike + usize::from(look(cell))));
    filled >= CELLS_MIN && alike * 10 >= filled * tenths
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

fn is_vat(cell: &str) -> bool {
    let text: String = cell.chars().filter(char::is_ascii_alphanumeric).collect();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.len() == cell.chars().filter(|c| !" .-".contains(*c)).count()
        && (8..=15).contains(&text.len())
        && digits + 4 >= text.len()
        && text.get(..2).is_some_and(|country| super::value::country(country).is_some() || country == "EL")
}

fn is_currency(cell: &str) -> bool {
    cell.len() == 3 && cell.parse::<kith_domain::value::Currency>().is_ok()
}

fn is_terms(cell: &str) -> bool {
    // A bare number may be anything.
    !cell.bytes().all(|byte| byte.is_ascii_digit()) && super::value::payment_terms(cell).is_some()
}

fn is_customer_type(cell: &str) -> bool {
    super::value::customer_type(cell).is_some()
}

fn is_phone(cell: &str) -> bool {
    let marked = cell.starts_with('+') || cell.contains(['(', '-', ' ', '/']);
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let date = crate::row::date(cell, false).is_some();
    marked && digits >= 7 && !date && crate::row::check::phone(cell)
}

fn is_company(cell: &str) -> bool {
    const FORMS: [&str; 26] = [
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "llc",
        "lp",
        "llp",
        "ltd",
        "limited",
        "plc",
        "gmbh",
        "ag",
        "kg",
        "ohg",
        "sa",
        "sas",
        "sarl",
        "srl",
        "spa",
        "bv",
        "nv",
        "ab",
        "oy",
        "as",
    ];
    let last = cell.rsplit(' ').next().unwrap_or_default().to_lowercase().replace(['.', ','], "");
    cell.contains(' ') && FORMS.contains(&last.as_str())
}
