//! Holds a JSON value against the schema of its type and names every fault at once.
//!
//! The schema is the one that the API documentation shows, made from the request type itself; what passes
//! here deserialises. Only the words of JSON Schema that our types use are known.

use std::collections::BTreeSet;

use kith_domain::refusal::FieldFault;
use schemars::{JsonSchema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// A request that was read as far as it could be.
#[derive(Debug)]
pub struct Read<T> {
    /// The request; missing or wrong members stand at their empty value when there are faults.
    pub request: Option<T>,
    /// Every fault that the schema shows.
    pub faults: Vec<FieldFault>,
}

/// Reads `value` as a `T`, with every fault named by its JSON Pointer.
///
/// With faults the request is mended (faulty members left out, missing texts empty), so that the rules can
/// still be asked about the rest and the caller learns of everything at once.
#[must_use]
pub fn read<T: DeserializeOwned + JsonSchema>(mut value: Value) -> Read<T> {
    let mut generator = SchemaGenerator::default();
    let root = generator.root_schema_for::<T>().to_value();
    let definitions = root.get("$defs").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut walk = Walk { definitions: &definitions, faults: Vec::new() };
    walk.visit(&root, &value, "");
    let faults = walk.faults;
    for fault in &faults {
        mend(&mut value, fault);
    }
    match serde_json::from_value(value) {
        Ok(request) => Read { request: Some(request), faults },
        Err(error) if faults.is_empty() => {
            let fault = FieldFault::new("", "malformed", error.to_string());
            Read { request: None, faults: vec![fault] }
        }
        Err(_) => Read { request: None, faults },
    }
}

/// The members that a request type has, by name.
#[must_use]
pub fn members<T: JsonSchema>() -> BTreeSet<String> {
    let root = SchemaGenerator::default().root_schema_for::<T>().to_value();
    let properties = root.get("properties").and_then(Value::as_object);
    properties.into_iter().flat_map(|members| members.keys().cloned()).collect()
}

fn mend(value: &mut Value, fault: &FieldFault) {
    let Some((parent, name)) = fault.pointer.rsplit_once('/') else { return };
    match value.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            members.remove(name);
            if fault.code == "required" || fault.code == "type" {
                members.insert(name.to_owned(), Value::String(String::new()));
            }
        }
        Some(Value::Array(items)) => {
            if let Some(item) = name.parse::<usize>().ok().and_then(|place| items.get_mut(place)) {
                *item = Value::String(String::new());
            }
        }
        _ => {}
    }
}

struct Walk<'a> {
    definitions: &'a Map<String, Value>,
    faults: Vec<FieldFault>,
}

impl Walk<'_> {
    fn fault(&mut self, at: &str, code: &str, message: String) {
        self.faults.push(FieldFault::new(at, code, message));
    }

    fn resolve<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let name = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
        name.and_then(|name| self.definitions.get(name)).unwrap_or(schema)
    }

    fn visit(&mut self, schema: &Value, value: &Value, at: &str) {
        let schema = &self.resolve(schema).clone();
        for word in ["anyOf", "oneOf"] {
            if let Some(choices) = schema.get(word).and_then(Value::as_array) {
                return self.choose(choices, value, at);
            }
        }
        if let Some(allowed) = schema.get("enum").and_then(Value::as_array)
            && !allowed.contains(value)
        {
            let words: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
            return self.fault(at, "not_allowed", format!("expected one of {}", words.join(", ")));
        }
        if let Some(constant) = schema.get("const")
            && constant != value
        {
            return self.fault(at, "not_allowed", format!("expected {constant}"));
        }
        if !matches_type(schema.get("type"), value) {
            return self.fault(at, "type", format!("expected {}", wanted(schema)));
        }
        match value {
            Value::Object(members) => self.object(schema, members, at),
            Value::Array(items) => {
                if let Some(inner) = schema.get("items") {
                    for (place, item) in items.iter().enumerate() {
                        self.visit(inner, item, &format!("{at}/{place}"));
                    }
                }
            }
            Value::Number(number) => {
                let least = schema.get("minimum").and_then(Value::as_f64);
                if let (Some(least), Some(number)) = (least, number.as_f64())
                    && number < least
                {
                    self.fault(at, "too_small", format!("must be {least} or more"));
                }
            }
            Value::Null | Value::Bool(_) | Value::String(_) => {}
        }
    }

    /// Takes the choice that fits; when none does, tells the faults of the one that comes nearest.
    fn choose(&mut self, choices: &[Value], value: &Value, at: &str) {
        let mut nearest: Option<Vec<FieldFault>> = None;
        for choice in choices {
            let mut inner = Walk { definitions: self.definitions, faults: Vec::new() };
            inner.visit(choice, value, at);
            if inner.faults.is_empty() {
                return;
            }
            let is_null = choice.get("type").and_then(Value::as_str) == Some("null");
            let deeper = nearest.as_ref().is_none_or(|best| depth(&inner.faults) > depth(best));
            if !is_null && deeper {
                nearest = Some(inner.faults);
            }
        }
        self.faults.extend(nearest.unwrap_or_default());
    }

    fn object(&mut self, schema: &Value, members: &Map<String, Value>, at: &str) {
        let known = schema.get("properties").and_then(Value::as_object);
        let closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
        for (name, value) in members {
            let pointer = format!("{at}/{}", escape(name));
            match known.and_then(|known| known.get(name)) {
                Some(inner) => self.visit(inner, value, &pointer),
                None if closed => self.fault(&pointer, "unknown_member", unknown(name, known)),
                None => {
                    if let Some(inner) = schema.get("additionalProperties").filter(|inner| inner.is_object())
                    {
                        self.visit(inner, value, &pointer);
                    }
                }
            }
        }
        let required = schema.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            if !members.contains_key(name) {
                self.fault(&format!("{at}/{}", escape(name)), "required", format!("{name} is required"));
            }
        }
    }
}

fn unknown(name: &str, known: Option<&Map<String, Value>>) -> String {
    let names: Vec<&str> = known.into_iter().flat_map(Map::keys).map(String::as_str).collect();
    format!("there is no member {name:?} here; known are {}", names.join(", "))
}

fn depth(faults: &[FieldFault]) -> usize {
    faults.iter().map(|fault| fault.pointer.matches('/').count()).max().unwrap_or(0)
}

/// A member name as a piece of a JSON Pointer (RFC 6901).
#[must_use]
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn matches_type(wanted: Option<&Value>, value: &Value) -> bool {
    let one = |wanted: &str| match wanted {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    };
    match wanted {
        Some(Value::String(wanted)) => one(wanted),
        Some(Value::Array(wanted)) => wanted.iter().filter_map(Value::as_str).any(one),
        _ => true,
    }
}

/// What a schema wants, with its example, or the members of its object.
fn wanted(schema: &Value) -> String {
    let words = type_words(schema.get("type"));
    if let Some(example) = schema.get("examples").and_then(|examples| examples.get(0)) {
        return format!("{words}, for example {example}");
    }
    let members = schema.get("properties").and_then(Value::as_object).filter(|members| !members.is_empty());
    members.map_or(words.clone(), |members| {
        format!("{words} with {}", members.keys().cloned().collect::<Vec<_>>().join(", "))
    })
}

fn type_words(wanted: Option<&Value>) -> String {
    match wanted {
        Some(Value::String(wanted)) => wanted.clone(),
        Some(Value::Array(wanted)) => {
            wanted.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or ")
        }
        _ => "another type".to_owned(),
    }
}

#[cfg(test)]
mod tests;
