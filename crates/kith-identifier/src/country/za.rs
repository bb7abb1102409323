//! South Africa: tax reference number and identity number.

use crate::check::luhn;
use crate::number::{Checked, Raw, birthday, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("za.idnr", idnr), ("za.tin", tin), ("za.vat", vat)];

/// The tax reference number.
fn tin(raw: Raw) -> Checked {
    let number = raw.without(" -/").upper().sized(&[10])?.digits()?;
    component(number.begins(&["0", "1", "2", "3", "9"]))?;
    let holds = luhn(number.as_str());
    number.pass(holds)
}

/// The VAT number: a tax reference number that begins with 4.
fn vat(raw: Raw) -> Checked {
    let number = raw.without(" -/").upper().cut(&["ZA"]).sized(&[10])?.digits()?;
    component(number.begins(&["4"]))?;
    let holds = luhn(number.as_str());
    number.pass(holds)
}

/// The identity number: birthday, sex, citizenship, check digit by Luhn.
fn idnr(raw: Raw) -> Checked {
    let number = raw.without(" ").digits()?.sized(&[13])?;
    let year = raw.today.year / 100 * 100 + number.value(..2);
    let year = if year > raw.today.year { year - 100 } else { year };
    birthday(year, number.value(2..4), number.value(4..6))?;
    component(number.at(10) <= 1)?;
    let holds = luhn(number.as_str());
    number.pass(holds)
}
