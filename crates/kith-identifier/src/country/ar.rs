//! Argentina: CUIT, DNI and the bank account number CBU.

use crate::check::modulo;
use crate::number::{Checked, Raw, checksum, component, weigh};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("ar.cbu", cbu), ("ar.cuit", cuit), ("ar.dni", dni)];

/// The bank account number: branch and account with a check digit each.
fn cbu(raw: Raw) -> Checked {
    let number = raw.without(" -").sized(&[22])?.digits()?;
    let branch = weigh(number.part(..7), &[7, 1, 3, 9, 7, 1, 3]);
    checksum(modulo(-branch, 10) == number.at(7))?;
    let account = weigh(number.part(8..21), &[3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3]);
    number.ends(modulo(-account, 10))
}

/// The tax number of companies and persons.
fn cuit(raw: Raw) -> Checked {
    let number = raw.without(" -").sized(&[11])?.digits()?;
    component(number.begins(&["20", "23", "24", "27", "30", "33", "34", "50", "51", "55"]))?;
    let check = match 11 - number.weigh(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
        11 => 0,
        10 => 9,
        other => other,
    };
    number.ends(check)
}

/// The identity card's number.
fn dni(raw: Raw) -> Checked {
    raw.without(" .").digits()?.sized(&[7, 8])?.done()
}
