//! Cuba: identity number.

use crate::number::{Checked, Raw, birthday};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("cu.ni", ni)];

/// The identity number: birthday, century, serial.
fn ni(raw: Raw) -> Checked {
    let number = raw.without(" ").sized(&[11])?.digits()?;
    let century = match number.at(6) {
        9 => 1800,
        0..=5 => 1900,
        _ => 2000,
    };
    birthday(century + number.value(..2), number.value(2..4), number.value(4..6))?;
    number.done()
}
