//! Italy: partita IVA, codice fiscale, AIC of medicines.

use crate::check::{DIGITS, luhn, luhn_sum};
use crate::fault::Fault;
use crate::number::{
    Checked, Number, Raw, birthday, checksum, component, format, index, is_digits, is_of, nth,
};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("it.aic", aic), ("it.codicefiscale", fiscal), ("it.iva", iva)];

/// The VAT number: serial, office, check digit by Luhn.
fn iva(raw: Raw) -> Checked {
    let number = raw.without(" -:").upper().cut(&["IT"]).digits()?;
    format(number.as_str().bytes().take(7).any(|byte| byte != b'0'))?;
    let number = number.sized(&[11])?;
    component(matches!(number.value(7..10), 1..=100 | 120 | 121 | 888 | 999))?;
    let holds = luhn(number.as_str());
    number.pass(holds)
}

const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Digits, or the letters that replace them where two persons would have the same code.
const OMOCODIA: &str = "LMNPQRSTUV";

/// The tax code of persons; companies use their VAT number.
fn fiscal(raw: Raw) -> Checked {
    let number = raw.without(" -:").upper();
    if number.len() == 11 {
        return iva(raw.other(number.as_str()));
    }
    let number = number.sized(&[16])?.form("AAAAAAXXAXXAXXXA")?;
    let digit = |place: usize| {
        let letter = number.letter(place);
        index(DIGITS, letter).or_else(|| index(OMOCODIA, letter))
    };
    let month = index("ABCDEHLMPRST", number.letter(8));
    let (Some(month), true) =
        (month, [6, 7, 9, 10, 12, 13, 14].into_iter().all(|place| digit(place).is_some()))
    else {
        return Err(Fault::Format);
    };
    let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let sum: i64 = number
        .part(..15)
        .chars()
        .enumerate()
        .map(|(place, letter)| {
            let value = index(DIGITS, letter).or_else(|| index(LETTERS, letter)).unwrap_or(0);
            let listed = usize::try_from(value).ok().and_then(|value| odd.get(value)).copied().unwrap_or(0);
            if place % 2 == 0 { listed } else { value }
        })
        .sum();
    checksum(number.last() == nth(LETTERS, sum % 26))?;
    let two = |place: usize| digit(place).unwrap_or(0) * 10 + digit(place + 1).unwrap_or(0);
    let year = two(6);
    let year = if year < 20 { 2000 + year } else { 1900 + year };
    birthday(year, month + 1, two(9) % 40)?;
    number.done()
}

/// The code of medicines, in base 10 or 32.
fn aic(raw: Raw) -> Checked {
    const BASE_32: &str = "0123456789BCDFGHJKLMNPQRSTUVWXYZ";
    let number = raw.without(" ").upper();
    let number = if number.len() == 6 {
        format(is_of(number.as_str(), BASE_32))?;
        let value =
            number.as_str().chars().fold(0, |sum, letter| sum * 32 + index(BASE_32, letter).unwrap_or(0));
        Number::new(value.to_string()).padded(9)
    } else {
        number
    };
    let number = number.sized(&[9])?;
    format(is_digits(number.as_str()))?;
    component(number.begins(&["0"]))?;
    let check = luhn_sum(&format!("{}0", number.part(..8)), DIGITS).unwrap_or(0);
    number.ends(check)
}
