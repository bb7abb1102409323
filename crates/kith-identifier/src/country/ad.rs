//! Andorra: NRT.

use crate::number::{Checked, Raw, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("ad.nrt", nrt)];

/// The tax number: kind of person, six digits, control letter.
fn nrt(raw: Raw) -> Checked {
    let number = raw.without(" -.").upper().sized(&[8])?.form("A999999A")?;
    let serial = number.value(1..7);
    component("ACDEFGLOPU".contains(number.letter(0)))?;
    component(number.letter(0) != 'F' || serial <= 699_999)?;
    component(!number.begins(&["A", "L"]) || (700_000..800_000).contains(&serial))?;
    number.done()
}
