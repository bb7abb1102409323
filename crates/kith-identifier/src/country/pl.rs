//! Poland: NIP, REGON, PESEL.

use crate::check::modulo;
use crate::fault::Fault;
use crate::number::{Checked, Raw, birthday, checksum};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("pl.nip", nip), ("pl.pesel", pesel), ("pl.regon", regon)];

/// The tax number, which is the VAT number.
fn nip(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["PL"]).digits()?.sized(&[10])?;
    let sum = number.weigh(&[6, 5, 7, 2, 3, 4, 5, 6, 7, -1]);
    number.pass(sum % 11 == 0)
}

/// The statistical number of companies (nine digits) and their branches (fourteen).
fn regon(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().digits()?.sized(&[9, 14])?;
    let company = number.weigh(&[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10;
    checksum(number.at(8) == company)?;
    if number.len() == 9 {
        return number.done();
    }
    let check = number.weigh(&[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10;
    number.ends(check)
}

/// The citizen's number: birthday with the century in the month, serial, check digit.
fn pesel(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().digits()?.sized(&[11])?;
    let check = modulo(-number.weigh(&[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]), 10);
    checksum(number.at(10) == check)?;
    let month = number.value(2..4);
    let century = match month / 20 {
        0 => 1900,
        1 => 2000,
        2 => 2100,
        3 => 2200,
        4 => 1800,
        _ => return Err(Fault::Component),
    };
    birthday(century + number.value(..2), month % 20, number.value(4..6))?;
    number.done()
}
