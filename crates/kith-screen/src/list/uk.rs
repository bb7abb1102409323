//! The lists of the United Kingdom in CSV: one row for each name of a party.

use super::csv_rows::{Header, Rows};
use super::{Broken, Part};
use crate::entry::Entry;
use crate::kind::Kind;

/// Reads the rows below the header.
pub(super) fn read(
    rows: &mut Rows<'_, '_>,
    header: &Header,
    take: &mut dyn FnMut(Part),
) -> Result<(), Broken> {
    let Some(id) = header.find(&["groupid", "ofsigroupid", "uniqueid"]) else {
        return Err(rows.broken("no column Group ID, OFSI Group ID or Unique ID"));
    };
    let names = ["name1", "name2", "name3", "name4", "name5", "name6"].map(|name| header.find(&[name]));
    let kind = header.find(&["grouptype", "individualentityship", "designationtype"]);
    let quality = header.find(&["aliasquality", "aliasstrength"]);
    let original = header.find(&["namenonlatinscript"]);
    let births = header.find(&["dob"]);
    let countries = ["nationality", "nationalityies", "country", "addresscountry", "countryofbirth"];
    let countries = countries.map(|name| header.find(&[name]));
    let papers = [
        "passportnumber",
        "nationalidentificationnumber",
        "nationalidentifiernumber",
        "businessregistrationnumbers",
        "imonumber",
    ];
    let papers = papers.map(|name| header.find(&[name]));
    let regime = header.find(&["regime", "regimename"]);
    while let Some(row) = rows.next()? {
        if row.len() != header.len() {
            let reason = format!("{} columns instead of {}: is the file cut off?", row.len(), header.len());
            return Err(rows.broken(&reason));
        }
        let cell = |column: Option<usize>| column.and_then(|at| row.get(at)).map_or("", |cell| cell.trim());
        let mut entry =
            Entry { id: cell(Some(id)).to_owned(), kind: Kind::parse(cell(kind)), ..Entry::default() };
        if entry.id.is_empty() {
            return Err(rows.broken("a row without the number of its group"));
        }
        let quality = cell(quality).to_lowercase();
        entry.add_name(&names.map(cell).join(" "), quality.contains("low") || quality.contains("weak"));
        entry.add_name(cell(original), false);
        // `(1) Iran (2) Iraq` and `00/00/1958`.
        for column in countries {
            cell(column).split(['(', ')', ';', '/']).for_each(|country| entry.add_country(country));
        }
        pieces(cell(births)).for_each(|birth| entry.add_birth(birth));
        papers.map(cell).into_iter().flat_map(pieces).for_each(|number| entry.add_identifier(number));
        entry.add_programme(cell(regime));
        take(Part::Entry(Box::new(entry)));
    }
    Ok(())
}

/// Several values of a cell: `(1) A123456 (2) B654321`, or parted by `;`.
fn pieces(cell: &str) -> impl Iterator<Item = &str> {
    let marked = |piece: &str| piece.len() <= 2 && piece.bytes().all(|letter| letter.is_ascii_digit());
    cell.split([';', '(', ')']).map(str::trim).filter(move |piece| !piece.is_empty() && !marked(piece))
}
