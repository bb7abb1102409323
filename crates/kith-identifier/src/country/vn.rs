//! Vietnam: MST.

use crate::number::{Checked, Raw, checksum, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("vn.mst", mst)];

/// The tax number, with three more digits for branches.
fn mst(raw: Raw) -> Checked {
    let number = raw.without(" -.").sized(&[10, 13])?.digits()?;
    component(number.value(2..9) > 0 && (number.len() == 10 || number.value(10..) > 0))?;
    let check = 10 - number.weigh(&[31, 29, 23, 19, 17, 13, 7, 5, 3]) % 11;
    checksum(number.at(9) == check)?;
    number.done()
}
