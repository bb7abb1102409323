//! Albania: NIPT.

use crate::number::{Checked, Raw, format};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("al.nipt", nipt)];

/// The tax number: decade letter, eight digits, letter.
fn nipt(raw: Raw) -> Checked {
    let number = raw.without(" ").upper().cut(&["AL", "(AL)"]).sized(&[10])?.form("A99999999A")?;
    format(('A'..='M').contains(&number.letter(0)))?;
    number.done()
}
