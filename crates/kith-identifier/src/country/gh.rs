//! Ghana: TIN.

use crate::number::{Checked, Raw, format, nth};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("gh.tin", tin)];

/// The tax number: kind of person, two zeros, serial, check digit or X.
fn tin(raw: Raw) -> Checked {
    let number = raw.without(" ").upper().sized(&[11])?.form("A00XXXXXXXX")?;
    format("PCGQV".contains(number.letter(0)))?;
    // A letter in the serial has no weight and is refused.
    format(number.part(1..10).bytes().all(|byte| byte.is_ascii_digit()))?;
    let sum = number.weigh(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    let last = number.last();
    number.pass(last == nth("0123456789X", sum % 11))
}
