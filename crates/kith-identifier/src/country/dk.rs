//! Denmark: CVR and CPR.

use crate::number::{Checked, Raw, birthday, component, format};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("dk.cpr", cpr), ("dk.cvr", cvr)];

/// The company's number, which is its VAT number.
fn cvr(raw: Raw) -> Checked {
    let number = raw.without(" -.,/:").upper().cut(&["DK"]).digits()?;
    format(!number.begins(&["0"]))?;
    let number = number.sized(&[8])?;
    let sum = number.weigh(&[2, 7, 6, 5, 4, 3, 2, 1]);
    number.pass(sum % 11 == 0)
}

/// The citizen's number: a birthday that has been; its check digit is no longer used.
fn cpr(raw: Raw) -> Checked {
    let number = raw.without(" -").digits()?.sized(&[10])?;
    let year = number.value(4..6);
    let century = match number.at(6) {
        5..=8 if year >= 58 => 1800,
        0..=3 => 1900,
        4 | 9 if year >= 37 => 1900,
        _ => 2000,
    };
    let born = birthday(century + year, number.value(2..4), number.value(..2))?;
    component(born <= raw.today)?;
    number.done()
}
