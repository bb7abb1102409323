//! Kenya: PIN.

use crate::number::{Checked, Raw, format};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("ke.pin", pin)];

/// The tax number: A for persons, P for others, nine digits, letter.
fn pin(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().sized(&[11])?.form("A999999999A")?;
    format(number.begins(&["A", "P"]))?;
    number.done()
}
