//! Ukraine: EDRPOU and RNTRC.

use crate::check::modulo;
use crate::number::{Checked, Raw};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("ua.edrpou", edrpou), ("ua.rntrc", rntrc)];

/// The company's number: two rounds of weights modulo 11, turned for numbers that begin with 3, 4 or 5.
fn edrpou(raw: Raw) -> Checked {
    let number = raw.without(" ").sized(&[8])?.digits()?;
    let weights: [i64; 7] =
        if number.begins(&["3", "4", "5"]) { [7, 1, 2, 3, 4, 5, 6] } else { [1, 2, 3, 4, 5, 6, 7] };
    let check = match number.weigh(&weights) % 11 {
        10 => number.weigh(&weights.map(|weight| weight + 2)) % 11 % 10,
        rest => rest,
    };
    number.ends(check)
}

/// The person's tax number.
fn rntrc(raw: Raw) -> Checked {
    let number = raw.without(" ").sized(&[10])?.digits()?;
    let check = modulo(number.weigh(&[-1, 5, 7, 9, 4, 6, 10, 5, 7]), 11) % 10;
    number.ends(check)
}
