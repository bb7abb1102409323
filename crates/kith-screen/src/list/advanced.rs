//! OFAC advanced XML: parties, with places and papers that are written apart from them.

use std::collections::HashMap;

use super::Part;
use super::ofac_xml::is_contact;
use super::xml::{Node, Records};
use crate::entry::Entry;
use crate::kind::Kind;

/// What was written apart, by its id.
#[derive(Default)]
pub(super) struct Advanced {
    /// Values that others refer to, by set and id.
    values: HashMap<(String, String), String>,
    /// Countries of places.
    places: HashMap<String, Vec<String>>,
    /// Numbers of papers by identity.
    papers: HashMap<String, Vec<String>>,
}

impl Records for Advanced {
    fn is_record(&self, name: &str) -> bool {
        matches!(
            name,
            "ReferenceValueSets" | "Location" | "IDRegDocument" | "DistinctParty" | "SanctionsEntry"
        )
    }

    fn record(&mut self, node: &Node, take: &mut dyn FnMut(Part)) -> Result<(), String> {
        match node.name.as_str() {
            "ReferenceValueSets" => {
                for value in node.children.iter().flat_map(|set| &set.children) {
                    let text =
                        if value.text.trim().is_empty() { value.text_of("Value") } else { value.text.trim() };
                    self.values
                        .insert((value.name.clone(), value.attribute("ID").to_owned()), text.to_owned());
                }
            }
            "Location" => {
                let countries = self.countries(node);
                self.places.insert(node.attribute("ID").to_owned(), countries);
            }
            "IDRegDocument" => {
                let kind = self.value("IDRegDocType", node.attribute("IDRegDocTypeID"));
                if !is_contact(kind) {
                    let number = node.text_of("IDRegistrationNo").to_owned();
                    self.papers.entry(node.attribute("IdentityID").to_owned()).or_default().push(number);
                }
            }
            "SanctionsEntry" => programmes(node, take),
            _ => return self.party(node, take),
        }
        Ok(())
    }
}

impl Advanced {
    fn value(&self, set: &str, id: &str) -> &str {
        self.values.get(&(set.to_owned(), id.to_owned())).map_or("", String::as_str)
    }

    fn countries(&self, node: &Node) -> Vec<String> {
        let mut found = Vec::new();
        node.below("LocationCountry", &mut found);
        found.iter().map(|country| self.value("Country", country.attribute("CountryID")).to_owned()).collect()
    }

    fn party(&self, node: &Node, take: &mut dyn FnMut(Part)) -> Result<(), String> {
        for profile in node.all("Profile") {
            let sort = self.value("PartySubType", profile.attribute("PartySubTypeID"));
            let mut entry =
                Entry { id: profile.attribute("ID").to_owned(), kind: Kind::parse(sort), ..Entry::default() };
            if entry.kind == Kind::Unknown {
                entry.kind = kind_of_sub_type(profile.attribute("PartySubTypeID"));
            }
            for identity in profile.all("Identity") {
                names(identity, &mut entry);
                for number in self.papers.get(identity.attribute("ID")).into_iter().flatten() {
                    entry.add_identifier(number);
                }
            }
            for feature in profile.all("Feature") {
                self.feature(feature, &mut entry);
            }
            if entry.id.is_empty() {
                return Err("<Profile> without ID".to_owned());
            }
            take(Part::Entry(Box::new(entry)));
        }
        Ok(())
    }

    fn feature(&self, feature: &Node, entry: &mut Entry) {
        let kind = self.value("FeatureType", feature.attribute("FeatureTypeID")).to_lowercase();
        for version in feature.all("FeatureVersion") {
            for place in version.all("VersionLocation") {
                for country in self.places.get(place.attribute("LocationID")).into_iter().flatten() {
                    if kind.contains("location")
                        || kind.contains("nationality")
                        || kind.contains("citizenship")
                    {
                        entry.add_country(country);
                    }
                }
            }
            if kind.contains("birth") {
                let mut years = Vec::new();
                version.below("Year", &mut years);
                let years: Vec<&str> = years.iter().map(|year| year.text.trim()).collect();
                if let (Some(first), Some(last)) = (years.iter().min(), years.iter().max()) {
                    entry.add_birth(&format!("{first} {last}"));
                }
            }
            if kind.contains("imo") || kind.contains("registration") || kind.contains("tax") {
                for detail in version.all("VersionDetail") {
                    entry.add_identifier(&detail.text);
                }
            }
        }
    }
}

/// The list's own numbers of sorts, should a file come without its values.
fn kind_of_sub_type(id: &str) -> Kind {
    match id {
        "1" => Kind::Vessel,
        "2" => Kind::Aircraft,
        "3" => Kind::Organization,
        "4" => Kind::Person,
        _ => Kind::Unknown,
    }
}

/// Names of an identity: the first is the list's own. Parts are written in the order of the file; the names of people are
/// compared without their order.
fn names(identity: &Node, entry: &mut Entry) {
    let mut aliases: Vec<&Node> = identity.all("Alias").collect();
    aliases.sort_by_key(|alias| alias.attribute("Primary") != "true");
    for alias in aliases {
        for name in alias.all("DocumentedName") {
            let mut parts = Vec::new();
            name.below("NamePartValue", &mut parts);
            let text: Vec<&str> = parts.iter().map(|part| part.text.trim()).collect();
            entry.add_name(&text.join(" "), alias.attribute("LowQuality") == "true");
        }
    }
}

fn programmes(node: &Node, take: &mut dyn FnMut(Part)) {
    let mut entry = Entry::default();
    for measure in node.all("SanctionsMeasure") {
        entry.add_programme(measure.text_of("Comment"));
    }
    take(Part::More { of: node.attribute("ProfileID").to_owned(), entry: Box::new(entry) });
}
