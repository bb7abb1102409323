//! Slovenia: DDV, EMSO, register number.

use crate::check::modulo;
use crate::fault::Fault;
use crate::number::{Checked, Raw, birthday, format, is_digits};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("si.ddv", ddv), ("si.emso", emso), ("si.maticna", register)];

/// The VAT number.
fn ddv(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["SI"]).digits()?;
    format(!number.begins(&["0"]))?;
    let number = number.sized(&[8])?;
    let check = match 11 - number.weigh(&[8, 7, 6, 5, 4, 3, 2]) % 11 {
        10 => 0,
        other => other,
    };
    number.ends(check)
}

/// The citizen's number: birthday, region, serial, check digit.
fn emso(raw: Raw) -> Checked {
    let number = raw.without(" ").sized(&[13])?.digits()?;
    let year = number.value(4..7);
    let year = if year < 800 { 2000 + year } else { 1000 + year };
    birthday(year, number.value(2..4), number.value(..2))?;
    let check = modulo(-number.weigh(&[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) % 10;
    number.ends(check)
}

/// The number in the business register, with or without the unit.
fn register(raw: Raw) -> Checked {
    let number = raw.without(". ").upper();
    let number = match number.as_str().strip_suffix("000") {
        Some(head) if number.len() == 10 => crate::number::Number::new(head),
        _ => number,
    };
    let number = number.sized(&[7, 10])?;
    format(is_digits(number.part(..6)))?;
    let unit = number.part(7..);
    let formed = unit.is_empty() || crate::number::fits("X99", unit);
    format(formed)?;
    let rest = modulo(-number.weigh(&[7, 6, 5, 4, 3, 2]), 11);
    if rest == 0 {
        return Err(Fault::Checksum);
    }
    let holds = number.letter(6).to_digit(10).map(i64::from) == Some(rest % 10);
    number.pass(holds)
}
