//! Pakistan: CNIC.

use crate::number::{Checked, Raw, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("pk.cnic", cnic)];

/// The identity card's number: province, serial, sex.
fn cnic(raw: Raw) -> Checked {
    let number = raw.without("-").digits()?.sized(&[13])?;
    component(number.at(12) > 0 && (1..=7).contains(&number.at(0)))?;
    number.done()
}
