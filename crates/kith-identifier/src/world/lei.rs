//! Legal entities and their parts: LEI, EORI, DUNS, SCAC, and numbers of carriers.

use crate::check::mod97;
use crate::fault::Fault;
use crate::number::{Checked, Raw, component, format, is_digits, length};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] =
    &[("duns", duns), ("eori", eori), ("lei", lei), ("mc", carrier), ("scac", scac), ("usdot", carrier)];

/// The legal entity identifier, ISO 17442: eighteen places and two check digits.
fn lei(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().sized(&[20])?;
    let rest = mod97(number.as_str()).ok_or(Fault::Format)?;
    format(is_digits(number.part(18..)))?;
    number.pass(rest == 1)
}

/// The D-U-N-S number has no check digit.
fn duns(raw: Raw) -> Checked {
    raw.without(" -").digits()?.sized(&[9])?.done()
}

/// The number of economic operators at the customs: country and up to fifteen places.
fn eori(raw: Raw) -> Checked {
    let number = raw.without(" -.").upper();
    length((3..=17).contains(&number.len()))?;
    let text = number.as_str();
    format(text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()))?;
    format(text.bytes().take(2).all(|byte| byte.is_ascii_uppercase()))?;
    component(super::country::is_country(number.part(..2)) || number.begins(&["XI", "EL"]))?;
    number.done()
}

/// The standard carrier alpha code: two to four letters.
fn scac(raw: Raw) -> Checked {
    let number = raw.without(" -").upper();
    format(number.as_str().bytes().all(|byte| byte.is_ascii_uppercase()))?;
    number.sized(&[2, 3, 4])?.done()
}

/// The number of a carrier at the US Department of Transportation, or its operating authority.
fn carrier(raw: Raw) -> Checked {
    let number = raw.without(" -#.").upper().cut(&["USDOT", "DOT", "MC"]).digits()?;
    length(number.len() <= 8)?;
    number.done()
}
