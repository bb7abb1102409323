//! Bulgaria: VAT number, personal numbers EGN and PNF.

use crate::check::modulo;
use crate::fault::Fault;
use crate::number::{Checked, Raw, birthday};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("bg.egn", egn), ("bg.pnf", pnf), ("bg.vat", vat)];

/// Nine digits for companies; ten for persons (EGN, PNF) and others.
fn vat(raw: Raw) -> Checked {
    let number = raw.without(" -.").upper().cut(&["BG"]).digits()?;
    match number.len() {
        9 => {
            let first = number.weigh(&[1, 2, 3, 4, 5, 6, 7, 8]) % 11;
            let second = number.weigh(&[3, 4, 5, 6, 7, 8, 9, 10]) % 11;
            number.ends(if first == 10 { second % 10 } else { first })
        }
        10 => {
            let other = raw.other(number.as_str());
            let person = egn(other).is_ok() || pnf(other).is_ok();
            let sum = number.weigh(&[4, 3, 2, 7, 6, 5, 4, 3, 2]);
            let company = number.clone().ends(modulo(-sum, 11)).is_ok();
            number.pass(person || company)
        }
        _ => Err(Fault::Length),
    }
}

/// The citizen's number: birthday with the century in the month, serial, check digit.
fn egn(raw: Raw) -> Checked {
    let number = raw.without(" -.").upper().digits()?.sized(&[10])?;
    let (year, month, day) = (1900 + number.value(..2), number.value(2..4), number.value(4..6));
    match month {
        41.. => birthday(year + 100, month - 40, day)?,
        21.. => birthday(year - 100, month - 20, day)?,
        _ => birthday(year, month, day)?,
    };
    let check = number.weigh(&[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10;
    number.ends(check)
}

/// The foreigner's number.
fn pnf(raw: Raw) -> Checked {
    let number = raw.without(" -.").upper().digits()?.sized(&[10])?;
    let check = number.weigh(&[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10;
    number.ends(check)
}
