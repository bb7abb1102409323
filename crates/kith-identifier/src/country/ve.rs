//! Venezuela: RIF.

use crate::fault::Fault;
use crate::number::{Checked, Raw, format, is_digits, nth, weigh};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("ve.rif", rif)];

/// The tax number: kind of person, eight digits, check digit.
fn rif(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().sized(&[10])?;
    let kind = match number.letter(0) {
        'V' => 4,
        'E' => 8,
        'J' => 12,
        'P' => 16,
        'G' => 20,
        _ => return Err(Fault::Component),
    };
    format(is_digits(number.part(1..)))?;
    let sum = kind + weigh(number.part(1..), &[3, 2, 7, 6, 5, 4, 3, 2]);
    let last = number.last();
    number.pass(last == nth("00987654321", sum % 11))
}
