//! Liechtenstein: PEID.

use crate::number::{Checked, Raw, length};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("li.peid", peid)];

/// The tax number: up to twelve digits without leading zeros.
fn peid(raw: Raw) -> Checked {
    let number = raw.without(" .").map(|text| text.trim_start_matches('0').to_owned());
    length((4..=12).contains(&number.len()))?;
    number.digits()?.done()
}
