//! Australia: ABN, ACN, TFN.

use crate::check::modulo;
use crate::number::{Checked, Raw, weigh};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("au.abn", abn), ("au.acn", acn), ("au.tfn", tfn)];

/// The business number: two check digits, then nine digits.
fn abn(raw: Raw) -> Checked {
    let number = raw.without(" ").digits()?.sized(&[11])?;
    let sum = weigh(number.part(2..), &[3, 5, 7, 9, 11, 13, 15, 17, 19]);
    let given = number.value(..2);
    number.pass(given == 11 + modulo(-sum - 1, 89))
}

/// The company number.
fn acn(raw: Raw) -> Checked {
    let number = raw.without(" ").digits()?.sized(&[9])?;
    let check = modulo(-number.weigh(&[8, 7, 6, 5, 4, 3, 2, 1]), 10);
    number.ends(check)
}

/// The tax file number.
fn tfn(raw: Raw) -> Checked {
    let number = raw.without(" ").digits()?.sized(&[8, 9])?;
    let sum = number.weigh(&[1, 4, 3, 7, 5, 8, 6, 9, 10]);
    number.pass(sum % 11 == 0)
}
