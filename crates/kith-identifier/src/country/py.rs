//! Paraguay: RUC.

use crate::check::modulo;
use crate::number::{Checked, Raw, length};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("py.ruc", ruc)];

/// The tax number: up to eight digits and a check digit.
fn ruc(raw: Raw) -> Checked {
    let number = raw.without(" -").upper();
    length(number.len() <= 9)?;
    let number = number.digits()?;
    let body = number.len() - 1;
    let sum: i64 = (0..body).rev().zip(2..).map(|(place, weight)| number.at(place) * weight).sum();
    number.ends(modulo(-sum, 11) % 10)
}
