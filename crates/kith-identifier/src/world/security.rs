//! Securities and payments: ISIN, CUSIP, FIGI, CFI, creditor references.

use super::country::is_country;
use crate::check::{ALPHANUMERIC, mod97, modulo};
use crate::fault::Fault;
use crate::number::{Checked, Raw, component, format, index, is_of, length, listed};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] =
    &[("cfi", cfi), ("cusip", cusip), ("figi", figi), ("isin", isin), ("iso11649", reference)];

/// The digits of a value's decimal digits, summed.
fn digit_sum(value: i64) -> i64 {
    value / 10 + value % 10
}

/// A security: country, nine places, check digit by Luhn over letters as two digits.
fn isin(raw: Raw) -> Checked {
    const OTHERS: &str = "AN CS EU QS QT XA XB XC XD XF XK XS";
    let number = raw.without(" ").upper();
    format(is_of(number.as_str(), ALPHANUMERIC))?;
    let number = number.sized(&[12])?;
    component(is_country(number.part(..2)) || listed(OTHERS, number.part(..2)))?;
    let digits: String = (0..11).map(|place| number.at(place).to_string()).collect();
    let doubled = digits.bytes().rev().zip([2, 1].into_iter().cycle());
    let sum: i64 = doubled.map(|(byte, weight)| digit_sum(i64::from(byte & 15) * weight)).sum();
    number.ends(modulo(-sum, 10))
}

/// A security of North America.
fn cusip(raw: Raw) -> Checked {
    const ALPHABET: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*@#";
    let number = raw.without(" ").upper();
    format(is_of(number.as_str(), ALPHABET))?;
    let number = number.sized(&[9])?;
    let places = number.as_str().chars().take(8).zip([1, 2].into_iter().cycle());
    let sum: i64 =
        places.map(|(letter, weight)| digit_sum(index(ALPHABET, letter).unwrap_or(0) * weight)).sum();
    number.ends(modulo(-sum, 10))
}

/// A financial instrument: no vowels, G in third place.
fn figi(raw: Raw) -> Checked {
    let number = raw.without(" ").upper();
    format(is_of(number.as_str(), "0123456789BCDFGHJKLMNPQRSTVWXYZ"))?;
    let number = number.sized(&[12])?;
    format(number.at(0) > 9 && number.at(1) > 9)?;
    component(!number.begins(&["BS", "BM", "GG", "GB", "VG"]) && number.letter(2) == 'G')?;
    let places = (0..11).zip([1, 2].into_iter().cycle());
    let sum: i64 = places.map(|(place, weight)| digit_sum(number.at(place) * weight)).sum();
    number.ends(modulo(-sum, 10))
}

/// For each category and group of ISO 10962 the attributes that its four further places may have.
const CLASSES: &str = include_str!("cfi.txt");

/// The class of a financial instrument: category, group, four attributes; X where one does not apply.
fn cfi(raw: Raw) -> Checked {
    let number = raw.without(" -").upper();
    format(number.as_str().bytes().all(|byte| byte.is_ascii_uppercase()))?;
    let number = number.sized(&[6])?;
    let class = CLASSES.lines().find_map(|line| line.strip_prefix(number.part(..2)));
    let mut attributes = class.ok_or(Fault::Component)?.split_ascii_whitespace();
    for letter in number.part(2..).chars() {
        component(attributes.next().is_some_and(|known| letter == 'X' || known.contains(letter)))?;
    }
    number.done()
}

/// The creditor's reference of a payment.
fn reference(raw: Raw) -> Checked {
    let number = raw.without(" -.,/:").upper();
    length((5..=25).contains(&number.len()))?;
    format(number.begins(&["RF"]) && number.as_str().is_ascii())?;
    let turned = format!("{}{}", number.part(4..), number.part(..4));
    let holds = mod97(&turned).ok_or(Fault::Format)? == 1;
    number.pass(holds)
}
