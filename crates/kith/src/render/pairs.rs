//! One thing as lines of `key  value`.

use serde_json::Value;

use super::cell::{cell, money};

/// The members of an object, one a line, members of members behind a dot. Members without a value are left out.
#[must_use]
pub fn pairs(value: &Value) -> String {
    let mut lines = Vec::new();
    collect(value, "", &mut lines);
    let width = lines.iter().map(|(key, _)| key.chars().count()).max().unwrap_or_default();
    lines.iter().map(|(key, text)| format!("{key:width$}  {text}\n")).collect()
}

fn collect(value: &Value, key: &str, lines: &mut Vec<(String, String)>) {
    let within = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
    match value {
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        Value::Object(members) if money(value).is_none() => {
            for (name, member) in members {
                collect(member, &within(name), lines);
            }
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            for (place, item) in items.iter().enumerate() {
                collect(item, &within(&(place + 1).to_string()), lines);
            }
        }
        Value::Array(items) if items.is_empty() => {}
        other => lines.push((key.to_owned(), cell(other))),
    }
}
