//! Norway: MVA and organisation number, birth number, bank account.

use crate::check::{luhn, modulo};
use crate::fault::Fault;
use crate::number::{Checked, Raw, birthday, checksum, component};
use crate::rule::Rule;
use crate::world::iban;

pub(crate) const RULES: &[Rule] = &[
    ("no.fodselsnummer", birth_number),
    ("no.iban", account),
    ("no.kontonr", konto),
    ("no.mva", mva),
    ("no.orgnr", orgnr),
];

/// The organisation number.
fn orgnr(raw: Raw) -> Checked {
    let number = raw.without(" ").digits()?.sized(&[9])?;
    let sum = number.weigh(&[3, 2, 7, 6, 5, 4, 3, 2, 1]);
    number.pass(sum % 11 == 0)
}

/// The VAT number: the organisation number and MVA.
fn mva(raw: Raw) -> Checked {
    let number = raw.without(" ").upper().cut(&["NO"]);
    orgnr(raw.other(number.as_str().strip_suffix("MVA").ok_or(Fault::Format)?))?;
    number.done()
}

/// The birth number: birthday, serial that tells the century, two check digits.
fn birth_number(raw: Raw) -> Checked {
    let number = raw.without(" -:").sized(&[11])?.digits()?;
    let first = modulo(-number.weigh(&[3, 7, 6, 1, 8, 9, 4, 5, 2]), 11);
    let second = modulo(-number.weigh(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11);
    checksum(number.at(9) == first && number.at(10) == second)?;
    let (day, month, year) = (number.value(..2), number.value(2..4), number.value(4..6));
    component(day < 80)?;
    let century = match number.value(6..9) {
        0..=499 => 1900,
        500..=749 if year >= 54 => 1800,
        _ if year < 40 => 2000,
        900.. => 1900,
        _ => return Err(Fault::Component),
    };
    let day = if day > 40 { day - 40 } else { day };
    let month = if month > 40 { month - 40 } else { month };
    component(birthday(century + year, month, day)? <= raw.today)?;
    number.done()
}

/// The bank account of a bank (eleven digits) or the post (seven).
fn konto(raw: Raw) -> Checked {
    let number = raw.without(" .-").cut(&["0000"]).digits()?;
    match number.len() {
        7 => {
            let holds = luhn(number.as_str());
            number.pass(holds)
        }
        11 => {
            let check = number.weigh(&[6, 7, 8, 9, 4, 5, 6, 7, 8, 9]) % 11;
            number.ends(check)
        }
        _ => Err(Fault::Length),
    }
}

/// A Norwegian account: the check digit of the account itself too.
fn account(raw: Raw) -> Checked {
    let number = iban::general(raw)?;
    let local = number.strip_prefix("NO").and_then(|rest| rest.get(2..)).ok_or(Fault::Component)?;
    konto(raw.other(local))?;
    Ok(number)
}
