//! Guinea: the tax number `NIFp`.

use crate::check::luhn;
use crate::number::{Checked, Raw};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("gn.nifp", nifp)];

/// The tax number: nine digits by Luhn.
fn nifp(raw: Raw) -> Checked {
    let number = raw.without(" -").sized(&[9])?.digits()?;
    let holds = luhn(number.as_str());
    number.pass(holds)
}
