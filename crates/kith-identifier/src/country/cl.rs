//! Chile: RUT.

use crate::check::modulo;
use crate::number::{Checked, Raw, format, is_digits, nth};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("cl.rut", rut)];

/// The tax number: seven or eight digits, check digit or K.
fn rut(raw: Raw) -> Checked {
    let number = raw.without(" -.").upper().cut(&["CL"]).sized(&[8, 9])?;
    let body = number.len() - 1;
    format(is_digits(number.part(..body)))?;
    let weights = [2, 3, 4, 5, 6, 7].into_iter().cycle();
    let sum: i64 = (0..body).rev().zip(weights).map(|(place, weight)| number.at(place) * weight).sum();
    let check = nth("0123456789K", modulo(-sum, 11));
    let last = number.last();
    number.pass(last == check)
}
