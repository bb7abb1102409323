//! North Macedonia: EDB.

use crate::check::modulo;
use crate::number::{Checked, Raw};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("mk.edb", edb)];

/// The tax number: thirteen digits; the prefix may be Cyrillic.
fn edb(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["MK"]).cut(&["МК"]).sized(&[13])?.digits()?;
    let check = modulo(-number.weigh(&[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) % 10;
    number.ends(check)
}
