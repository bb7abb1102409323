//! The consolidated list of the United Nations' Security Council.

use super::Part;
use super::xml::{Node, Records};
use crate::entry::Entry;
use crate::kind::Kind;

pub(super) struct Un;

impl Records for Un {
    fn is_record(&self, name: &str) -> bool {
        matches!(name, "INDIVIDUAL" | "ENTITY")
    }

    fn record(&mut self, node: &Node, take: &mut dyn FnMut(Part)) -> Result<(), String> {
        let person = node.name == "INDIVIDUAL";
        let kind = if person { Kind::Person } else { Kind::Organization };
        let reference = node.text_of("REFERENCE_NUMBER");
        let id = if reference.is_empty() { node.text_of("DATAID") } else { reference };
        let mut entry = Entry { id: id.to_owned(), kind, ..Entry::default() };
        let parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"].map(|part| node.text_of(part));
        entry.add_name(&parts.join(" "), false);
        entry.add_name(node.text_of("NAME_ORIGINAL_SCRIPT"), false);
        let (alias, address) = if person {
            ("INDIVIDUAL_ALIAS", "INDIVIDUAL_ADDRESS")
        } else {
            ("ENTITY_ALIAS", "ENTITY_ADDRESS")
        };
        for alias in node.all(alias) {
            let weak = alias.text_of("QUALITY").eq_ignore_ascii_case("low");
            for name in alias.text_of("ALIAS_NAME").split(';') {
                entry.add_name(name, weak);
            }
        }
        for address in node.all(address) {
            entry.add_country(address.text_of("COUNTRY"));
        }
        for nationality in node.all("NATIONALITY") {
            for value in nationality.all("VALUE") {
                entry.add_country(&value.text);
            }
        }
        for birth in node.all("INDIVIDUAL_DATE_OF_BIRTH") {
            let text =
                ["TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR"].map(|part| birth.text_of(part));
            entry.add_birth(&text.join(" "));
        }
        for document in node.all("INDIVIDUAL_DOCUMENT") {
            entry.add_identifier(document.text_of("NUMBER"));
        }
        entry.add_programme(node.text_of("UN_LIST_TYPE"));
        if entry.id.is_empty() {
            return Err(format!("<{}> without REFERENCE_NUMBER or DATAID", node.name));
        }
        take(Part::Entry(Box::new(entry)));
        Ok(())
    }
}
