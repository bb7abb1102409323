//! Colombia: NIT.

use crate::number::{Checked, Raw, length};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("co.nit", nit)];

/// The tax number with its check digit.
fn nit(raw: Raw) -> Checked {
    let number = raw.without(".,- ").upper();
    length((8..=16).contains(&number.len()))?;
    let number = number.digits()?;
    let weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71];
    let body = number.len() - 1;
    let sum: i64 = (0..body).rev().zip(weights).map(|(place, weight)| number.at(place) * weight).sum();
    number.ends(match sum % 11 {
        rest @ 0..=1 => rest,
        rest => 11 - rest,
    })
}
