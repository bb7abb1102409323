//! Luxembourg: TVA.

use crate::number::{Checked, Raw};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("lu.tva", tva)];

/// The VAT number: six digits and their remainder by 89.
fn tva(raw: Raw) -> Checked {
    let number = raw.without(" :.-").upper().cut(&["LU"]).digits()?.sized(&[8])?;
    let holds = number.value(6..) == number.value(..6) % 89;
    number.pass(holds)
}
