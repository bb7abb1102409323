//! Latvia: PVN.

use crate::number::{Checked, Raw, birthday};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("lv.pvn", pvn)];

/// The VAT number of companies (first digit above 3), or the personal code, since 2017 beginning with 32.
fn pvn(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["LV"]).digits()?.sized(&[11])?;
    if number.at(0) > 3 {
        let sum = number.weigh(&[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]);
        return number.pass(sum % 11 == 3);
    }
    if !number.begins(&["32"]) {
        let year = 1800 + 100 * number.at(6) + number.value(4..6);
        birthday(year, number.value(2..4), number.value(..2))?;
    }
    let check = (1 + number.weigh(&[10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10;
    number.ends(check)
}
