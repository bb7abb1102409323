//! Czechia: DIC, birth number, bank account.

use crate::check::modulo;
use crate::fault::Fault;
use crate::number::{Checked, Number, Raw, birthday, checksum, component, is_digits, length, listed};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] =
    &[("cz.bankaccount", account), ("cz.dic", dic), ("cz.rc", birth_number), ("sk.rc", birth_number)];

/// Codes of banks by the central bank's list.
const BANKS: &str = include_str!("cz_banks.txt");

/// The VAT number: eight digits for companies, nine from 6 on for special cases, else a birth number.
fn dic(raw: Raw) -> Checked {
    let number = raw.without(" /").upper().cut(&["CZ"]).digits()?;
    match (number.len(), number.begins(&["6"])) {
        (8, _) => {
            component(!number.begins(&["9"]))?;
            let rest = modulo(-number.weigh(&[8, 7, 6, 5, 4, 3, 2]), 11);
            number.ends(if rest == 0 { 1 } else { rest % 10 })
        }
        (9, true) => {
            let sum = number.weigh(&[0, 8, 7, 6, 5, 4, 3, 2]) % 11;
            number.ends(modulo(8 - modulo(10 - sum, 11), 10))
        }
        (9 | 10, _) => birth_number(raw.other(number.as_str())),
        _ => Err(Fault::Length),
    }
}

/// The birth number of Czechia and Slovakia: birthday, months of women raised by 50, serial, check digit since 1954.
fn birth_number(raw: Raw) -> Checked {
    let number = raw.without(" /").upper().digits()?.sized(&[9, 10])?;
    let year = number.value(..2);
    let year = if number.len() == 9 {
        let year = if year >= 80 { 1800 + year } else { 1900 + year };
        length(year <= 1953)?;
        year
    } else if year < 54 {
        2000 + year
    } else {
        1900 + year
    };
    birthday(year, number.value(2..4) % 50 % 20, number.value(4..6))?;
    if number.len() == 9 {
        return number.done();
    }
    let check = number.value(..9) % 11 % 10;
    number.ends(check)
}

/// The bank account: prefix, number and bank, the first two with check digits.
fn account(raw: Raw) -> Checked {
    let number = raw.without("");
    let (account, bank) = number.as_str().split_once('/').ok_or(Fault::Format)?;
    let (prefix, root) = account.split_once('-').unwrap_or(("", account));
    let bank = bank.get(..4).filter(|bank| is_digits(bank)).ok_or(Fault::Format)?;
    let formed = prefix.len() <= 6 && (prefix.is_empty() || is_digits(prefix)) && is_digits(root);
    if !formed || !(2..=10).contains(&root.len()) {
        return Err(Fault::Format);
    }
    let weights = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
    for part in [prefix, root] {
        checksum(Number::new(part).padded(10).weigh(&weights) % 11 == 0)?;
    }
    component(listed(BANKS, bank))?;
    Ok(format!("{prefix:0>6}-{root:0>10}/{bank}"))
}
