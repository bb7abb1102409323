//! Figures for people, as the reader writes them: counts, money, fractions, lengths of time.

use kith_api::view::{MetricView, MoneyView};
use kith_template::say;
use serde_json::Value;

use super::clock::{date, moment};
use super::words::{Format, code, reader, t};

mod money;
pub(crate) mod typed;

pub(crate) use money::{amount, money, money_short, reread};
pub(crate) use typed::typed;

/// The minus sign that is as wide as the plus sign.
const MINUS: char = '\u{2212}';

/// `1,284`.
pub(crate) fn count(number: u64) -> String {
    grouped(&number.to_string())
}

/// Thousands separators in a row of digits, as the reader's place has them (CLDR).
fn grouped(digits: &str) -> String {
    grouped_by(
        digits,
        match reader().format {
            Format::Britain | Format::America => ',',
            Format::Germany => '.',
            Format::Austria => '\u{a0}',
            Format::Switzerland => '’',
        },
    )
}

fn grouped_by(digits: &str, separator: char) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// What stands before the decimals.
fn point() -> char {
    match reader().format {
        Format::Germany | Format::Austria => ',',
        Format::Britain | Format::America | Format::Switzerland => '.',
    }
}

/// The percent sign with the space before it.
fn percent_sign() -> &'static str {
    match reader().format {
        Format::Britain | Format::America => " %",
        Format::Germany | Format::Austria => "\u{a0}%",
        Format::Switzerland => "%",
    }
}

/// A number with at most `places` decimals, trailing zeros cut, thousands separated: `1,234.5`.
pub(crate) fn number(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{:.places$}", value.abs());
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let part = part.trim_end_matches('0');
    let zero = whole == "0" && part.is_empty();
    let sign = if value < 0.0 && !zero { MINUS.to_string() } else { String::new() };
    if part.is_empty() {
        format!("{sign}{}", grouped(whole))
    } else {
        format!("{sign}{}{}{part}", grouped(whole), point())
    }
}

/// `+4` or `−4`, `0` when it rounds to nothing.
pub(crate) fn signed(value: f64, places: usize) -> String {
    let text = number(value, places);
    if value > 0.0 && text != "0" { format!("+{text}") } else { text }
}

/// A fraction as percent: `0.912` → `91.2 %`.
pub(crate) fn percent(fraction: f64) -> String {
    in_percent(&number(fraction * 100.0, 1))
}

/// A figure with the percent sign.
pub(crate) fn in_percent(figure: &str) -> String {
    format!("{figure}{}", percent_sign())
}

/// A fraction as a change in whole percent: `−31 %`.
pub(crate) fn change(fraction: f64) -> String {
    in_percent(&signed(fraction * 100.0, 0))
}

/// Hours: `40 min`, `3 h 10`, `4 d` from three days up.
pub(crate) fn hours(value: f64) -> String {
    if value.is_finite() && value.abs() >= 72.0 {
        return say!("{n} d", n = number(value / 24.0, 1));
    }
    clock_hours(value)
}

/// Hours of which a day has not 24, and so never days: `40 min`, `3 h 10`, `96 h`.
fn clock_hours(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let minutes = value * 60.0;
    if minutes.abs() < 59.5 {
        return say!("{n} min", n = number(minutes, 0));
    }
    let whole = (minutes.round() / 60.0).trunc();
    let rest = (minutes.round() - whole * 60.0).abs();
    if rest == 0.0 {
        say!("{n} h", n = number(whole, 0))
    } else {
        say!("{n} h {minutes}", n = number(whole, 0), minutes = format!("{rest:02.0}"))
    }
}

/// `at_risk` → `At risk`.
pub(crate) fn words(code: &str) -> String {
    capital(&phrase(code))
}

/// The same text with a capital at its beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// `ar_manager` → `AR manager`: a code inside a sentence.
pub(crate) fn phrase(code: &str) -> String {
    if let Some(known) = self::code(code) {
        return known.into_owned();
    }
    const SHORT: [&str; 26] = [
        "api", "ar", "bic", "ces", "cfo", "crm", "csat", "csv", "duns", "edi", "ein", "erp", "gln", "iban",
        "id", "kyb", "lei", "msa", "nps", "pdf", "scac", "sla", "sms", "tms", "url", "vat",
    ];
    let parts = code.split(['_', '-', '.', ' ']).filter(|part| !part.is_empty());
    let spoken = parts.map(|part| if SHORT.contains(&part) { part.to_uppercase() } else { part.to_owned() });
    spoken.collect::<Vec<_>>().join(" ")
}

/// The value of a metric as people read it; `None` when nothing is known.
pub(crate) fn metric(metric: &MetricView) -> Option<String> {
    match &metric.value {
        Value::Null => None,
        Value::Number(value) => value.as_f64().map(|value| in_unit(value, &metric.unit)),
        Value::String(text) if metric.unit == "date" => Some(date(text)),
        Value::String(text) => Some(words(text)),
        Value::Bool(value) => Some(yes_or_no(*value)),
        other => Some(value(other)),
    }
}

fn yes_or_no(flag: bool) -> String {
    if flag { t("Yes") } else { t("No") }.to_owned()
}

/// A bare number in its unit.
pub(crate) fn in_unit(value: f64, unit: &str) -> String {
    match unit {
        "fraction" => percent(value),
        "fraction/week" => in_percent(&signed(value * 100.0, 1)),
        "hours" => hours(value),
        "business hours" => clock_hours(value),
        "probability" | "claims/delivery" => number(value, 3),
        "points" | "index" => number(value, 0),
        _ => number(value, 1),
    }
}

/// The unit beside a figure that does not carry it itself.
pub(crate) fn unit(unit: &str) -> String {
    match unit {
        "fraction" | "money" | "hours" | "date" | "label" | "probability" => String::new(),
        "fraction/week" => t("a week").to_owned(),
        other => code(other).map_or_else(|| other.to_owned(), Into::into),
    }
}

/// Any value of the record as text.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::Bool(flag) => yes_or_no(*flag),
        Value::Number(number) => {
            number.as_f64().map_or_else(|| number.to_string(), |float| self::number(float, 4))
        }
        Value::String(text) => moment(text).unwrap_or_else(|| date(text)),
        Value::Array(items) if items.is_empty() => t("none").to_owned(),
        Value::Array(items) => items.iter().map(self::value).collect::<Vec<_>>().join(", "),
        Value::Object(members) => match (members.get("amount"), members.get("currency")) {
            (Some(Value::String(amount)), Some(Value::String(currency))) if members.len() == 2 => {
                money(&MoneyView { amount: amount.clone(), currency: currency.clone() })
            }
            _ if is_phone(members) => phone(members),
            _ => members
                .iter()
                .filter(|(_, member)| !member.is_null() && !member.as_str().is_some_and(is_id))
                .map(|(name, member)| format!("{} {}", phrase(name), self::value(member)))
                .collect::<Vec<_>>()
                .join(", "),
        },
    }
}

/// An id of the record, such as `hld_…`: nothing that says something to people.
fn is_id(text: &str) -> bool {
    let Some((prefix, hex)) = text.split_once('_') else { return false };
    prefix.len() == 3 && hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A telephone number as the record holds it: as it was typed, and in the international form.
fn is_phone(members: &serde_json::Map<String, Value>) -> bool {
    members.contains_key("raw") && members.keys().all(|name| name == "raw" || name == "e164")
}

fn phone(members: &serde_json::Map<String, Value>) -> String {
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    text("e164").or_else(|| text("raw")).unwrap_or("–").to_owned()
}
