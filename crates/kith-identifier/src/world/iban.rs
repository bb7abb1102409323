//! IBAN, ISO 13616: country, check digits, and the structure of the country's accounts.

use crate::check::mod97;
use crate::fault::Fault;
use crate::number::{Checked, Raw, checksum, component, fits, format};
use crate::rule::{Rule, find};

pub(crate) const RULES: &[Rule] = &[("iban", iban)];

/// The countries of the registry, and those that use IBANs without being in it, with the structure of their account numbers: how many of `n` digits, `a` capital
/// letters, `c` either.
const STRUCTURES: &str = include_str!("iban.txt");

/// An account; Belgium, Montenegro, Norway and Spain have check digits of their own.
fn iban(raw: Raw) -> Checked {
    let number = general(raw)?;
    let local = format!("{}.iban", number.get(..2).unwrap_or("").to_ascii_lowercase());
    if let Some(rule) = find(&local) {
        rule(raw.other(&number))?;
    }
    Ok(number)
}

/// What holds for the accounts of all countries.
pub(crate) fn general(raw: Raw) -> Checked {
    let number = raw.without(" -.").upper();
    format(number.as_str().is_ascii())?;
    let turned = format!("{}{}", number.part(4..), number.part(..4));
    checksum(mod97(&turned).ok_or(Fault::Format)? == 1)?;
    // 00, 01 and 99 would leave the same remainder as 97, 98 and 02.
    checksum((2..=98).contains(&number.value(2..4)))?;
    let country = number.part(..2).to_owned();
    let structure =
        STRUCTURES.lines().find_map(|line| line.strip_prefix(country.as_str())?.strip_prefix(' '));
    component(structure.is_some())?;
    format(structure.is_some_and(|structure| fits(&pattern(structure), number.part(4..))))?;
    number.done()
}

/// `3n13c` as a form with a place for each character.
fn pattern(structure: &str) -> String {
    let mut form = String::new();
    let mut count = 0;
    for letter in structure.chars() {
        let place = match letter {
            'n' => '9',
            'a' => 'A',
            'c' => 'X',
            digit => {
                count = count * 10 + digit.to_digit(10).unwrap_or(0) as usize;
                continue;
            }
        };
        form.extend(std::iter::repeat_n(place, count));
        count = 0;
    }
    form
}
