//! Cyprus: VAT number.

use crate::number::{Checked, Raw, component, format, is_digits, length, nth};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("cy.vat", vat)];

/// Eight digits and a check letter; the digits at odd places are counted by a table.
fn vat(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["CY"]);
    let text = number.as_str();
    format(text.split_at_checked(text.len().saturating_sub(1)).is_some_and(|(body, _)| is_digits(body)))?;
    length(number.len() == 9)?;
    component(!number.begins(&["12"]))?;
    let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let sum: i64 = (0..8)
        .map(|place| match (place % 2, usize::try_from(number.at(place))) {
            (0, Ok(digit)) => odd.get(digit).copied().unwrap_or(0),
            _ => number.at(place),
        })
        .sum();
    let last = number.last();
    number.pass(last == nth("ABCDEFGHIJKLMNOPQRSTUVWXYZ", sum % 26))
}
