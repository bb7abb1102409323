//! Iceland: kennitala and VSK number.

use crate::number::{Checked, Raw, birthday, format};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("is_.kennitala", kennitala), ("is_.vsk", vsk)];

/// The number of persons and companies (days raised by 40): birthday or founding day, serial, check digit, century.
fn kennitala(raw: Raw) -> Checked {
    let number = raw.without("-").upper().form("9999999999")?;
    format(number.at(0) <= 7 && number.at(2) <= 1 && matches!(number.at(9), 0 | 9))?;
    let century = if number.at(9) == 9 { 1900 } else { 2000 };
    let day = number.value(..2);
    birthday(century + number.value(4..6), number.value(2..4), if day >= 40 { day - 40 } else { day })?;
    let sum = number.weigh(&[3, 2, 7, 6, 5, 4, 3, 2, 1]);
    number.pass(sum % 11 == 0)
}

/// The VAT number.
fn vsk(raw: Raw) -> Checked {
    raw.without(" ").upper().cut(&["IS"]).digits()?.sized(&[5, 6])?.done()
}
