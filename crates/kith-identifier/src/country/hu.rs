//! Hungary: ANUM.

use crate::number::{Checked, Raw};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("hu.anum", anum)];

/// The VAT number: eight digits.
fn anum(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["HU"]).digits()?.sized(&[8])?;
    let sum = number.weigh(&[9, 7, 3, 1, 9, 7, 3, 1]);
    number.pass(sum % 10 == 0)
}
