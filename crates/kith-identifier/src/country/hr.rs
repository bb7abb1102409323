//! Croatia: OIB.

use crate::check::mod_11_10;
use crate::number::{Checked, Raw};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("hr.oib", oib)];

/// The personal and company number, which is the VAT number: eleven digits by ISO 7064 mod 11,10.
fn oib(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["HR"]).digits()?.sized(&[11])?;
    let holds = mod_11_10(number.as_str()) == Some(true);
    number.pass(holds)
}
