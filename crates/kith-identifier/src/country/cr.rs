//! Costa Rica: identity cards of persons (CPF), companies (CPJ) and residents (CR).

use crate::number::{Checked, Raw, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("cr.cpf", cpf), ("cr.cpj", cpj), ("cr.cr", resident)];

/// The person's number; its three parts may be given without their leading zeros.
fn cpf(raw: Raw) -> Checked {
    let number = raw.without(" ").upper().map(|text| match *text.split('-').collect::<Vec<_>>() {
        [first, second, third] => format!("{first:0>2}{second:0>4}{third:0>4}"),
        _ => text.replace('-', ""),
    });
    let number = if number.len() == 9 { number.padded(10) } else { number };
    let number = number.sized(&[10])?.digits()?;
    component(number.begins(&["0"]))?;
    number.done()
}

/// The company's number: class, type, serial.
fn cpj(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().sized(&[10])?.digits()?;
    let kind = number.value(1..4);
    component(match number.at(0) {
        2 => matches!(kind, 100 | 200 | 300 | 400),
        3 => matches!(kind, 2..=14 | 101..=110),
        4 => kind == 0,
        5 => kind == 1,
        _ => false,
    })?;
    number.done()
}

/// The foreign resident's number.
fn resident(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().sized(&[11, 12])?.digits()?;
    component(number.begins(&["1"]))?;
    number.done()
}
