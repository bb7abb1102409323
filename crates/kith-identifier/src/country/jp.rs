//! Japan: corporate number and individual number.

use crate::check::modulo;
use crate::number::{Checked, Raw};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("jp.cn", corporate), ("jp.in_", individual)];

/// The corporate number: the check digit stands first.
fn corporate(raw: Raw) -> Checked {
    let number = raw.without("- ").sized(&[13])?.digits()?;
    let check = 9 - number.weigh(&[0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]) % 9;
    let holds = number.at(0) == check;
    number.pass(holds)
}

/// The individual number (My Number).
fn individual(raw: Raw) -> Checked {
    let number = raw.without("- ").sized(&[12])?.digits()?;
    let check = modulo(-number.weigh(&[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) % 10;
    number.ends(check)
}
