//! The sanctions list of the United Kingdom in XML.

use super::Part;
use super::xml::{Node, Records};
use crate::entry::Entry;
use crate::kind::Kind;

pub(super) struct Uk;

impl Records for Uk {
    fn is_record(&self, name: &str) -> bool {
        name == "Designation"
    }

    fn record(&mut self, node: &Node, take: &mut dyn FnMut(Part)) -> Result<(), String> {
        let unique = node.text_of("UniqueID");
        let id = if unique.is_empty() { node.text_of("OFSIGroupID") } else { unique };
        if id.is_empty() {
            return Err("<Designation> without UniqueID or OFSIGroupID".to_owned());
        }
        let kind = Kind::parse(node.text_of("IndividualEntityShip"));
        let mut entry = Entry { id: id.to_owned(), kind, ..Entry::default() };
        let texts = |name: &str| {
            let mut found = Vec::new();
            node.below(name, &mut found);
            found.into_iter().map(|node| node.text.trim().to_owned()).collect::<Vec<_>>()
        };
        names(node, &mut entry);
        texts("NameNonLatinScript").iter().for_each(|name| entry.add_name(name, false));
        for name in ["Nationality", "AddressCountry", "CurrentBelievedFlagOfShip"] {
            texts(name).iter().for_each(|country| entry.add_country(country));
        }
        texts("DOB").iter().for_each(|birth| entry.add_birth(birth));
        let papers = [
            "PassportNumber",
            "NationalIdentifierNumber",
            "NationalIdentificationNumber",
            "BusinessRegistrationNumber",
            "IMONumber",
        ];
        for name in papers {
            texts(name).iter().for_each(|number| entry.add_identifier(number));
        }
        entry.add_programme(node.text_of("RegimeName"));
        take(Part::Entry(Box::new(entry)));
        Ok(())
    }
}

/// The primary name first. Its parts stand beside one another, the family name or a body's whole name last.
fn names(node: &Node, entry: &mut Entry) {
    let mut names: Vec<&Node> = node.all("Names").flat_map(|names| names.all("Name")).collect();
    names.sort_by_key(|name| !name.text_of("NameType").eq_ignore_ascii_case("Primary Name"));
    for name in names {
        let parts = ["Name1", "Name2", "Name3", "Name4", "Name5", "Name6"].map(|part| name.text_of(part));
        let weak = ["AliasStrength", "AliasQuality"]
            .iter()
            .any(|mark| ["low", "weak"].iter().any(|word| name.text_of(mark).to_lowercase().contains(word)));
        entry.add_name(&parts.join(" "), weak);
    }
}
