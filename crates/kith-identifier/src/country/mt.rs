//! Malta: VAT number.

use crate::number::{Checked, Raw, format};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("mt.vat", vat)];

/// Eight digits, the last two their remainder by 37.
fn vat(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["MT"]).digits()?;
    format(!number.begins(&["0"]))?;
    let number = number.sized(&[8])?;
    let sum = number.weigh(&[3, 4, 6, 7, 8, 9, 10, 1]);
    number.pass(sum % 37 == 0)
}
