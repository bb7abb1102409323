//! El Salvador: NIT.

use crate::check::modulo;
use crate::number::{Checked, Raw, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("sv.nit", nit)];

/// The tax number; the serial tells by which of two ways its check digit was made.
fn nit(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["SV"]).sized(&[14])?.digits()?;
    component(matches!(number.at(0), 0 | 1 | 9))?;
    let check = if number.value(10..13) <= 100 {
        number.weigh(&[14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11 % 10
    } else {
        modulo(-number.weigh(&[2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) % 10
    };
    number.ends(check)
}
