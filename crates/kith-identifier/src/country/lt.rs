//! Lithuania: PVM and personal code.

use super::ee;
use crate::fault::Fault;
use crate::number::{Checked, Raw, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("lt.asmens", asmens), ("lt.pvm", pvm)];

/// The VAT number: nine digits for companies, twelve for those who registered for a time.
fn pvm(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["LT"]).digits()?;
    match number.len() {
        9 => component(number.at(7) == 1)?,
        12 => component(number.at(10) == 1)?,
        _ => return Err(Fault::Length),
    }
    let check = ee::check(&number);
    number.ends(check)
}

/// The personal code, as in Estonia; those that begin with 9 tell no birthday.
fn asmens(raw: Raw) -> Checked {
    let number = raw.without(" ").digits()?.sized(&[11])?;
    if !number.begins(&["9"]) {
        ee::born(&number)?;
    }
    let check = ee::check(&number);
    number.ends(check)
}
