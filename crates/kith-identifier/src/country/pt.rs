//! Portugal: NIF and citizen card.

use crate::check::modulo;
use crate::number::{Checked, Raw, format, is_digits};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("pt.cc", card), ("pt.nif", nif)];

/// The tax number, which is the VAT number.
fn nif(raw: Raw) -> Checked {
    let number = raw.without(" -.").upper().cut(&["PT"]).digits()?;
    format(!number.begins(&["0"]))?;
    let number = number.sized(&[9])?;
    let check = modulo(-number.weigh(&[9, 8, 7, 6, 5, 4, 3, 2]), 11) % 10;
    number.ends(check)
}

/// The citizen card: digits, two letters or digits of the version, check digit.
fn card(raw: Raw) -> Checked {
    let number = raw.without(" ").upper();
    let end = number.as_str().len();
    let version = end.saturating_sub(3)..end.saturating_sub(1);
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    format(end >= 3 && (end == 3 || is_digits(number.part(..end - 3))) && plain(number.part(version)))?;
    format(number.last().is_ascii_digit())?;
    let body = number.part(..end - 1);
    let sum: i64 = (0..body.len())
        .rev()
        .enumerate()
        .map(|(from_end, place)| {
            let value = number.at(place);
            match (from_end % 2, value * 2) {
                (0, twice) if twice > 9 => twice - 9,
                (0, twice) => twice,
                _ => value,
            }
        })
        .sum();
    number.ends(modulo(-sum, 10))
}
