//! What differs between two JSON documents, path by path.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One place that differs. Personal values stay inside their `{"$subject", "$value"}` objects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diff {
    /// JSON Pointer. Rows that carry an `id` are addressed by it: `/contacts/con_…/title`.
    pub path: String,
    /// The value before; null when there was none.
    pub before: Value,
    /// The value after; null when there is none.
    pub after: Value,
}

/// Every place that differs, in the order of the paths' first parts.
///
/// Objects are compared member by member, arrays of rows with ids row by row; other arrays, scalars and
/// personal values are compared whole, and so is money: half an amount says nothing.
#[must_use]
pub fn diff(before: &Value, after: &Value) -> Vec<Diff> {
    let mut found = Vec::new();
    compare("", before, after, &mut found);
    found
}

fn compare(path: &str, before: &Value, after: &Value, found: &mut Vec<Diff>) {
    if before == after {
        return;
    }
    let members = |value: &Value| match value {
        Value::Object(members) if !members.contains_key("$subject") && !is_money(members) => {
            Some(members.clone())
        }
        Value::Array(rows) => by_id(rows),
        _ => None,
    };
    // Only like is compared with like in depth: an array with an array, an object with an object.
    let alike = before.is_array() == after.is_array();
    let (Some(old), Some(new), true) = (members(before), members(after), alike) else {
        found.push(Diff { path: path.to_owned(), before: before.clone(), after: after.clone() });
        return;
    };
    let added = new.keys().filter(|name| !old.contains_key(*name));
    for name in old.keys().chain(added) {
        let null = Value::Null;
        let place = format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"));
        compare(&place, old.get(name).unwrap_or(&null), new.get(name).unwrap_or(&null), found);
    }
}

fn is_money(members: &Map<String, Value>) -> bool {
    members.len() == 2 && members.contains_key("amount") && members.contains_key("currency")
}

/// The rows under their ids; `None` unless every element is an object with an `id` of its own.
fn by_id(rows: &[Value]) -> Option<Map<String, Value>> {
    let mut map = Map::new();
    for row in rows {
        let id = row.get("id").and_then(Value::as_str)?;
        if map.insert(id.to_owned(), row.clone()).is_some() {
            return None;
        }
    }
    Some(map)
}
