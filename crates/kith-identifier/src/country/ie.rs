//! Ireland: VAT number and PPS number.

use crate::number::{Checked, Number, Raw, fits, format, index, is_digits, is_of, length, nth};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("ie.pps", pps), ("ie.vat", vat)];

const ALPHABET: &str = "WABCDEFGHIJKLMNOPQRSTUV";

/// The check letter of seven digits and a letter after them.
fn control(digits: &str, extra: &str) -> char {
    let sum = Number::new(digits).padded(7).weigh(&[8, 7, 6, 5, 4, 3, 2]);
    let extra = extra.chars().next().and_then(|letter| index(ALPHABET, letter)).unwrap_or(0);
    nth(ALPHABET, (sum + 9 * extra) % 23)
}

/// The VAT number: seven digits and one or two letters, or the old form with a letter in second place.
fn vat(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["IE"]);
    format(is_digits(number.part(..1)) && is_digits(number.part(2..7)))?;
    format(is_of(number.part(7..), ALPHABET))?;
    length(matches!(number.len(), 8 | 9))?;
    let second = number.letter(1);
    let check = if second.is_ascii_digit() {
        control(number.part(..7), number.part(8..))
    } else {
        format(second.is_ascii_uppercase() || "+*".contains(second))?;
        control(&format!("{}{}", number.part(2..7), number.part(..1)), "")
    };
    let holds = number.letter(7) == check;
    number.pass(holds)
}

/// The personal public service number.
fn pps(raw: Raw) -> Checked {
    let number = raw.without(" -").upper();
    let text = number.as_str();
    let formed = fits("9999999A", text) || (fits("9999999AA", text) && "ABHWTX".contains(number.last()));
    format(formed && number.letter(7) <= 'W')?;
    let extra = if matches!(number.letter(8), 'A' | 'B' | 'H') { number.part(8..) } else { "" };
    let holds = number.letter(7) == control(number.part(..7), extra);
    number.pass(holds)
}
