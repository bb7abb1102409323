//! China: unified social credit code, resident identity card.

use crate::check::modulo;
use crate::number::{
    Checked, Raw, birthday, checksum, component, format, index, is_digits, is_of, listed, nth,
};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("cn.ric", ric), ("cn.uscc", uscc)];

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Provinces, autonomous regions, municipalities and special regions of GB/T 2260.
const PROVINCES: &str =
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82";

/// The code of companies and organisations, GB 32100: base 31 with weights that are powers of 3.
fn uscc(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().sized(&[18])?;
    format(is_digits(number.part(..8)) && is_of(number.part(8..), ALPHABET))?;
    let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let places = number.as_str().chars().zip(weights);
    let sum: i64 = places.map(|(letter, weight)| index(ALPHABET, letter).unwrap_or(0) * weight).sum();
    let last = number.last();
    number.pass(last == nth(ALPHABET, modulo(-sum, 31)))
}

/// The identity card's number, GB 11643: province, birthday, serial, check digit by ISO 7064 mod 11,2.
fn ric(raw: Raw) -> Checked {
    let number = raw.without("").upper().sized(&[18])?;
    format(is_digits(number.part(..17)))?;
    let sum = number.weigh(&[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    checksum(number.last() == nth("10X98765432", sum % 11))?;
    birthday(number.value(6..10), number.value(10..12), number.value(12..14))?;
    component(listed(PROVINCES, number.part(..2)))?;
    number.done()
}
