//! Indonesia: NPWP and NIK.

use crate::check::luhn;
use crate::fault::Fault;
use crate::number::{Checked, Raw, birthday, component, listed};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("id.nik", nik), ("id.npwp", npwp)];

/// Provinces.
const PROVINCES: &str =
    "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 71 72 73 74 75 76 81 82 91 94";

/// The tax number: fifteen digits, or sixteen since 2024, which are a NIK unless they begin with 0.
fn npwp(raw: Raw) -> Checked {
    let number = raw.without(" -.").digits()?;
    let holds = match number.len() {
        15 => luhn(number.part(..9)),
        16 if number.begins(&["0"]) => luhn(number.part(..10)),
        16 => return nik(raw),
        _ => return Err(Fault::Length),
    };
    number.pass(holds)
}

/// The identity number: province, birthday (women's days raised by 40), serial.
fn nik(raw: Raw) -> Checked {
    let number = raw.without(" -.").digits()?.sized(&[16])?;
    let (day, month, year) = (number.value(6..8) % 40, number.value(8..10), number.value(10..12));
    birthday(1900 + year, month, day).or_else(|_| birthday(2000 + year, month, day))?;
    component(listed(PROVINCES, number.part(..2)))?;
    number.done()
}
