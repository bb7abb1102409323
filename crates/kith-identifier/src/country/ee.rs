//! Estonia: KMKR, register code, personal code (also that of Lithuania).

use crate::fault::Fault;
use crate::number::{Checked, Number, Raw, birthday, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("ee.ik", ik), ("ee.kmkr", kmkr), ("ee.registrikood", register)];

/// The VAT number.
fn kmkr(raw: Raw) -> Checked {
    let number = raw.without(" ").upper().cut(&["EE"]).digits()?.sized(&[9])?;
    let sum = number.weigh(&[3, 7, 1, 3, 7, 1, 3, 7, 1]);
    number.pass(sum % 10 == 0)
}

/// The code in the commercial register.
fn register(raw: Raw) -> Checked {
    let number = raw.without(" ").digits()?.sized(&[8])?;
    component(number.begins(&["1", "7", "8", "9"]))?;
    let check = check(&number);
    number.ends(check)
}

/// The personal code: century and sex, birthday, serial, check digit.
fn ik(raw: Raw) -> Checked {
    let number = raw.without(" ").digits()?.sized(&[11])?;
    born(&number)?;
    let check = check(&number);
    number.ends(check)
}

/// The check digit of all places but the last: two rounds of weights modulo 11.
pub(super) fn check(number: &Number) -> i64 {
    let places = number.len() - 1;
    let weights = |from: i64| -> Vec<i64> { (from..).take(places).map(|weight| weight % 9 + 1).collect() };
    match number.weigh(&weights(0)) % 11 {
        10 => number.weigh(&weights(2)) % 11 % 10,
        rest => rest,
    }
}

/// The birthday that a personal code tells must be one.
pub(super) fn born(number: &Number) -> Result<(), Fault> {
    component((1..=8).contains(&number.at(0)))?;
    let century = 1800 + (number.at(0) - 1) / 2 * 100;
    birthday(century + number.value(1..3), number.value(3..5), number.value(5..7))?;
    Ok(())
}
