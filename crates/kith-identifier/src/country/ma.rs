//! Morocco: ICE.

use crate::check::mod97;
use crate::number::{Checked, Raw};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("ma.ice", ice)];

/// The company's number: fifteen digits that 97 divides.
fn ice(raw: Raw) -> Checked {
    let number = raw.without(" ").sized(&[15])?.digits()?;
    let holds = mod97(number.as_str()) == Some(0);
    number.pass(holds)
}
