//! The consolidated financial sanctions file of the European Union, versions 1.0 and 1.1.

use super::Part;
use super::xml::{Node, Records};
use crate::entry::Entry;
use crate::kind::Kind;

pub(super) struct Eu;

impl Records for Eu {
    fn is_record(&self, name: &str) -> bool {
        name == "sanctionEntity"
    }

    fn record(&mut self, node: &Node, take: &mut dyn FnMut(Part)) -> Result<(), String> {
        let reference = node.attribute("euReferenceNumber");
        let id = if reference.is_empty() { node.attribute("logicalId") } else { reference };
        let kind = node.child("subjectType").map_or(Kind::Unknown, |kind| {
            let code = kind.attribute("code");
            Kind::parse(if code.is_empty() { kind.attribute("classificationCode") } else { code })
        });
        let mut entry = Entry { id: id.to_owned(), kind, ..Entry::default() };
        for alias in node.all("nameAlias") {
            let whole = alias.attribute("wholeName");
            let parts = ["firstName", "middleName", "lastName"].map(|part| alias.attribute(part)).join(" ");
            entry.add_name(
                if whole.is_empty() { &parts } else { whole },
                alias.attribute("strong") == "false",
            );
        }
        for name in ["citizenship", "address"] {
            for place in node.all(name) {
                let code = place.attribute("countryIso2Code");
                let known = !code.is_empty() && code != "00";
                entry.add_country(if known { code } else { place.attribute("countryDescription") });
            }
        }
        for birth in node.all("birthdate") {
            let circa = if birth.attribute("circa") == "true" { "circa" } else { "" };
            let parts =
                ["birthdate", "year", "yearRangeFrom", "yearRangeTo"].map(|part| birth.attribute(part));
            let text =
                parts.iter().copied().find(|part| part.len() >= 4 && *part != "0000").unwrap_or_default();
            let last = if text == parts[2] { parts[3] } else { "" };
            entry.add_birth(&format!("{circa} {text} {last}"));
        }
        for number in node.all("identification") {
            entry.add_identifier(number.attribute("number"));
        }
        for regulation in node.all("regulation") {
            entry.add_programme(regulation.attribute("programme"));
        }
        if entry.id.is_empty() {
            return Err(format!("<{}> without euReferenceNumber or logicalId", node.name));
        }
        take(Part::Entry(Box::new(entry)));
        Ok(())
    }
}
