//! Guatemala: NIT.

use crate::check::modulo;
use crate::number::{Checked, Raw, format, is_digits, length, nth};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("gt.nit", nit)];

/// The tax number with its check digit or K.
fn nit(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().map(|text| text.trim_start_matches('0').to_owned());
    length((2..=12).contains(&number.len()))?;
    let body = number.as_str().len() - 1;
    format(is_digits(number.part(..body)) && (number.last() == 'K' || number.last().is_ascii_digit()))?;
    let sum: i64 = (0..body).rev().zip(2..).map(|(place, weight)| number.at(place) * weight).sum();
    let last = number.last();
    number.pass(last == nth("0123456789K", modulo(-sum, 11)))
}
