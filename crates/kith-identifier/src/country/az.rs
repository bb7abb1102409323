//! Azerbaijan: VÖEN.

use crate::number::{Checked, Raw, checksum, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("az.voen", voen)];

/// The tax number: eight digits, check digit, kind of person.
fn voen(raw: Raw) -> Checked {
    let number = raw.without(" ");
    let number = if number.len() == 9 { number.padded(10) } else { number };
    let number = number.sized(&[10])?.digits()?;
    component(matches!(number.last(), '1' | '2'))?;
    checksum(number.weigh(&[4, 1, 8, 6, 2, 7, 5, 3]) % 11 == number.at(8))?;
    number.done()
}
