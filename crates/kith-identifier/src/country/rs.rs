//! Serbia: PIB.

use crate::check::mod_11_10;
use crate::number::{Checked, Raw};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("rs.pib", pib)];

/// The tax number: nine digits by ISO 7064 mod 11,10.
fn pib(raw: Raw) -> Checked {
    let number = raw.without(" -.").digits()?.sized(&[9])?;
    let holds = mod_11_10(number.as_str()) == Some(true);
    number.pass(holds)
}
