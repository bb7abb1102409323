//! What a legal entity shall have otherwise, as it was given.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::super::overrides::OVERRIDABLE;
use super::Draft;
use crate::members::Members;
use crate::refusal::FieldFault;
use crate::value::AccountId;

/// What is asked for one entity: what it says, what it hides, what it inherits again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OverridesDraft {
    /// The code of the entity.
    pub entity: String,
    /// Everything is inherited again.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub clear: bool,
    /// Fields that are inherited again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inherit: Vec<String>,
    /// Fields that are hidden.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blank: Vec<String>,
    /// Fields with values of the entity's own.
    pub values: Box<Draft>,
    /// Tags of the master record that the entity does not have: the whole list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppress_tags: Option<Vec<String>>,
    /// Addresses of the master record that the entity does not use: the whole list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppress_addresses: Option<Vec<String>>,
}

impl OverridesDraft {
    /// The fields that it names.
    pub(super) fn fields(&self) -> BTreeSet<&'static str> {
        let mut fields = self.values.fields();
        let named = |name: &&&'static str| {
            self.clear || self.inherit.iter().chain(&self.blank).any(|field| field == **name)
        };
        fields.extend(OVERRIDABLE.iter().filter(named).copied());
        if self.suppress_tags.is_some() {
            fields.insert("tags");
        }
        if self.suppress_addresses.is_some() {
            fields.insert("addresses");
        }
        fields
    }
}

/// Reads `overrides`: an object of entities, each an object of fields or null.
pub(super) fn read(
    members: &mut Members<'_>,
    id: AccountId,
    ids: &mut dyn FnMut() -> Uuid,
    faults: &mut Vec<FieldFault>,
) -> Vec<OverridesDraft> {
    let Some(Some(value)) = members.get("overrides") else { return Vec::new() };
    let Some(entities) = value.as_object() else {
        faults.push(FieldFault::new("/overrides", "type_object", "expected an object of legal entities"));
        return Vec::new();
    };
    let mut drafts = Vec::new();
    for (entity, said) in entities {
        let place = format!("/overrides/{}", token(entity));
        let draft = match said {
            Value::Null => OverridesDraft { clear: true, ..OverridesDraft::default() },
            Value::Object(fields) => one(&place, fields, id, ids, faults),
            _ => {
                faults.push(FieldFault::new(place, "type_object", "expected an object of fields, or null"));
                continue;
            }
        };
        drafts.push(OverridesDraft { entity: entity.clone(), ..draft });
    }
    drafts
}

fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Reads what one entity says.
fn one(
    place: &str,
    fields: &Map<String, Value>,
    id: AccountId,
    ids: &mut dyn FnMut() -> Uuid,
    faults: &mut Vec<FieldFault>,
) -> OverridesDraft {
    let mut draft = OverridesDraft::default();
    let mut values = Map::new();
    for (field, said) in fields {
        let place = format!("{place}/{}", token(field));
        if !OVERRIDABLE.contains(&field.as_str()) {
            faults.push(FieldFault::new(place, "not_overridable", why_not(field)));
            continue;
        }
        match mode(&place, field, said, faults) {
            None => {}
            Some(Mode::Inherit) => draft.inherit.push(field.clone()),
            Some(Mode::Blank) => draft.blank.push(field.clone()),
            Some(Mode::Value(value)) => {
                draft.say(&format!("{place}/value"), field, value, &mut values, faults)
            }
        }
    }
    let (read, shape) = Draft::read_new(&Value::Object(values), id, ids);
    draft.values = Box::new(read);
    faults.extend(shape.into_iter().map(|fault| under_value(place, fault)));
    draft
}

/// A fault of a value, at its place in the request: `/credit_limit/amount` is under `value`.
pub(in super::super) fn under_value(place: &str, mut fault: FieldFault) -> FieldFault {
    let mut parts = fault.pointer.trim_start_matches('/').splitn(2, '/');
    let field = parts.next().unwrap_or_default();
    let add = if field == "tags" && parts.clone().next().is_some() { "/add" } else { "" };
    let rest = parts.next().map(|rest| format!("/{rest}")).unwrap_or_default();
    fault.pointer = format!("{place}/{field}/value{add}{rest}");
    fault
}

fn why_not(field: &str) -> String {
    match field {
        "contacts" => "say on the contact which entities see it: entity_visibility".to_owned(),
        "dimensions" => "give the dimension its entity".to_owned(),
        "pricing" | "tax_profiles" => "give the row its entity".to_owned(),
        _ => {
            format!("an entity cannot have a value of its own here; these it can: {}", OVERRIDABLE.join(", "))
        }
    }
}

enum Mode<'a> {
    Inherit,
    Blank,
    Value(&'a Value),
}

/// Reads `{mode, value}` of one field; null is to inherit.
fn mode<'a>(place: &str, field: &str, said: &'a Value, faults: &mut Vec<FieldFault>) -> Option<Mode<'a>> {
    if said.is_null() {
        return Some(Mode::Inherit);
    }
    let before = faults.len();
    let mut members = Members::open(said, place, faults)?;
    let mode = members.text("mode", faults).flatten();
    let value = members.get("value").flatten();
    members.close(faults);
    let shaped = faults.len() == before;
    let mut fault = |member: &str, code: &str, message: &str| {
        faults.push(FieldFault::new(format!("{place}{member}"), code, message));
        None
    };
    match (mode.as_deref(), value) {
        (_, _) if !shaped => None,
        // A merge patch may name the value only, of a field that has one already.
        (Some("value") | None, Some(value)) => Some(Mode::Value(value)),
        (Some("value"), None) => fault("/value", "required", "give the value, or use the mode blank"),
        (Some("inherit"), None) => Some(Mode::Inherit),
        (Some("blank"), None) if field == "email" => {
            fault("", "required_not_blankable", "an account cannot be without this: give a value, or inherit")
        }
        (Some("blank"), None) => Some(Mode::Blank),
        (Some("blank" | "inherit"), Some(_)) => {
            fault("/value", "not_allowed", "only the mode value goes with a value")
        }
        (Some(_), _) => fault("/mode", "not_in_list", "expected value, blank or inherit"),
        (None, _) => fault("/mode", "required", "say the mode: value, blank or inherit"),
    }
}

impl OverridesDraft {
    /// Notes the value of one field; those of sets are taken apart.
    fn say(
        &mut self,
        place: &str,
        field: &str,
        value: &Value,
        values: &mut Map<String, Value>,
        faults: &mut Vec<FieldFault>,
    ) {
        if !matches!(field, "tags" | "addresses") {
            values.insert(field.to_owned(), value.clone());
            return;
        }
        if field == "tags" && value.is_array() {
            values.insert(field.to_owned(), value.clone());
            return;
        }
        let Some(mut members) = Members::open(value, place, faults) else { return };
        let suppress = members.texts("suppress", faults).map(Option::unwrap_or_default);
        if field == "tags" {
            self.suppress_tags = suppress;
            if let Some(add) = members.list("add", faults) {
                values.insert(field.to_owned(), add.cloned().unwrap_or_default().into());
            }
        } else {
            self.suppress_addresses = Some(suppress.unwrap_or_default());
        }
        members.close(faults);
    }
}
