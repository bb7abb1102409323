//! Slovakia: DPH.

use crate::number::{Checked, Raw, format};
use crate::rule::Rule;
use crate::rule::find;

pub(crate) const RULES: &[Rule] = &[("sk.dph", dph)];

/// The VAT number: ten digits that 11 divides, or a birth number.
fn dph(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["SK"]).digits()?.sized(&[10])?;
    if find("sk.rc").is_some_and(|rule| rule(raw.other(number.as_str())).is_ok()) {
        return number.done();
    }
    format(!number.begins(&["0"]) && matches!(number.at(2), 2 | 3 | 4 | 7 | 8 | 9))?;
    let holds = number.value(..) % 11 == 0;
    number.pass(holds)
}
