//! Senegal: NINEA.

use crate::number::{Checked, Number, Raw, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("sn.ninea", ninea)];

/// The company's number, with or without the fiscal code COFI.
fn ninea(raw: Raw) -> Checked {
    let number = raw.without(" -/,").upper();
    let length = number.as_str().len();
    let (body, code) = match length {
        10.. => (number.part(..length - 3), number.part(length - 3..)),
        _ => (number.as_str(), ""),
    };
    let body = Number::new(body).sized(&[7, 9])?.digits()?;
    if !code.is_empty() {
        let mut letters = code.chars();
        component(letters.next().is_some_and(|tax| "012".contains(tax)))?;
        component(letters.next().is_some_and(|form| "ABCDEFGHJKLMNPQRSTUVWZ".contains(form)))?;
        component(letters.next().is_some_and(|office| office.is_ascii_digit()))?;
    }
    let sum = body.padded(9).weigh(&[1, 2, 1, 2, 1, 2, 1, 2, 1]);
    number.pass(sum % 10 == 0)
}
