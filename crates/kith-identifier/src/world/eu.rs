//! Numbers of the European Union: VAT, one-stop shop, creditors, excise, energy, NACE, banknotes; VAT anywhere.

use crate::check::{ALPHANUMERIC, mod97, modulo};
use crate::fault::Fault;
use crate::number::{
    Checked, Number, Raw, checksum, component, format, index, is_digits, is_of, length, listed, nth,
};
use crate::rule::{Rule, find, vat_rule};

pub(crate) const RULES: &[Rule] = &[
    ("eu.at_02", creditor),
    ("eu.banknote", banknote),
    ("eu.eic", eic),
    ("eu.excise", excise),
    ("eu.nace", nace),
    ("eu.oss", oss),
    ("eu.vat", vat),
    ("vatin", vatin),
];

/// The prefixes of the member states and Northern Ireland; Greece is EL, and GR is understood.
const STATES: &str = "AT BE BG CY CZ DE DK EE EL ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI";

/// Whether VAT numbers begin with this prefix: the member states (Greece is `EL`) and Northern Ireland.
#[must_use]
pub fn is_eu_vat_area(prefix: &str) -> bool {
    prefix != "GR" && listed(STATES, prefix)
}

/// A VAT number of a member state, with its prefix.
pub(crate) fn vat(raw: Raw) -> Checked {
    let number = raw.without("").upper();
    let prefix = number.part(..2).to_owned();
    if matches!(prefix.as_str(), "EU" | "IM") {
        return oss(raw);
    }
    component(listed(STATES, &prefix))?;
    let rule = vat_rule(&prefix).ok_or(Fault::Component)?;
    let value = rule(raw.other(number.as_str()))?;
    let prefix = if prefix == "GR" { "EL".to_owned() } else { prefix };
    Ok(if value.starts_with(&prefix) { value } else { format!("{prefix}{value}") })
}

/// A VAT number of any country that has one, with its prefix.
fn vatin(raw: Raw) -> Checked {
    let number = raw.without("").upper();
    let prefix = number.part(..2).to_owned();
    format(prefix.len() == 2 && prefix.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    if matches!(prefix.as_str(), "EU" | "IM") {
        return oss(raw);
    }
    let rule = vat_rule(&prefix).ok_or(Fault::Component)?;
    match rule(raw.other(number.part(2..))) {
        Ok(value) => Ok(format!("{prefix}{value}")),
        Err(_) => rule(raw.other(number.as_str())),
    }
}

/// The number of the one-stop shop, with the member state's numeric code.
fn oss(raw: Raw) -> Checked {
    const STATES: &str = "040 056 100 191 196 203 208 233 246 250 276 300 348 372 380 428 440 442 470 528 616 620 642 703 705 \
        724 752 900";
    let number = raw.without(" -").upper();
    component(number.begins(&["EU", "IM"]))?;
    length(number.len() == if number.begins(&["EU"]) { 11 } else { 12 })?;
    format(is_digits(number.part(2..)))?;
    component(listed(STATES, number.part(2..5)))?;
    number.done()
}

/// The creditor's identifier of direct debits.
fn creditor(raw: Raw) -> Checked {
    let number = raw.without(" -/?:().m'+\"").upper();
    format(is_of(number.as_str(), ALPHANUMERIC))?;
    let turned = format!("{}{}", number.part(7..), number.part(..4));
    let holds = mod97(&turned).ok_or(Fault::Format)? == 1;
    number.pass(holds)
}

/// The excise number: the member state and eleven places.
fn excise(raw: Raw) -> Checked {
    let number = raw.without(" ").upper();
    format(number.as_str().is_ascii())?;
    let number = match number.len() {
        2..13 => Number::new(format!("{}{:0>11}", number.part(..2), number.part(2..))),
        _ => number,
    };
    let number = number.sized(&[13])?;
    let state = number.part(..2);
    component(listed(STATES, state) && state != "EL")?;
    if state == "FR" {
        find("fr.accise").map_or(Err(Fault::Component), |rule| rule(raw.other(number.as_str())))?;
    }
    number.done()
}

/// A banknote of the second series, or the first.
fn banknote(raw: Raw) -> Checked {
    let number = raw.without(" ").upper();
    format(
        is_of(&number.as_str().chars().take(2).collect::<String>(), ALPHANUMERIC)
            && is_digits(number.part(2..)),
    )?;
    let number = number.sized(&[12])?;
    component("BCDEFGHJLMNPRSTUVWXYZ".contains(number.letter(0)))?;
    let value = |byte: u8| i64::from(if byte.is_ascii_digit() { byte - b'0' } else { byte });
    let sum: i64 = number.as_str().bytes().map(value).sum();
    number.pass(sum % 9 == 0)
}

/// A participant or place of the energy market.
fn eic(raw: Raw) -> Checked {
    const ALPHABET: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
    let number = raw.without(" ");
    format(is_of(number.as_str(), ALPHABET))?;
    let number = number.sized(&[16])?;
    format(number.last() != '-')?;
    let places = number.as_str().chars().zip((2..=16).rev());
    let sum: i64 = places.map(|(letter, weight)| index(ALPHABET, letter).unwrap_or(0) * weight).sum();
    checksum(number.last() == nth(ALPHABET, 36 - modulo(sum - 1, 37)))?;
    number.done()
}

/// The codes of NACE Rev. 2.1 below each division.
const ACTIVITIES: &str = include_str!("nace.txt");

/// A class of economic activity.
fn nace(raw: Raw) -> Checked {
    let number = raw.without(".");
    length(number.len() <= 4)?;
    if number.len() == 1 {
        format(number.letter(0).is_alphabetic())?;
        component(('A'..='V').contains(&number.letter(0)))?;
        return number.done();
    }
    let number = number.digits()?;
    component(listed(ACTIVITIES, number.as_str()))?;
    number.done()
}
