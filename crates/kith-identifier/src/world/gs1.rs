//! Numbers of GS1: GTIN, GLN, SSCC, and what stands on its bar codes.

use crate::check::{gs1, is_gs1};
use crate::fault::Fault;
use crate::number::{Checked, Number, Raw, component, format, is_digits, length};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] =
    &[("ean", ean), ("gln", gln), ("gs1_128", code_128), ("gtin", ean), ("sscc", sscc)];

/// The article's number: 8, 12, 13 or 14 digits.
pub(super) fn ean(raw: Raw) -> Checked {
    let number = raw.without(" -").digits()?.sized(&[14, 13, 12, 8])?;
    let check = gs1(number.part(..number.len() - 1));
    number.ends(check)
}

/// The location's number: thirteen digits.
fn gln(raw: Raw) -> Checked {
    let number = raw.without(" -").digits()?.sized(&[13])?;
    let check = gs1(number.part(..12));
    number.ends(check)
}

/// The shipping unit's number: eighteen digits.
fn sscc(raw: Raw) -> Checked {
    let number = raw.without(" -").digits()?.sized(&[18])?;
    let check = gs1(number.part(..17));
    number.ends(check)
}

/// Application identifiers, each with the form of its value: `n` digits or `x` any, least and most.
const FIELDS: &str = include_str!("gs1_fields.txt");

/// A bar code of fields, each with its application identifier.
fn code_128(raw: Raw) -> Checked {
    let number = raw.without("()");
    format(number.as_str().is_ascii())?;
    let mut rest = number.as_str();
    length(!rest.is_empty())?;
    while !rest.is_empty() {
        let (name, kind, least, most) = field(rest).ok_or(Fault::Component)?;
        let value = rest.get(name..).unwrap_or("");
        let (value, after) = value.split_at_checked(most).unwrap_or((value, ""));
        let value = value.trim();
        format(value.len() >= least && (kind != 'n' || is_digits(value)))?;
        if matches!(rest.get(..2), Some("01" | "02")) {
            component(value.len() == 14).map_err(|_| Fault::Length)?;
            Number::new(value).pass(is_gs1(value))?;
        }
        rest = after;
    }
    number.done()
}

/// The length of the identifier at the start, the kind of its value, and its least and greatest length.
fn field(text: &str) -> Option<(usize, char, usize, usize)> {
    FIELDS.lines().find_map(|line| {
        let mut words = line.split(' ');
        let (range, kind) = (words.next()?, words.next()?.chars().next()?);
        let (low, high) = range.split_once('-').unwrap_or((range, range));
        let head = text.get(..low.len())?;
        let known = (low..=high).contains(&head);
        known.then_some((low.len(), kind, words.next()?.parse().ok()?, words.next()?.parse().ok()?))
    })
}
