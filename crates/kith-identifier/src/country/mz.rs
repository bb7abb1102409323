//! Mozambique: NUIT.

use crate::number::{Checked, Raw, nth};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("mz.nuit", nuit)];

/// The tax number: nine digits.
fn nuit(raw: Raw) -> Checked {
    let number = raw.without(" -.").sized(&[9])?.digits()?;
    let rest = number.weigh(&[8, 9, 4, 5, 6, 7, 8, 9]) % 11;
    let last = number.last();
    number.pass(last == nth("01234567891", rest))
}
