//! OFAC `sdn.xml` and `consolidated.xml`.

use super::Part;
use super::xml::{Node, Records};
use crate::entry::Entry;
use crate::kind::Kind;

#[derive(Default)]
pub(super) struct Ofac {
    /// How many entries the list says that it has.
    told: Option<u64>,
    read: u64,
}

impl Records for Ofac {
    fn is_record(&self, name: &str) -> bool {
        matches!(name, "sdnEntry" | "publshInformation" | "publishInformation")
    }

    fn record(&mut self, node: &Node, take: &mut dyn FnMut(Part)) -> Result<(), String> {
        if node.name != "sdnEntry" {
            self.told = node.text_of("Record_Count").parse().ok();
            return Ok(());
        }
        let mut entry = Entry {
            id: node.text_of("uid").to_owned(),
            kind: Kind::parse(node.text_of("sdnType")),
            ..Entry::default()
        };
        entry.add_name(&name(node), false);
        for alias in list(node, "akaList", "aka") {
            entry.add_name(&name(alias), alias.text_of("category").eq_ignore_ascii_case("weak"));
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
        if let Some(vessel) = node.child("vesselInfo") {
            entry.add_country(vessel.text_of("vesselFlag"));
        }
        if entry.id.is_empty() {
            return Err("<sdnEntry> without uid".to_owned());
        }
        self.read += 1;
        take(Part::Entry(Box::new(entry)));
        Ok(())
    }

    fn end(&self) -> Result<(), String> {
        match self.told {
            Some(told) if told != self.read => {
                Err(format!("the list says that it has {told} entries, and {} are in it", self.read))
            }
            _ => Ok(()),
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
