//! Finland: ALV and Y-tunnus, personal code, register of associations, tax number of builders.

use crate::fault::Fault;
use crate::number::{Checked, Raw, birthday, component, fits, length, listed, nth};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[
    ("fi.alv", alv),
    ("fi.associationid", association),
    ("fi.hetu", hetu),
    ("fi.veronumero", builder),
    ("fi.ytunnus", alv),
];

/// The VAT number and business number.
fn alv(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["FI"]).digits()?.sized(&[8])?;
    let sum = number.weigh(&[7, 9, 10, 5, 8, 4, 2, 1]);
    number.pass(sum % 11 == 0)
}

/// The number of an association: of the oldest only some live.
fn association(raw: Raw) -> Checked {
    const OLDEST: &str = "1 6 7 9 12 14 15 16 18 22 23 24 27 28 29 35 36 38 40 41 42 43 45 46 50 52 55 58 60 64 65 68 72 75 \
        76 77 78 83 84 85 89 92";
    let number = raw.without(" -._+").digits()?;
    length(number.len() <= 6)?;
    component(number.len() > 2 || listed(OLDEST, &number.value(..).to_string()))?;
    number.done()
}

/// The personal code: birthday, mark of the century, serial, check character.
fn hetu(raw: Raw) -> Checked {
    let number = raw.without("").upper();
    let century = match number.letter(6) {
        '+' => 1800,
        '-' | 'Y' | 'X' | 'W' | 'V' | 'U' => 1900,
        'A'..='F' => 2000,
        _ => return Err(Fault::Format),
    };
    let head = format!("{}{}", number.part(..6), number.part(7..10));
    let formed =
        number.as_str().len() == 11 && fits("999999999", &head) && number.at(0) <= 3 && number.at(2) <= 1;
    let alphabet = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    if !formed || !alphabet.contains(number.last()) {
        return Err(Fault::Format);
    }
    birthday(century + number.value(4..6), number.value(2..4), number.value(..2))?;
    component((2..900).contains(&number.value(7..10)))?;
    let check = nth(alphabet, head.parse::<i64>().unwrap_or(0) % 31);
    let last = number.last();
    number.pass(last == check)
}

/// The tax number of workers on building sites.
fn builder(raw: Raw) -> Checked {
    raw.without(" ").digits()?.sized(&[12])?.done()
}
