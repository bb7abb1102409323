//! Belarus: UNP.

use crate::check::ALPHANUMERIC;
use crate::number::{Checked, Raw, checksum, component, format, index, is_digits, is_of};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("by.unp", unp)];

const LETTERS: &str = "ABCEHKMOPT";

/// The payer's number: letters for persons, digits for companies; Cyrillic letters are read as Latin ones.
fn unp(raw: Raw) -> Checked {
    let number = raw.without(" ").upper().cut(&["УНП"]).cut(&["UNP"]);
    let number = number.map(|text| text.chars().map(latin).collect()).sized(&[9])?;
    let head: String = number.as_str().chars().take(2).collect();
    let tail: String = number.as_str().chars().skip(2).collect();
    format(is_digits(&tail) && (is_digits(&head) || is_of(&head, LETTERS)))?;
    component("1234567ABCEHKM".contains(number.letter(0)))?;
    let first = index(ALPHANUMERIC, number.letter(0)).unwrap_or(0);
    let second = index(if is_digits(&head) { ALPHANUMERIC } else { LETTERS }, number.letter(1)).unwrap_or(0);
    let sum = 29 * first + 23 * second + number.weigh(&[0, 0, 19, 17, 13, 7, 5, 3]);
    checksum(sum % 11 < 10)?;
    number.ends(sum % 11)
}

fn latin(letter: char) -> char {
    match letter {
        'А' => 'A',
        'В' => 'B',
        'Е' => 'E',
        'К' => 'K',
        'М' => 'M',
        'Н' => 'H',
        'О' => 'O',
        'Р' => 'P',
        'С' => 'C',
        'Т' => 'T',
        other => other,
    }
}
