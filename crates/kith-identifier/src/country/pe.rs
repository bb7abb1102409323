//! Peru: RUC and CUI.

use crate::number::{Checked, Raw, component, format, is_digits, nth};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("pe.cui", cui), ("pe.ruc", ruc)];

/// The tax number.
fn ruc(raw: Raw) -> Checked {
    let number = raw.without(" ").sized(&[11])?.digits()?;
    component(number.begins(&["10", "15", "17", "20"]))?;
    let check = (11 - number.weigh(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 10;
    number.ends(check)
}

/// The identity number, with or without its check digit or letter.
fn cui(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().sized(&[8, 9])?;
    format(is_digits(number.part(..8)))?;
    let rest = number.weigh(&[3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    let last = number.last();
    let holds = number.len() == 8 || last == nth("65432110987", rest) || last == nth("KJIHGFEDCBA", rest);
    number.pass(holds)
}
