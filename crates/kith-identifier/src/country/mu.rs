//! Mauritius: identity number.

use crate::check::{ALPHANUMERIC, modulo};
use crate::number::{Checked, Raw, birthday, checksum, format, is_digits, nth};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("mu.nid", nid)];

/// The identity number: letter of the name, birthday, serial, check character.
fn nid(raw: Raw) -> Checked {
    let number = raw.without(" ").upper().sized(&[14])?.form("AXXXXXXXXXXXXX")?;
    format(is_digits(number.part(1..13)))?;
    let sum = number.weigh(&[14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    checksum(number.last() == nth(ALPHANUMERIC, modulo(-sum, 17)))?;
    birthday(2000 + number.value(5..7), number.value(3..5), number.value(1..3))?;
    number.done()
}
