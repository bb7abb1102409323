//! OFAC `sdn.xml` and `consolidated.xml`.

use super::Part;
use super::xml::{Node, Records};
use crate::entry::Entry;
use crate::kind::Kind;

pub(super) struct Ofac;

impl Records for Ofac {
    fn is_record(&self, name: &str) -> bool {
        name == "sdnEntry"
    }

    fn record(&mut self, node: &Node, take: &mut dyn FnMut(Part)) {
        let mut entry = Entry {
            id: node.text_of("uid").to_owned(),
            kind: Kind::parse(node.text_of("sdnType")),
            ..Entry::default()
        };
        entry.add_name(&name(node), false);
        for alias in list(node, "akaList", "aka") {
            entry.add_name(&name(alias), alias.text_of("category") == "weak");
        }
        for address in list(node, "addressList", "address") {
            entry.add_country(address.text_of("country"));
        }
        for (group, item) in [("nationalityList", "nationality"), ("citizenshipList", "citizenship")] {
            for country in list(node, group, item) {
                entry.add_country(country.text_of("country"));
            }
        }
        for birth in list(node, "dateOfBirthList", "dateOfBirthItem") {
            entry.add_birth(birth.text_of("dateOfBirth"));
        }
        for id in list(node, "idList", "id") {
            if !is_contact(id.text_of("idType")) {
                entry.add_identifier(id.text_of("idNumber"));
            }
        }
        for programme in node.child("programList").iter().flat_map(|programmes| programmes.all("program")) {
            entry.add_programme(&programme.text);
        }
        if !entry.id.is_empty() {
            take(Part::Entry(Box::new(entry)));
        }
    }
}

/// Numbers that identify nobody: addresses to write to, and notes.
pub(super) fn is_contact(kind: &str) -> bool {
    let kind = kind.to_lowercase();
    ["website", "email", "e-mail", "phone", "gender", "sanction", "risk", "secondary"]
        .iter()
        .any(|word| kind.contains(word))
}

fn name(node: &Node) -> String {
    format!("{} {}", node.text_of("firstName"), node.text_of("lastName")).trim().to_owned()
}

fn list<'a>(node: &'a Node, group: &str, item: &'a str) -> impl Iterator<Item = &'a Node> {
    node.child(group).into_iter().flat_map(move |group| group.all(item))
}
