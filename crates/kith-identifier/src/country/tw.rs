//! Taiwan: UBN.

use crate::number::{Checked, Raw};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("tw.ubn", ubn)];

/// The company's number: the digits of its weighted places; a 7 in the seventh place may count one more.
fn ubn(raw: Raw) -> Checked {
    let number = raw.without(" -").sized(&[8])?.digits()?;
    let weights = [1, 2, 1, 2, 1, 2, 4, 1];
    let products = (0..8).zip(weights).map(|(place, weight)| number.at(place) * weight);
    let sum = products.map(|value| value / 10 + value % 10).sum::<i64>() % 10;
    let holds = sum == 0 || (sum == 9 && number.at(6) == 7);
    number.pass(holds)
}
