//! Tunisia: MF.

use crate::number::{Checked, Raw, format, is_digits};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("tn.mf", mf)];

/// The tax number: serial, key, and with establishments VAT code, category and number.
fn mf(raw: Raw) -> Checked {
    let number = raw.without(" /.-").upper().map(|text| {
        let at = text.bytes().take_while(u8::is_ascii_digit).count();
        let (serial, rest) = text.split_at(at);
        if serial.is_empty() { rest.to_owned() } else { format!("{serial:0>7}{rest}") }
    });
    let number = number.sized(&[8, 13])?;
    format(is_digits(number.part(..7)) && "ABCDEFGHJKLMNPQRSTVWXYZ".contains(number.letter(7)))?;
    if number.len() == 8 {
        return number.done();
    }
    format(
        "APBDN".contains(number.letter(8))
            && "MPCNE".contains(number.letter(9))
            && is_digits(number.part(10..)),
    )?;
    format(number.part(10..) == "000" || number.letter(9) == 'E')?;
    number.done()
}
