//! Israel: company number and identity number.

use crate::check::luhn;
use crate::number::{Checked, Raw, component, format, length};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("il.hp", hp), ("il.idnr", idnr)];

/// The company number.
fn hp(raw: Raw) -> Checked {
    let number = raw.without(" -").sized(&[9])?.digits()?;
    format(number.value(..) > 0)?;
    component(number.begins(&["5"]))?;
    let holds = luhn(number.as_str());
    number.pass(holds)
}

/// The identity number; leading zeros may be left out.
fn idnr(raw: Raw) -> Checked {
    let number = raw.without(" -").padded(9);
    length(number.len() <= 9)?;
    let number = number.digits()?;
    format(number.value(..) > 0)?;
    let holds = luhn(number.as_str());
    number.pass(holds)
}
