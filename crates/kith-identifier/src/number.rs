//! The value while it is read: what a rule asks of it, in the order in which it asks.

use std::slice::SliceIndex;

use crate::day::Day;
use crate::fault::Fault;
use crate::fold::fold;

/// The normalised value, or what is wrong with it.
pub(crate) type Checked = Result<String, Fault>;

/// Longer texts are no identifiers; they are refused before anything is computed.
pub(crate) const LENGTH_MAX: usize = 200;

/// A value as given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raw<'a> {
    pub(crate) text: &'a str,
    /// For numbers whose century follows from the day on which one looks.
    pub(crate) today: Day,
}

impl<'a> Raw<'a> {
    /// Another text, looked at on the same day.
    pub(crate) fn other(self, text: &'a str) -> Self {
        Self { text, ..self }
    }

    /// The text with look-alike characters folded, without the characters of `dropped` and trimmed.
    pub(crate) fn without(self, dropped: &str) -> Number {
        let kept: String = self.text.chars().map(fold).filter(|letter| !dropped.contains(*letter)).collect();
        Number(kept.trim().to_owned())
    }
}

/// A value without its separators.
#[derive(Debug, Clone)]
pub(crate) struct Number(String);

impl Number {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn upper(self) -> Self {
        Self(self.0.to_uppercase())
    }

    /// Without the first of these prefixes that it has.
    pub(crate) fn cut(self, prefixes: &[&str]) -> Self {
        match prefixes.iter().find_map(|prefix| self.0.strip_prefix(prefix)) {
            Some(rest) => Self(rest.to_owned()),
            None => self,
        }
    }

    /// With zeros before it up to this length.
    pub(crate) fn padded(self, length: usize) -> Self {
        Self(format!("{:0>length$}", self.0))
    }

    pub(crate) fn map(self, change: impl FnOnce(&str) -> String) -> Self {
        Self(change(&self.0))
    }

    /// One of these lengths, in characters.
    pub(crate) fn sized(self, lengths: &[usize]) -> Result<Self, Fault> {
        if lengths.contains(&self.len()) { Ok(self) } else { Err(Fault::Length) }
    }

    /// Nothing but digits, and at least one.
    pub(crate) fn digits(self) -> Result<Self, Fault> {
        if is_digits(&self.0) { Ok(self) } else { Err(Fault::Format) }
    }

    /// The form: `9` a digit, `A` a capital letter, `X` either, other characters themselves.
    pub(crate) fn form(self, pattern: &str) -> Result<Self, Fault> {
        if fits(pattern, &self.0) { Ok(self) } else { Err(Fault::Format) }
    }

    pub(crate) fn len(&self) -> usize {
        self.0.chars().count()
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The characters of the range; nothing where it reaches beyond the end or into a character.
    pub(crate) fn part(&self, range: impl SliceIndex<str, Output = str>) -> &str {
        self.0.get(range).unwrap_or("")
    }

    /// The range as a number; 0 where it is none.
    pub(crate) fn value(&self, range: impl SliceIndex<str, Output = str>) -> i64 {
        self.part(range).parse().unwrap_or(0)
    }

    /// The value of one place: digits as they are, letters from A = 10; 0 beyond the end.
    pub(crate) fn at(&self, index: usize) -> i64 {
        self.0.as_bytes().get(index).map_or(0, |byte| value_of(*byte))
    }

    /// The character of one place; a space beyond the end.
    pub(crate) fn letter(&self, index: usize) -> char {
        self.0.chars().nth(index).unwrap_or(' ')
    }

    pub(crate) fn last(&self) -> char {
        self.0.chars().next_back().unwrap_or(' ')
    }

    /// Whether it begins with one of these.
    pub(crate) fn begins(&self, prefixes: &[&str]) -> bool {
        prefixes.iter().any(|prefix| self.0.starts_with(prefix))
    }

    /// The first places times their weights, summed.
    pub(crate) fn weigh(&self, weights: &[i64]) -> i64 {
        weigh(&self.0, weights)
    }

    /// As it is, if the check holds.
    pub(crate) fn pass(self, holds: bool) -> Checked {
        if holds { Ok(self.0) } else { Err(Fault::Checksum) }
    }

    /// As it is, if its last place is this digit.
    pub(crate) fn ends(self, check: i64) -> Checked {
        let last = self.last();
        self.pass(last.is_ascii_digit() && i64::from(u32::from(last) - u32::from('0')) == check)
    }

    pub(crate) fn done(self) -> Checked {
        Ok(self.0)
    }
}

/// The places of a text times the weights, summed.
pub(crate) fn weigh(text: &str, weights: &[i64]) -> i64 {
    text.bytes().zip(weights).map(|(byte, weight)| value_of(byte) * weight).sum()
}

fn value_of(byte: u8) -> i64 {
    match byte {
        b'0'..=b'9' => i64::from(byte - b'0'),
        b'A'..=b'Z' => i64::from(byte - b'A') + 10,
        _ => 0,
    }
}

/// The place of a character in an alphabet.
pub(crate) fn index(alphabet: &str, letter: char) -> Option<i64> {
    alphabet.chars().position(|known| known == letter).and_then(|place| i64::try_from(place).ok())
}

/// The character at a place of an alphabet; a NUL, which no value holds, beyond it.
pub(crate) fn nth(alphabet: &str, place: i64) -> char {
    usize::try_from(place).ok().and_then(|place| alphabet.chars().nth(place)).unwrap_or('\0')
}

/// Nothing but digits, and at least one.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether all characters are of the alphabet.
pub(crate) fn is_of(text: &str, alphabet: &str) -> bool {
    text.chars().all(|letter| alphabet.contains(letter))
}

/// Whether the text has the form: `9` a digit, `A` a capital letter, `X` either, other characters themselves.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    pattern.len() == text.len()
        && pattern.bytes().zip(text.bytes()).all(|(form, byte)| match form {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_uppercase(),
            b'X' => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
            other => byte == other,
        })
}

/// Whether a list of codes, separated by spaces, has this one.
pub(crate) fn listed(list: &str, code: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == code)
}

/// A part that must exist.
pub(crate) fn component(holds: bool) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(Fault::Component) }
}

/// A form that must hold.
pub(crate) fn format(holds: bool) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(Fault::Format) }
}

/// A length that must hold.
pub(crate) fn length(holds: bool) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(Fault::Length) }
}

/// Check digits that must match.
pub(crate) fn checksum(holds: bool) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(Fault::Checksum) }
}

/// A day that must be in the calendar.
pub(crate) fn birthday(year: i64, month: i64, day: i64) -> Result<Day, Fault> {
    Day::new(year, month, day).ok_or(Fault::Component)
}
