//! Telephone numbers: the entered text, and the E.164 form where it can be told.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A telephone number as entered and, where the country is known, normalised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// As entered, trimmed.
    pub raw: String,
    /// `+` and 8 to 15 digits (E.164); `None` when the text names no country.
    pub e164: Option<String>,
}

/// The text is not a telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhoneError;

impl fmt::Display for PhoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a telephone number such as +1 312 555 0100")
    }
}

impl std::error::Error for PhoneError {}

impl Phone {
    /// Reads a number: digits with spaces, dots, dashes, slashes and brackets, optionally `+` or `00` before
    /// the country and `x` or `ext` with an extension (kept raw, not part of the E.164 form).
    ///
    /// # Errors
    /// [`PhoneError`] when there are fewer than 4 or more than 20 digits, or other characters.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let raw = text.trim();
        if raw.chars().count() > 40 {
            return Err(PhoneError);
        }
        let lower = raw.to_lowercase();
        let (number, extension) = match lower.split_once("ext") {
            Some((number, rest)) => (number, rest.trim_start_matches('.')),
            None => lower.split_once('x').unwrap_or((lower.as_str(), "")),
        };
        if !extension.trim().bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PhoneError);
        }
        let number = number.trim();
        let international = number.strip_prefix('+').or_else(|| number.strip_prefix("00"));
        let body = international.unwrap_or(number).replace("(0)", "");
        if !body.chars().all(|letter| letter.is_ascii_digit() || " .-/()\u{a0}".contains(letter)) {
            return Err(PhoneError);
        }
        let digits: String = body.chars().filter(char::is_ascii_digit).collect();
        if !(4..=20).contains(&digits.len()) {
            return Err(PhoneError);
        }
        let e164 = international.is_some() && (8..=15).contains(&digits.len()) && !digits.starts_with('0');
        Ok(Self { raw: raw.to_owned(), e164: e164.then(|| format!("+{digits}")) })
    }
}
