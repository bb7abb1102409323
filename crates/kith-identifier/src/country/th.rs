//! Thailand: PIN, MOA, TIN.

use crate::fault::Fault;
use crate::number::{Checked, Number, Raw, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("th.moa", moa), ("th.pin", pin), ("th.tin", tin)];

fn check(number: &Number) -> i64 {
    let sum = number.weigh(&[2, 1, 0, -1, -2, -3, -4, -5, -6, -7, -8, -9]).rem_euclid(11);
    (1 - sum).rem_euclid(10)
}

/// The company's number begins with 0.
fn moa(raw: Raw) -> Checked {
    let number = raw.without(" -").sized(&[13])?.digits()?;
    component(number.begins(&["0"]))?;
    let check = check(&number);
    number.ends(check)
}

/// The person's number begins with 1 to 8.
fn pin(raw: Raw) -> Checked {
    let number = raw.without(" -").sized(&[13])?.digits()?;
    component(!number.begins(&["0", "9"]))?;
    let check = check(&number);
    number.ends(check)
}

/// The tax number is one of both.
fn tin(raw: Raw) -> Checked {
    moa(raw).or_else(|_| pin(raw)).map_err(|_| Fault::Format)
}
