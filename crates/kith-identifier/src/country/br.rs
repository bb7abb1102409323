//! Brazil: CNPJ and CPF.

use crate::check::modulo;
use crate::number::{Checked, Raw, format};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("br.cnpj", cnpj), ("br.cpf", cpf)];

/// The company's number: twelve places, letters among them since 2026, and two check digits.
fn cnpj(raw: Raw) -> Checked {
    let number = raw.without(" -./").upper();
    let plain = number.as_str().bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    format(plain && number.len() > 0 && !number.begins(&["000000000000"]))?;
    let number = number.sized(&[14])?;
    // A letter counts by its place in ASCII after the digit 0.
    let values = number.as_str().bytes().map(|byte| i64::from(byte) - 48);
    let weighted =
        |weights: [i64; 12]| values.clone().zip(weights).map(|(value, weight)| value * weight).sum::<i64>();
    let first = modulo(-weighted([5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]), 11) % 10;
    let second = modulo(-weighted([6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3]) - 2 * first, 11) % 10;
    let holds = number.part(12..) == format!("{first}{second}");
    number.pass(holds)
}

/// The person's number: nine digits and two check digits.
fn cpf(raw: Raw) -> Checked {
    let number = raw.without(" -.").digits()?;
    format(number.as_str().bytes().any(|byte| byte != b'0'))?;
    let number = number.sized(&[11])?;
    let first = modulo(-number.weigh(&[10, 9, 8, 7, 6, 5, 4, 3, 2]), 11) % 10;
    let second = modulo(-number.weigh(&[11, 10, 9, 8, 7, 6, 5, 4, 3]) - 2 * first, 11) % 10;
    let holds = number.value(9..) == 10 * first + second;
    number.pass(holds)
}
