//! A map written by a person: a JSON file that names columns and where they go.

use std::collections::BTreeMap;

use kith_domain::refusal::ended;
use serde::Deserialize;

use super::synonym::normalise;
use super::{Field, Kind, Mapping, System, Target, Template, place_of};

/// A map file, for example
/// `{"system":"erp","columns":{"CustomerID":"external_id"},"constants":{"owning_entity":"US"},`
/// `"templates":{"email":"{CustomerID}@example.com"}}`. Columns not named are read by their headers, unless
/// `only` is true.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapFile {
    /// The name used in `external:<system>`.
    #[serde(default)]
    pub system: Option<String>,
    /// Header to a name that [`Target::parse`] reads.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Field name to a value that every row gets.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// Field name to a text with `{Header}` places.
    #[serde(default)]
    pub templates: BTreeMap<String, String>,
    /// Field name to words of the other system and what they mean here, for example
    /// `{"payment_terms":{"Z030":"NET30"}}`.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// Leaves out every column that is not named.
    #[serde(default)]
    pub only: bool,
}

/// A map file does not fit: every fault of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapFault {
    /// Sentences for people.
    pub faults: Vec<String>,
}

impl std::fmt::Display for MapFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.faults.join(" "))
    }
}

impl std::error::Error for MapFault {}

impl MapFile {
    /// Reads the JSON of a map file.
    ///
    /// # Errors
    /// [`MapFault`] when it is not such a file.
    pub fn parse(json: &str) -> Result<Self, MapFault> {
        serde_json::from_str(json).map_err(|error| MapFault {
            faults: vec![ended(&format!("The map file cannot be read: {error}"))],
        })
    }

    /// The mapping of a file with this header.
    ///
    /// # Errors
    /// [`MapFault`] naming every column the file does not have and every field that does not exist.
    pub fn apply(&self, header: &[String], system: Option<System>) -> Result<Mapping, MapFault> {
        let mut faults = Vec::new();
        let system = system.or_else(|| self.system.as_deref().and_then(System::parse));
        let mut mapping = Mapping::infer(header, system);
        if self.only {
            let left_out = mapping.columns.drain(..).map(|column| (column.place, column.header));
            mapping.unmapped.extend(left_out);
        }
        for (name, field) in &self.columns {
            match (place_of(header, name), Target::parse(field)) {
                (Some(place), Some(target)) => mapping.assign(header, place, target),
                (None, _) => faults.push(format!("The file has no column \"{name}\".")),
                (_, None) => faults.push(format!("\"{field}\" (for column \"{name}\") is no field.")),
            }
        }
        for (name, value) in &self.constants {
            match Field::parse(name) {
                Some(field) => drop(mapping.constants.insert(field, value.clone())),
                None => faults.push(format!("\"{name}\" (under constants) is no field.")),
            }
        }
        for (name, text) in &self.templates {
            match (Field::parse(name), template(text, header)) {
                (Some(field), Ok(template)) => drop(mapping.templates.insert(field, template)),
                (None, _) => faults.push(format!("\"{name}\" (under templates) is no field.")),
                (_, Err(fault)) => faults.push(fault),
            }
        }
        for (name, words) in &self.values {
            match Field::parse(name) {
                Some(field) => {
                    let words = words.iter().map(|(word, value)| (normalise(word), value.clone()));
                    mapping.values.insert(field, words.collect());
                }
                None => faults.push(format!("\"{name}\" (under values) is no field.")),
            }
        }
        mapping.columns.sort_by_key(|column| column.place);
        mapping.unmapped.sort();
        if mapping.column(Field::AccountExternalId).is_some() || mapping.column(Field::AccountName).is_some()
        {
            mapping.kind = Kind::Contacts;
        }
        if faults.is_empty() { Ok(mapping) } else { Err(MapFault { faults }) }
    }
}

fn template(text: &str, header: &[String]) -> Result<Template, String> {
    let mut template = Template { parts: Vec::new(), tail: String::new() };
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, next)) = after.split_once('}') else {
            return Err(format!("The template \"{text}\" opens {{ without closing it."));
        };
        let Some(place) = place_of(header, name) else {
            return Err(format!(
                "The template \"{text}\" names column \"{name}\", which the file does not have."
            ));
        };
        template.parts.push((before.to_owned(), place));
        rest = next;
    }
    rest.clone_into(&mut template.tail);
    Ok(template)
}
