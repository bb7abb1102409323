//! Algeria: NIF.

use crate::number::{Checked, Raw};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("dz.nif", nif)];

/// The tax number, with or without the number of the establishment.
fn nif(raw: Raw) -> Checked {
    raw.without(" ").sized(&[15, 20])?.digits()?.done()
}
