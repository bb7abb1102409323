//! Dominican Republic: RNC, cédula, fiscal receipt number.

use crate::check::luhn;
use crate::fault::Fault;
use crate::number::{Checked, Raw, component, format, is_digits, listed};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("do.cedula", cedula), ("do.ncf", ncf), ("do.rnc", rnc)];

/// Numbers given out with a wrong check digit, which are in use.
const GIVEN_RNC: &str = "101581601 101582245 101595422 101595785 10233317 131188691 401007374 501341601 501378067 501620371 \
    501651319 501651823 501651845 501651926 501656006 501658167 501670785 501676936 501680158 504654542 504680029 \
    504681442 505038691";

/// The company's tax number.
fn rnc(raw: Raw) -> Checked {
    let number = raw.without(" -").digits()?;
    if listed(GIVEN_RNC, number.as_str()) {
        return number.done();
    }
    let number = number.sized(&[9])?;
    let rest = number.weigh(&[7, 9, 8, 6, 5, 4, 3, 2]) % 11;
    number.ends((10 - rest).rem_euclid(9) + 1)
}

/// The identity card's number. Some cards were given out with a wrong check digit; a list of them would be one of
/// persons, so they are refused.
fn cedula(raw: Raw) -> Checked {
    let number = raw.without(" -").digits()?.sized(&[11])?;
    let holds = luhn(number.as_str());
    number.pass(holds)
}

/// The number of a fiscal receipt: series, kind of document, serial.
fn ncf(raw: Raw) -> Checked {
    let number = raw.without(" ").upper();
    let (series, kind, kinds) = match number.len() {
        13 => ("E", number.part(1..3), "31 32 33 34 41 43 44 45 46 47"),
        11 => ("B", number.part(1..3), "01 02 03 04 11 12 13 14 15 16 17"),
        19 => ("AP", number.part(9..11), "01 02 03 04 11 12 13 14 15 16 17"),
        _ => return Err(Fault::Length),
    };
    format(series.contains(number.letter(0)) && is_digits(number.part(1..)))?;
    component(listed(kinds, kind))?;
    number.done()
}
