//! Korea: business registration and resident registration.

use crate::number::{Checked, Raw, birthday, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("kr.brn", brn), ("kr.rrn", rrn)];

/// The business registration number: office, kind, serial.
fn brn(raw: Raw) -> Checked {
    let number = raw.without(" -").sized(&[10])?.digits()?;
    component(number.value(..3) >= 101 && number.value(3..5) > 0 && number.value(5..9) > 0)?;
    number.done()
}

/// The resident registration number: birthday, sex and century, place, serial, check digit.
fn rrn(raw: Raw) -> Checked {
    let number = raw.without("-").digits()?.sized(&[13])?;
    let century = match number.at(6) {
        1 | 2 | 5 | 6 => 1900,
        3 | 4 | 7 | 8 => 2000,
        _ => 1800,
    };
    birthday(century + number.value(..2), number.value(2..4), number.value(4..6))?;
    component(number.value(7..9) <= 96)?;
    let check = (11 - number.weigh(&[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11) % 10;
    number.ends(check)
}
