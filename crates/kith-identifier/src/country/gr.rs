//! Greece: AFM, which is the VAT number, and the social insurance number AMKA.

use crate::check::luhn;
use crate::number::{Checked, Raw, birthday, checksum};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("gr.amka", amka), ("gr.vat", vat)];

/// The tax number: nine digits, powers of two modulo 11. Its prefix is EL.
fn vat(raw: Raw) -> Checked {
    let number = raw.without(" -./:").upper().cut(&["EL", "GR"]);
    let number = if number.len() == 8 { number.padded(9) } else { number };
    let number = number.digits()?.sized(&[9])?;
    let check = number.weigh(&[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10;
    number.ends(check)
}

/// The social insurance number: birthday, serial, check digit by Luhn.
fn amka(raw: Raw) -> Checked {
    let number = raw.without(" -").digits()?.sized(&[11])?;
    checksum(luhn(number.as_str()))?;
    let (day, month, year) = (number.value(..2), number.value(2..4), number.value(4..6));
    birthday(1900 + year, month, day).or_else(|_| birthday(2000 + year, month, day))?;
    number.done()
}
