//! Faroe Islands: V-number.

use crate::number::{Checked, Raw};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("fo.vn", vn)];

/// The tax number: six digits.
fn vn(raw: Raw) -> Checked {
    raw.without(" -.").upper().cut(&["FO"]).sized(&[6])?.digits()?.done()
}
