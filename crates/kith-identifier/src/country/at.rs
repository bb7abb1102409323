//! Austria: UID, tax number, company register, social insurance, postal code.

use crate::check::{DIGITS, luhn_sum, modulo};
use crate::number::{Checked, Raw, checksum, component, format, is_digits, length, listed};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[
    ("at.businessid", business),
    ("at.postleitzahl", postal),
    ("at.tin", tin),
    ("at.uid", uid),
    ("at.vnr", vnr),
];

/// The tax offices that number their customers.
const OFFICES: &str = "03 04 06 07 08 09 10 12 15 16 18 22 23 29 33 38 41 46 51 52 53 54 57 59 61 65 67 68 69 71 72 81 \
    82 83 84 90 91 93 97 98";

/// The number in the company register (Firmenbuch): digits and a small check letter.
fn business(raw: Raw) -> Checked {
    let number = raw.without(" -./").cut(&["FN", "fn", "Fn", "fN"]);
    let text = number.as_str();
    let tail = text.split_at_checked(text.len().saturating_sub(1));
    format(
        tail.is_some_and(|(body, last)| {
            is_digits(body) && last.bytes().all(|byte| byte.is_ascii_lowercase())
        }),
    )?;
    number.done()
}

/// A postal code by its form: four digits, not beginning with 0.
fn postal(raw: Raw) -> Checked {
    let number = raw.without("").digits()?.sized(&[4])?;
    component(number.at(0) > 0)?;
    number.done()
}

/// The tax number: tax office, serial, check digit.
fn tin(raw: Raw) -> Checked {
    let number = raw.without(" -./,").sized(&[9])?.digits()?;
    let sum = luhn_sum(&format!("{}0", number.part(..8)), DIGITS).unwrap_or(0);
    checksum(modulo(-sum, 10) == number.at(8))?;
    component(listed(OFFICES, number.part(..2)))?;
    number.done()
}

/// The VAT number: U, seven digits, check digit.
fn uid(raw: Raw) -> Checked {
    let number = raw.without(" -./").upper().cut(&["AT"]);
    format(number.begins(&["U"]) && is_digits(number.part(1..)))?;
    length(number.len() == 9)?;
    let sum = luhn_sum(number.part(1..8), DIGITS).unwrap_or(0);
    number.ends(modulo(6 - sum, 10))
}

/// The social insurance number, whose fourth place is the check digit.
fn vnr(raw: Raw) -> Checked {
    let number = raw.without(" ").digits()?;
    format(!number.begins(&["0"]))?;
    let number = number.sized(&[10])?;
    let check = number.weigh(&[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11;
    let given = number.at(3);
    number.pass(check == given)
}
