//! Canonical JSON (RFC 8785): one value, one spelling, so that a hash can stand for it.

use std::cmp::Ordering;
use std::fmt::Write as _;

use serde_json::{Number, Value};

/// The canonical bytes of a value: members sorted by UTF-16 code units, no blanks, shortest escapes.
///
/// Deviates from RFC 8785 in one point: whole numbers beyond 2^53 are written exactly instead of being
/// rounded to the nearest double.
#[must_use]
pub fn canonical(value: &Value) -> Vec<u8> {
    let mut out = String::new();
    write_value(value, &mut out);
    out.into_bytes()
}

/// The canonical bytes of an object whose members are given in the order of their names; absent ones are left out.
pub(crate) fn canonical_members(members: &[(&str, Option<Member<'_>>)]) -> Vec<u8> {
    let mut out = String::with_capacity(1024);
    let present = members.iter().filter_map(|(name, member)| Some((name, member.as_ref()?)));
    for (place, (name, member)) in present.enumerate() {
        out.push(if place == 0 { '{' } else { ',' });
        write_text(name, &mut out);
        out.push(':');
        match member {
            Member::Text(text) => write_text(text, &mut out),
            Member::Number(number) => out.push_str(&number.to_string()),
            Member::Value(value) => write_value(value, &mut out),
        }
    }
    out.push('}');
    out.into_bytes()
}

/// What a member holds.
pub(crate) enum Member<'a> {
    Text(&'a str),
    Number(u64),
    Value(&'a Value),
}

fn write_value(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(number, out),
        Value::String(text) => write_text(text, out),
        Value::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write_value(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
            sorted.sort_unstable_by(|left, right| by_code_units(left.0, right.0));
            out.push('{');
            for (place, (name, member)) in sorted.into_iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write_text(name, out);
                out.push(':');
                write_value(member, out);
            }
            out.push('}');
        }
    }
}

/// The order of UTF-16 code units, which for ASCII is that of the bytes.
fn by_code_units(left: &str, right: &str) -> Ordering {
    if left.is_ascii() && right.is_ascii() {
        left.cmp(right)
    } else {
        left.encode_utf16().cmp(right.encode_utf16())
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        out.push_str(text);
        out.push('"');
        return;
    }
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{9}' => out.push_str("\\t"),
            '\u{a}' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\u{d}' => out.push_str("\\r"),
            control if control < ' ' => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

fn write_number(number: &Number, out: &mut String) {
    if number.is_i64() || number.is_u64() {
        out.push_str(&number.to_string());
    } else {
        write_double(number.as_f64().unwrap_or(0.0), out);
    }
}

/// ECMAScript's spelling of a double: shortest digits, exponent below 1e-6 and from 1e21 on.
fn write_double(value: f64, out: &mut String) {
    if value == 0.0 {
        out.push('0');
        return;
    }
    let spelled = format!("{:e}", value.abs());
    let (mantissa, exponent) = spelled.split_once('e').unwrap_or((&spelled, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if value < 0.0 {
        out.push('-');
    }
    let length = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let point = exponent.saturating_add(1);
    if (length..=21).contains(&point) {
        out.push_str(&digits);
        out.extend(std::iter::repeat_n('0', usize::try_from(point - length).unwrap_or(0)));
    } else if (1..=21).contains(&point) {
        let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or(0));
        let _ = write!(out, "{whole}.{fraction}");
    } else if (-5..=0).contains(&point) {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', usize::try_from(-point).unwrap_or(0)));
        out.push_str(&digits);
    } else {
        let (first, rest) = digits.split_at(1);
        let dot = if rest.is_empty() { "" } else { "." };
        let _ = write!(out, "{first}{dot}{rest}e{exponent:+}");
    }
}
