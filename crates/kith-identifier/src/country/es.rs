//! Spain: NIF with its kinds, bank account, supply point, excise code, cadastre, postal code.

use crate::check::{DIGITS, luhn_sum, modulo};
use crate::fault::Fault;
use crate::number::{
    Checked, Number, Raw, checksum, component, format, index, is_digits, is_of, length, listed, nth,
};
use crate::rule::Rule;
use crate::world::iban;

pub(crate) const RULES: &[Rule] = &[
    ("es.cae", cae),
    ("es.ccc", ccc),
    ("es.cif", cif),
    ("es.cups", cups),
    ("es.dni", dni),
    ("es.iban", account),
    ("es.nie", nie),
    ("es.nif", nif),
    ("es.postal_code", postal),
    ("es.referenciacatastral", cadastre),
];

const LETTERS: &str = "TRWAGMYFPDXBNJZSQVHLCKE";

/// Activities of the excise register.
const ACTIVITIES: &str = "A1 B1 B9 B0 BA C1 DA EC F1 V1 A7 AT B7 BT C7 DB E7 M7 OA OB OE OV V7 B6 A2 A6 A9 A0 AC AV AW \
    AX H1 H2 H4 H6 H9 H0 HD HH H7 H8 HB HF HI HJ HK HL HM HN HT HU HV HX HZ OH HA HC HE HP HQ HR HS HW T1 OT T7 TT L1 \
    L2 L0 L3 L7 AF DF DM DP OR PF RF VD";

/// The tax number, which is a DNI, a NIE, a CIF, or one of the letters K, L, M for special persons.
fn nif(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["ES"]);
    let number = middle(number)?.sized(&[9])?;
    match number.letter(0) {
        'K' | 'L' | 'M' => number.clone().pass(number.last() == control(number.value(1..8))),
        '0'..='9' => dni(raw.other(number.as_str())),
        'X' | 'Y' | 'Z' => nie(raw.other(number.as_str())),
        _ => cif(raw.other(number.as_str())),
    }
}

/// Digits between the first and the last place.
fn middle(number: Number) -> Result<Number, Fault> {
    let end = number.as_str().len().saturating_sub(1);
    format(end > 1 && is_digits(number.part(1..end)))?;
    Ok(number)
}

fn control(value: i64) -> char {
    nth(LETTERS, value % 23)
}

/// The identity card's number.
fn dni(raw: Raw) -> Checked {
    let number = raw.without(" -").upper();
    let end = number.as_str().len().saturating_sub(1);
    format(is_digits(number.part(..end)))?;
    let number = number.sized(&[9])?;
    let holds = number.last() == control(number.value(..8));
    number.pass(holds)
}

/// The foreigner's number.
fn nie(raw: Raw) -> Checked {
    let number = middle(raw.without(" -").upper())?;
    let kind = index("XYZ", number.letter(0)).ok_or(Fault::Format)?;
    let number = number.sized(&[9])?;
    let holds = number.last() == control(kind * 10_000_000 + number.value(1..8));
    number.pass(holds)
}

/// The company's number: legal form, province and serial, check digit or letter.
fn cif(raw: Raw) -> Checked {
    let number = middle(raw.without(" -").upper())?.sized(&[9])?;
    format("ABCDEFGHJNPQRSUVW".contains(number.letter(0)))?;
    let sum = luhn_sum(&format!("{}0", number.part(1..8)), DIGITS).unwrap_or(0);
    let check = modulo(-sum, 10);
    let last = number.last();
    number.pass(last == nth(DIGITS, check) || last == nth("JABCDEFGHI", check))
}

/// The bank account: bank, branch, two check digits, account.
fn ccc(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().sized(&[20])?.digits()?;
    let holds = number.at(8) == account_check(&format!("00{}", number.part(..8)))
        && number.at(9) == account_check(number.part(10..));
    number.pass(holds)
}

fn account_check(digits: &str) -> i64 {
    match Number::new(digits).weigh(&[1, 2, 4, 8, 16, 32, 64, 128, 256, 512]) % 11 {
        rest @ 0..=1 => rest,
        rest => 11 - rest,
    }
}

/// A Spanish account: the check digits of the account itself too.
fn account(raw: Raw) -> Checked {
    let number = iban::general(raw)?;
    let local = number.strip_prefix("ES").and_then(|rest| rest.get(2..)).ok_or(Fault::Component)?;
    ccc(raw.other(local))?;
    Ok(number)
}

/// The point of supply of electricity and gas.
fn cups(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().sized(&[20, 22])?;
    component(number.begins(&["ES"]))?;
    format(is_digits(number.part(2..18)))?;
    format(number.len() == 20 || (is_digits(number.part(20..21)) && "FPRCXYZ".contains(number.letter(21))))?;
    let check = number.value(2..18) % 529;
    let holds =
        number.letter(18) == nth(LETTERS, check / 23) && number.letter(19) == nth(LETTERS, check % 23);
    number.pass(holds)
}

/// The activity and establishment code of excise.
fn cae(raw: Raw) -> Checked {
    let number = raw.without("").upper().sized(&[13])?;
    format(
        number.begins(&["ES000"]) && (1..=56).contains(&number.value(5..7)) && is_digits(number.part(5..7)),
    )?;
    format(
        listed(ACTIVITIES, number.part(7..9))
            && is_digits(number.part(9..12))
            && number.last().is_alphabetic(),
    )?;
    number.done()
}

/// A postal code: its province exists.
fn postal(raw: Raw) -> Checked {
    let number = raw.without(" ").sized(&[5])?.digits()?;
    component((1..=52).contains(&number.value(..2)))?;
    number.done()
}

/// The reference of a real estate in the cadastre.
fn cadastre(raw: Raw) -> Checked {
    let number = raw.without(" -").upper();
    format(is_of(number.as_str(), "ABCDEFGHIJKLMNÑOPQRSTUVWXYZ0123456789"))?;
    let places: Vec<char> = number.as_str().chars().collect();
    length(places.len() == 20)?;
    let unit = places.get(14..18).unwrap_or_default();
    for (from, check) in [(0, 18), (7, 19)] {
        let parcel = places.get(from..from + 7).unwrap_or_default();
        let sum: i64 =
            parcel.iter().chain(unit).zip([13, 15, 12, 5, 4, 17, 9, 21, 3, 7, 1]).map(weighed).sum();
        checksum(places.get(check) == Some(&nth("MQWERTYUIOPASDFGHJKLBZX", sum % 23)))?;
    }
    number.done()
}

fn weighed((letter, weight): (&char, i64)) -> i64 {
    let value = letter.to_digit(10).map(i64::from);
    value.unwrap_or_else(|| index("ABCDEFGHIJKLMNÑOPQRSTUVWXYZ", *letter).unwrap_or(0) + 1) * weight
}
