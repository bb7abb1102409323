//! United Kingdom: VAT number, UTR, NHS number, pupil number, SEDOL.

use crate::check::modulo;
use crate::fault::Fault;
use crate::number::{Checked, Raw, checksum, component, format, index, is_digits, is_of, nth};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[
    ("gb.crn", crn),
    ("gb.nhs", nhs),
    ("gb.sedol", sedol),
    ("gb.upn", upn),
    ("gb.utr", utr),
    ("gb.vat", vat),
];

/// Ranges of local authorities that number pupils.
const AUTHORITIES: &str = "201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420-420 800-803 805-808 \
    810-813 815-816 821-823 825-826 830-831 835-837 840-841 845-846 850-852 855-857 860-861 865-874 876-896 908-909 \
    916-916 919-919 921-921 925-926 928-929 931-931 933-933 935-938";

/// The VAT number: nine digits, or twelve with the branch; `GD` and `HA` for government and health.
fn vat(raw: Raw) -> Checked {
    let number = raw.without(" -.").upper().cut(&["GB", "XI"]);
    let office = |serial: &str| {
        let serial = serial.parse::<i64>().unwrap_or(0);
        component((number.begins(&["GD"]) && serial < 500) || (number.begins(&["HA"]) && serial >= 500))
    };
    match number.len() {
        5 => {
            format(is_digits(number.part(2..)))?;
            office(number.part(2..))?;
        }
        11 if number.begins(&["GD8888", "HA8888"]) => {
            format(is_digits(number.part(6..)))?;
            office(number.part(6..9))?;
            checksum(number.value(6..9) % 97 == number.value(9..11))?;
        }
        9 | 12 => {
            let number = number.clone().digits()?;
            let rest = number.weigh(&[8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97;
            checksum(rest == 0 || (number.value(..3) >= 100 && matches!(rest, 42 | 55)))?;
            component(rest != 0 || !never_given(number.value(..7)))?;
        }
        _ => return Err(Fault::Length),
    }
    number.done()
}

/// Whether no number of the elder of the two check systems was given out in this range.
fn never_given(serial: i64) -> bool {
    matches!(serial, 100_000..=999_999 | 9_490_001..=9_700_000 | 9_990_001..)
}

/// The company number: eight digits, or two letters of the register and six; leading zeros may be left out.
fn crn(raw: Raw) -> Checked {
    let number = raw.without(" -").upper();
    let digits = is_digits(number.as_str());
    let number = if digits { number.padded(8) } else { number }.sized(&[8])?;
    format(digits || number.clone().form("AA999999").is_ok())?;
    component(number.value(2..) + number.at(0) > 0)?;
    number.done()
}

/// The unique taxpayer reference: the check digit stands first.
fn utr(raw: Raw) -> Checked {
    let number = raw
        .without(" ")
        .upper()
        .map(|text| text.trim_start_matches('K').to_owned())
        .digits()?
        .sized(&[10])?;
    let rest = number.weigh(&[0, 6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11;
    let holds = number.letter(0) == nth("21987654321", rest);
    number.pass(holds)
}

/// The number of the National Health Service.
fn nhs(raw: Raw) -> Checked {
    let number = raw.without(" -").digits()?.sized(&[10])?;
    let sum = number.weigh(&[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    number.pass(sum % 11 == 0)
}

/// The security number of the London exchange: no vowels.
fn sedol(raw: Raw) -> Checked {
    let number = raw.without(" ").upper();
    format(is_of(number.as_str(), "0123456789BCDFGHJKLMNPQRSTVWXYZ"))?;
    let number = number.sized(&[7])?;
    format(number.at(0) > 9 || is_digits(number.as_str()))?;
    let check = modulo(-number.weigh(&[1, 3, 1, 7, 3, 9]), 10);
    number.ends(check)
}

/// The pupil's number: check letter, local authority, school, year, serial.
fn upn(raw: Raw) -> Checked {
    const ALPHABET: &str = "ABCDEFGHJKLMNPQRTUVWXYZ0123456789";
    let number = raw.without(" ").upper().sized(&[13])?;
    format(is_digits(number.part(1..12)) && ALPHABET.contains(number.last()))?;
    let authority = number.part(1..4);
    let ranges = AUTHORITIES.split_ascii_whitespace().filter_map(|range| range.split_once('-'));
    component(ranges.into_iter().any(|(low, high)| (low..=high).contains(&authority)))?;
    let places = number.as_str().chars().skip(1).zip(2..);
    let sum: i64 = places.map(|(letter, weight)| index(ALPHABET, letter).unwrap_or(0) * weight).sum();
    let holds = number.letter(0) == nth(ALPHABET, sum % 23);
    number.pass(holds)
}
