//! CSV with a header: the simple targets of `OpenSanctions`, and lists of one's own (`id,name` and what else is known).

use super::csv_rows::{Header, Rows};
use super::{Broken, Part};
use crate::entry::Entry;
use crate::kind::Kind;

pub(super) const ID: &[&str] = &["id", "entnum", "uid", "entityid", "recordid"];
pub(super) const NAME: &[&str] = &["name", "caption", "sdnname", "fullname", "primaryname"];
const KIND: &[&str] = &["schema", "kind", "type", "sdntype"];
const ALIASES: &[&str] = &["aliases", "alias", "aka", "altnames"];
const COUNTRIES: &[&str] = &["countries", "country", "nationality"];
const BIRTH: &[&str] = &["birthdate", "dob", "dateofbirth", "incorporationdate"];
const IDENTIFIERS: &[&str] = &["identifiers", "identifier", "passport", "taxid"];
const PROGRAMMES: &[&str] = &["programids", "sanctions", "programmes", "programs", "program", "topics"];

/// Reads the rows below the header.
pub(super) fn read(
    rows: &mut Rows<'_, '_>,
    header: &Header,
    take: &mut dyn FnMut(Part),
) -> Result<(), Broken> {
    let columns =
        [ID, NAME, KIND, ALIASES, COUNTRIES, BIRTH, IDENTIFIERS, PROGRAMMES].map(|names| header.find(names));
    while let Some(row) = rows.next()? {
        if row.len() != header.len() {
            let reason = format!("{} columns instead of {}: is the file cut off?", row.len(), header.len());
            return Err(rows.broken(&reason));
        }
        let cell = |at: usize| columns[at].and_then(|column| row.get(column)).map_or("", |cell| cell.trim());
        let mut entry = Entry { id: cell(0).to_owned(), kind: Kind::parse(cell(2)), ..Entry::default() };
        if entry.id.is_empty() {
            return Err(rows.broken("an entry without an id"));
        }
        entry.add_name(cell(1), false);
        cell(3).split([';', '|']).for_each(|name| entry.add_name(name, false));
        cell(4).split([';', '|', ',']).for_each(|country| entry.add_country(country));
        cell(5).split([';', '|']).for_each(|birth| entry.add_birth(birth));
        cell(6).split([';', '|']).for_each(|number| entry.add_identifier(number));
        cell(7).split(';').for_each(|programme| entry.add_programme(programme));
        take(Part::Entry(Box::new(entry)));
    }
    Ok(())
}
