//! `FollowTheMoney`, one JSON object a line: flat entities (`entities.ftm.json`) and nested targets (`targets.nested.json`).

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

use super::place::Counted;
use super::{Broken, Part};
use crate::entry::Entry;
use crate::kind::Kind;

/// Longest line.
const LINE_MAX: u64 = 8 << 20;

/// What of an entity is read.
#[derive(Deserialize)]
struct Entity {
    id: String,
    schema: String,
    #[serde(default)]
    caption: String,
    #[serde(default)]
    properties: BTreeMap<String, Vec<Value>>,
}

/// Reads the lines.
pub(super) fn read(input: &mut Counted<'_>, take: &mut dyn FnMut(Part)) -> Result<(), Broken> {
    let mut start = input.broken("");
    while let Some(line) = input.line(LINE_MAX)? {
        let text = std::str::from_utf8(&line).map(|text| text.trim_start_matches('\u{feff}').trim());
        let fault = |reason: String| Broken { reason, ..start.clone() };
        let text = text.map_err(|_| fault("not in UTF-8".to_owned()))?;
        if !text.is_empty() {
            let entity: Entity = serde_json::from_str(text).map_err(|error| fault(error.to_string()))?;
            if is_party(&entity.schema) {
                take(Part::Entry(Box::new(entry(&entity))));
            } else {
                beside(&entity, take);
            }
        }
        start = input.broken("");
    }
    Ok(())
}

/// Papers and sanctions that stand in lines of their own belong to the party that they name.
fn beside(entity: &Entity, take: &mut dyn FnMut(Part)) {
    let texts = |name: &str| entity.properties.get(name).into_iter().flatten().filter_map(Value::as_str);
    for owner in texts("holder").chain(texts("entity")) {
        let mut more = Entry::default();
        match entity.schema.as_str() {
            "Passport" | "Identification" => texts("number").for_each(|text| more.add_identifier(text)),
            "Sanction" => {
                texts("programId").chain(texts("program")).for_each(|text| more.add_programme(text));
            }
            _ => return,
        }
        take(Part::More { of: owner.to_owned(), entry: Box::new(more) });
    }
}

/// Sorts that name a party; sanctions, addresses, papers and relations are things of their own.
fn is_party(schema: &str) -> bool {
    matches!(
        schema,
        "Person"
            | "Organization"
            | "Company"
            | "LegalEntity"
            | "PublicBody"
            | "Vessel"
            | "Airplane"
            | "Asset"
            | "Thing"
    )
}

fn entry(entity: &Entity) -> Entry {
    let mut entry = Entry { id: entity.id.clone(), kind: Kind::parse(&entity.schema), ..Entry::default() };
    let texts = |name: &str| entity.properties.get(name).into_iter().flatten().filter_map(Value::as_str);
    entry.add_name(&entity.caption, false);
    for name in ["name", "alias", "previousName"] {
        texts(name).for_each(|text| entry.add_name(text, false));
    }
    texts("weakAlias").for_each(|text| entry.add_name(text, true));
    for name in ["nationality", "citizenship", "country", "jurisdiction", "mainCountry", "flag"] {
        texts(name).for_each(|text| entry.add_country(text));
    }
    for name in ["birthDate", "incorporationDate"] {
        texts(name).for_each(|text| entry.add_birth(text));
    }
    let numbers = [
        "passportNumber",
        "idNumber",
        "registrationNumber",
        "taxNumber",
        "innCode",
        "ogrnCode",
        "leiCode",
        "imoNumber",
        "swiftBic",
        "vatCode",
        "mmsi",
        "socialSecurityNumber",
        "dunsCode",
        "uscCode",
    ];
    for name in numbers {
        texts(name).for_each(|text| entry.add_identifier(text));
    }
    // Papers, addresses and sanctions of a nested target stand as entities of their own below it.
    for below in entity.properties.values().flatten().filter(|value| value.is_object()) {
        nested(below, &mut entry);
    }
    texts("programId").chain(texts("topics")).for_each(|text| entry.add_programme(text));
    entry
}

fn nested(below: &Value, entry: &mut Entry) {
    let schema = below["schema"].as_str().unwrap_or_default();
    let texts =
        |name: &str| below["properties"][name].as_array().into_iter().flatten().filter_map(Value::as_str);
    match schema {
        "Passport" | "Identification" => texts("number").for_each(|text| entry.add_identifier(text)),
        "Address" => texts("country").for_each(|text| entry.add_country(text)),
        "Sanction" => texts("programId").chain(texts("program")).for_each(|text| entry.add_programme(text)),
        _ => {}
    }
}
