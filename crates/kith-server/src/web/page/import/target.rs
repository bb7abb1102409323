//! What the fields that a column can give are called.

use kith_template::say;

use super::ImportPage;
use crate::web::number::words;
use crate::web::words::{t, word};

/// Fields whose code does not say it: code and title.
const TITLES: [(&str, &str); 21] = [
    ("external_id", word("Id in the source system")),
    ("name_more", word("Name, second line")),
    ("name_more_2", word("Name, third line")),
    ("inactive", word("Marked as no longer in use")),
    ("active", word("Marked as in use")),
    ("frozen", word("Marked as blocked")),
    ("blocked", word("Code of a block")),
    ("identifier.vat", word("VAT number")),
    ("identifier.ein", word("EIN")),
    ("identifier.duns", word("D-U-N-S number")),
    ("identifier.lei", word("LEI")),
    ("identifier.gln", word("GLN")),
    ("identifier.scac", word("SCAC")),
    ("contact.first_name", word("First name of the contact")),
    ("contact.last_name", word("Last name of the contact")),
    ("contact.mobile", word("Mobile number of the contact")),
    ("contact.email_opt_out", word("Contact wants no mail")),
    ("account.external_id", word("Customer's id in the source system")),
    ("account.name", word("Customer's name")),
    ("contact.name", word("Name of the contact")),
    ("contact.role", word("Role of the contact")),
];

/// Parts of an address, as they stand behind the kind of the address.
const PARTS: [(&str, &str); 10] = [
    ("line1", word("line 1")),
    ("line2", word("line 2")),
    ("line3", word("line 3")),
    ("line4", word("line 4")),
    ("line5", word("line 5")),
    ("house_number", word("house number")),
    ("city", word("city")),
    ("state_province", word("state or province")),
    ("postal_code", word("postal code")),
    ("country", word("country")),
];

fn of(titles: &[(&str, &'static str)], code: &str) -> Option<&'static str> {
    titles.iter().find(|(known, _)| *known == code).map(|&(_, title)| t(title))
}

/// The name of a field: a custom field has its own label.
pub(super) fn target(page: &ImportPage, field: &str) -> String {
    if let Some(title) = of(&TITLES, field) {
        return title.to_owned();
    }
    let (group, rest) = field.split_once('.').unwrap_or(("", field));
    match (group, of(&PARTS, rest)) {
        ("billing", Some(part)) => say!("Billing {part}"),
        ("shipping", Some(part)) => say!("Shipping {part}"),
        ("contact", _) => say!("{field} of the contact", field = words(rest)),
        ("custom", _) => page.labels.get(rest).cloned().unwrap_or_else(|| words(rest)),
        _ => words(&field.replace('.', " ")),
    }
}

#[cfg(test)]
mod tests;
