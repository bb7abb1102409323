//! Moldova: IDNO.

use crate::number::{Checked, Raw};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("md.idno", idno)];

/// The company's number: thirteen digits.
fn idno(raw: Raw) -> Checked {
    let number = raw.without(" ").digits()?.sized(&[13])?;
    let check = number.weigh(&[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]) % 10;
    number.ends(check)
}
