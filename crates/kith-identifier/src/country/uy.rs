//! Uruguay: RUT.

use crate::check::modulo;
use crate::number::{Checked, Raw, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("uy.rut", rut)];

/// The tax number: office, serial, 001, check digit.
fn rut(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["UY"]).sized(&[12])?.digits()?;
    component(
        (1..=22).contains(&number.value(..2)) && number.value(2..8) > 0 && number.part(8..11) == "001",
    )?;
    let check = modulo(-number.weigh(&[4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]), 11);
    number.ends(check)
}
