//! Malaysia: NRIC.

use crate::number::{Checked, Raw, birthday, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("my.nric", nric)];

/// The identity card's number: birthday, place, serial.
fn nric(raw: Raw) -> Checked {
    let number = raw.without(" -*").sized(&[12])?.digits()?;
    let (year, month, day) = (number.value(..2), number.value(2..4), number.value(4..6));
    birthday(1900 + year, month, day).or_else(|_| birthday(2000 + year, month, day))?;
    let place = number.value(6..8);
    component(!matches!(place, 0 | 17..=20 | 69 | 70 | 73 | 80 | 81 | 94..=97))?;
    number.done()
}
