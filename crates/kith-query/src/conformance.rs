//! The Common Expression Language's own tests, as far as the filter language goes; what differs is counted by name.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::catalogue::Catalogue;
use crate::check::expression;
use crate::eval::bind::constant;
use crate::parse::parse;
use crate::value::{Value, equal};

const CASES: &str = include_str!("../tests-data/cel_conformance.jsonl");

/// Groups of the specification's tests that are about what a filter does not have: protocol buffers, time zones and
/// optional libraries.
const OUTSIDE: [&str; 17] = [
    "bindings_ext",
    "block_ext",
    "dynamic",
    "encoders_ext",
    "enums",
    "macros2",
    "math_ext",
    "namespace",
    "optionals",
    "plumbing",
    "proto2",
    "proto2_ext",
    "proto3",
    "string_ext",
    "timestamps",
    "type_deductions",
    "wrappers",
];

/// Passing cases of each group, and all of it. The rest are messages, `type()` and conversions that no filter needs,
/// macros that build lists, and two-valued logic (see [`Outcome`]).
const PASSING: &[(&str, usize, usize)] = &[
    ("basic", 18, 21),
    ("comparisons", 158, 201),
    ("conversions", 30, 53),
    ("fields", 21, 28),
    ("fp_math", 16, 16),
    ("integer_math", 39, 39),
    ("lists", 20, 23),
    ("logic", 6, 11),
    ("macros", 8, 21),
    ("parse", 82, 101),
    ("string", 28, 28),
];

/// What a case comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Passed,
    /// An error in CEL is a missing value here: the condition is false, the row does not pass.
    Missing,
    /// Refused with a located error, by its code.
    Refused(&'static str),
    /// Needs variables that no catalogue has.
    Variables,
    Wrong,
}

fn value(json: &Json) -> Option<Value> {
    let (kind, inner) = json.as_object()?.iter().next()?;
    let text = inner.as_str();
    Some(match kind.as_str() {
        "nullValue" => Value::Null,
        "boolValue" => Value::Bool(inner.as_bool()?),
        "int64Value" => Value::Int(text?.parse().ok()?),
        "uint64Value" => Value::Uint(text?.parse().ok()?),
        "doubleValue" => {
            Value::Double(inner.as_f64().or_else(|| text?.replace("Infinity", "inf").parse().ok())?)
        }
        "stringValue" => Value::Text(text?.to_owned()),
        "bytesValue" => Value::Bytes(base64(text?)),
        "listValue" => {
            let items = inner.get("values").and_then(Json::as_array).cloned().unwrap_or_default();
            Value::List(items.iter().map(value).collect::<Option<_>>()?)
        }
        "mapValue" => {
            let entries = inner.get("entries").and_then(Json::as_array).cloned().unwrap_or_default();
            let pair = |entry: &Json| Some((value(entry.get("key")?)?, value(entry.get("value")?)?));
            Value::Map(entries.iter().map(pair).collect::<Option<_>>()?)
        }
        _ => return None,
    })
}

fn base64(text: &str) -> Vec<u8> {
    let digit = |c: u8| {
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".iter().position(|d| *d == c)
    };
    let bits: Vec<bool> = text
        .bytes()
        .filter_map(digit)
        .flat_map(|digit| (0..6).rev().map(move |bit| digit >> bit & 1 == 1))
        .collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit))).collect()
}

fn outcome(case: &Json) -> Outcome {
    let text = case["expr"].as_str().unwrap();
    let catalogue = Catalogue::new(Vec::new(), "USD".parse().unwrap());
    let tree = match parse(text) {
        Ok(tree) => tree,
        Err(error) => {
            return if case["evalError"].is_object() {
                Outcome::Passed
            } else {
                Outcome::Refused(error.code)
            };
        }
    };
    assert_eq!(parse(&tree.print()).unwrap(), tree, "{text}");
    if case["bindings"].is_object() || case["typeEnv"].is_array() {
        return Outcome::Variables;
    }
    let term = match expression(&tree, &catalogue) {
        Ok(term) => term,
        Err(_) if case["evalError"].is_object() => return Outcome::Passed,
        Err(errors) => return Outcome::Refused(errors[0].code),
    };
    let found = constant(&term);
    if case["evalError"].is_object() {
        return match found {
            None => Outcome::Passed,
            Some(Value::Bool(false)) => Outcome::Missing,
            Some(_) => Outcome::Wrong,
        };
    }
    match (found, value(&case["value"])) {
        (Some(found), Some(expected)) if equal(&found, &expected) => Outcome::Passed,
        // The expected number went through a JSON reader that may be one digit off.
        (Some(Value::Double(found)), Some(Value::Double(expected)))
            if (found - expected).abs() <= expected.abs() * 1e-15 =>
        {
            Outcome::Passed
        }
        (_, None) => Outcome::Refused("type"),
        _ => Outcome::Wrong,
    }
}

#[test]
fn the_language_is_cel_as_far_as_it_goes() {
    let mut groups: BTreeMap<String, BTreeMap<Outcome, Vec<String>>> = BTreeMap::new();
    for line in CASES.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let group = case["path"].as_str().unwrap().split('/').next().unwrap().to_owned();
        let name = format!("{}: {}", case["name"].as_str().unwrap(), case["expr"].as_str().unwrap());
        groups.entry(group).or_default().entry(outcome(&case)).or_default().push(name);
    }
    let count = |group: &str, outcome: Outcome| groups[group].get(&outcome).map_or(0, Vec::len);
    let table: Vec<(&str, usize, usize)> = groups
        .iter()
        .map(|(group, outcomes)| {
            (group.as_str(), count(group, Outcome::Passed), outcomes.values().map(Vec::len).sum())
        })
        .collect();
    for (group, outcomes) in &groups {
        for (outcome, cases) in outcomes.iter().filter(|(outcome, _)| **outcome != Outcome::Passed) {
            println!("{group}, {outcome:?}, {}:\n    {}", cases.len(), cases.join("\n    "));
        }
    }
    println!("groups outside a filter's scope: {}", OUTSIDE.join(", "));
    assert_eq!(table, PASSING);
    let missing: usize = groups.keys().map(|group| count(group, Outcome::Missing)).sum();
    assert_eq!(missing, 11, "errors that are missing values here");
    let wrong: Vec<&String> =
        groups.values().filter_map(|outcomes| outcomes.get(&Outcome::Wrong)).flatten().collect();
    // Whole numbers and doubles are compared exactly, also where CEL loses digits.
    assert_eq!(wrong, ["gte_dyn_int_big_lossy_double: dyn(9223372036854775807) >= 9223372036854775808.0"]);
}
