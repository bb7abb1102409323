//! One value as one line of text.

use serde_json::Value;

/// What stands where nothing is known.
const NOTHING: &str = "-";

/// A value as one line: money as `12,400.00 USD`, lists with commas, unknown as `-`. Text from outside loses
/// what could steer a terminal.
#[must_use]
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => NOTHING.to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => decimal(number),
        Value::String(text) if text.is_empty() => NOTHING.to_owned(),
        Value::String(text) => to_the_second(text).unwrap_or_else(|| harmless(text)),
        Value::Array(items) if items.is_empty() => NOTHING.to_owned(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join(", "),
        Value::Object(_) => money(value).unwrap_or_else(|| harmless(&value.to_string())),
    }
}

/// An amount with its currency, if the value is one.
pub(super) fn money(value: &Value) -> Option<String> {
    let members = value.as_object().filter(|members| members.len() == 2)?;
    let amount = members.get("amount")?.as_str()?;
    let currency = members.get("currency")?.as_str()?;
    Some(format!("{} {}", grouped(&harmless(amount)), harmless(currency)))
}

/// Whole numbers as they are, others with three decimals at most.
fn decimal(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => {
            let text = format!("{float:.3}");
            let text = text.trim_end_matches('0').trim_end_matches('.');
            if text == "-0" { "0".to_owned() } else { text.to_owned() }
        }
        _ => number.to_string(),
    }
}

/// A time in UTC without its fraction of a second; nothing for other texts.
fn to_the_second(text: &str) -> Option<String> {
    let is_time = text.len() > 20 && text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok();
    let (whole, _) = text.split_once('.').filter(|_| is_time)?;
    Some(format!("{whole}Z"))
}

/// Digits before the point in groups of three.
fn grouped(amount: &str) -> String {
    let (sign, rest) = amount.strip_prefix('-').map_or(("", amount), |rest| ("-", rest));
    let (whole, cents) = rest.split_once('.').map_or((rest, None), |(whole, cents)| (whole, Some(cents)));
    let mut out = sign.to_owned();
    let count = whole.chars().count();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (count - place) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(cents) = cents {
        out.push('.');
        out.push_str(cents);
    }
    out
}

/// Text on one line, without characters that steer a terminal or turn the direction of reading.
pub(super) fn harmless(text: &str) -> String {
    let turns = |mark: char| matches!(mark, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .map(|mark| match mark {
            '\n' | '\t' | '\r' => ' ',
            mark if mark.is_control() || turns(mark) => '\u{fffd}',
            mark => mark,
        })
        .collect()
}
