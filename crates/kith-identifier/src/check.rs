//! Check digit systems that many identifiers share: Luhn, ISO 7064, GS1, Verhoeff, Damm.

use crate::fault::Fault;
use crate::number::{Checked, Raw, index, nth};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[
    ("luhn", |raw| held(raw, luhn_in(raw.text, DIGITS))),
    ("verhoeff", |raw| held(raw, verhoeff(raw.text))),
    ("damm", |raw| held(raw, damm(raw.text))),
    ("iso7064.mod_11_10", |raw| held(raw, mod_11_10(raw.text))),
    ("iso7064.mod_11_2", |raw| held(raw, pure(raw.text, "0123456789X", 11))),
    ("iso7064.mod_37_2", |raw| held(raw, pure(raw.text, MOD_37_2, 37))),
    ("iso7064.mod_37_36", |raw| held(raw, mod_37_36(raw.text))),
    ("iso7064.mod_97_10", |raw| held(raw, mod97(raw.text).map(|rest| rest == 1))),
];

pub(crate) const DIGITS: &str = "0123456789";
pub(crate) const ALPHANUMERIC: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const MOD_37_2: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";

fn held(raw: Raw, holds: Option<bool>) -> Checked {
    match holds {
        Some(true) => Ok(raw.text.to_owned()),
        Some(false) => Err(Fault::Checksum),
        None => Err(Fault::Format),
    }
}

/// The remainder that is never negative.
pub(crate) fn modulo(value: i64, modulus: i64) -> i64 {
    value.rem_euclid(modulus)
}

/// The sum of Luhn over an alphabet, modulo its size; `None` with foreign characters.
pub(crate) fn luhn_sum(text: &str, alphabet: &str) -> Option<i64> {
    let size = i64::try_from(alphabet.len()).ok()?;
    let mut sum = 0;
    for (place, letter) in text.chars().rev().enumerate() {
        let value = index(alphabet, letter)?;
        sum += if place % 2 == 0 { value } else { value * 2 / size + value * 2 % size };
    }
    Some(sum % size)
}

/// Whether the check of Luhn holds; `None` with foreign characters or without any.
pub(crate) fn luhn_in(text: &str, alphabet: &str) -> Option<bool> {
    if text.is_empty() { None } else { Some(luhn_sum(text, alphabet)? == 0) }
}

/// Whether the check of Luhn holds for digits.
pub(crate) fn luhn(digits: &str) -> bool {
    luhn_in(digits, DIGITS) == Some(true)
}

/// ISO 7064 mod 11,10.
pub(crate) fn mod_11_10(digits: &str) -> Option<bool> {
    hybrid(digits, DIGITS)
}

/// ISO 7064 mod 37,36.
pub(crate) fn mod_37_36(text: &str) -> Option<bool> {
    hybrid(text, ALPHANUMERIC)
}

/// The hybrid systems of ISO 7064: moduli n and n + 1.
fn hybrid(text: &str, alphabet: &str) -> Option<bool> {
    let size = i64::try_from(alphabet.len()).ok()?;
    let mut check = size / 2;
    for letter in text.chars() {
        let carried = if check == 0 { size } else { check };
        check = (carried * 2 % (size + 1) + index(alphabet, letter)?) % size;
    }
    Some(check == 1)
}

/// The pure systems of ISO 7064 with radix 2.
pub(crate) fn pure(text: &str, alphabet: &str, modulus: i64) -> Option<bool> {
    let mut check = 0;
    for letter in text.chars() {
        check = (2 * check + index(alphabet, letter)?) % modulus;
    }
    Some(check == 1)
}

/// The remainder by 97 with letters as two digits from A = 10; `None` with foreign characters or without any.
pub(crate) fn mod97(text: &str) -> Option<i64> {
    if text.is_empty() {
        return None;
    }
    text.chars().try_fold(0, |rest, letter| {
        let value = index(ALPHANUMERIC, letter.to_ascii_uppercase())?;
        Some((rest * if value > 9 { 100 } else { 10 } + value) % 97)
    })
}

/// The check digit of GS1 for the digits before it.
pub(crate) fn gs1(digits: &str) -> i64 {
    let weights = [3, 1].into_iter().cycle();
    let sum: i64 =
        digits.bytes().rev().zip(weights).map(|(byte, weight)| i64::from(byte & 15) * weight).sum();
    modulo(-sum, 10)
}

/// Whether the last digit is the check digit of GS1.
pub(crate) fn is_gs1(digits: &str) -> bool {
    digits
        .split_at_checked(digits.len().saturating_sub(1))
        .is_some_and(|(body, last)| last.chars().eq([nth(DIGITS, gs1(body))]))
}

const TIMES: [&str; 10] = [
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210",
];
const TURNS: [&str; 8] = [
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
];

/// Verhoeff's check over the dihedral group; `None` with foreign characters or without any.
pub(crate) fn verhoeff(text: &str) -> Option<bool> {
    if text.is_empty() {
        return None;
    }
    let mut check = 0;
    for (place, letter) in text.chars().rev().enumerate() {
        let turned = cell(TURNS.get(place % 8)?, index(DIGITS, letter)?)?;
        check = cell(TIMES.get(usize::try_from(check).ok()?)?, turned)?;
    }
    Some(check == 0)
}

const STEPS: [&str; 10] = [
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
];

/// Damm's check over a quasigroup; `None` with foreign characters or without any.
fn damm(text: &str) -> Option<bool> {
    if text.is_empty() {
        return None;
    }
    let end = text
        .chars()
        .try_fold(0, |check, letter| cell(STEPS.get(usize::try_from(check).ok()?)?, index(DIGITS, letter)?));
    Some(end? == 0)
}

fn cell(row: &str, column: i64) -> Option<i64> {
    index(DIGITS, nth(row, column))
}
