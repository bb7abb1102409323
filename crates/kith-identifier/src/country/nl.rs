//! Netherlands: BTW, BSN, schools and pupils, identity card, postal code.

use crate::check::mod97;
use crate::fault::Fault;
use crate::number::{Checked, Number, Raw, checksum, component, fits, format, is_digits};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[
    ("nl.brin", brin),
    ("nl.bsn", bsn),
    ("nl.btw", btw),
    ("nl.identiteitskaartnummer", card),
    ("nl.onderwijsnummer", pupil),
    ("nl.postcode", postal),
];

/// The VAT number: nine digits, B, two digits. The first nine are a BSN, or the whole leaves 1 by 97.
fn btw(raw: Raw) -> Checked {
    let number = raw.without(" -.").upper().cut(&["NL"]);
    let body = number.as_str().len().saturating_sub(3);
    let head = Number::new(number.part(..body)).padded(9);
    let number = Number::new(format!("{}{}", head.as_str(), number.part(body..)));
    format(is_digits(number.part(..9)) && number.value(..9) > 0)?;
    format(is_digits(number.part(10..)) && number.value(10..) > 0)?;
    let number = number.sized(&[12])?;
    format(number.letter(9) == 'B')?;
    let holds =
        eleven(&Number::new(number.part(..9))) == 0 || mod97(&format!("NL{}", number.as_str())) == Some(1);
    number.pass(holds)
}

/// The remainder of the citizens' number by 11.
fn eleven(number: &Number) -> i64 {
    number.weigh(&[9, 8, 7, 6, 5, 4, 3, 2, -1]).rem_euclid(11)
}

fn citizen(raw: Raw) -> Result<Number, Fault> {
    let number = raw.without(" -.").padded(9).digits()?;
    format(number.as_str().bytes().any(|byte| byte != b'0'))?;
    Ok(number)
}

/// The citizen's number.
fn bsn(raw: Raw) -> Checked {
    let number = citizen(raw)?.sized(&[9])?;
    let rest = eleven(&number);
    number.pass(rest == 0)
}

/// The pupil's number.
fn pupil(raw: Raw) -> Checked {
    let number = citizen(raw)?;
    format(number.begins(&["10"]))?;
    let number = number.sized(&[9])?;
    checksum(eleven(&number) == 5)?;
    number.done()
}

/// The number of schools.
fn brin(raw: Raw) -> Checked {
    let number = raw.without(" -.").upper().sized(&[4, 6])?;
    format(fits("99AA", number.as_str()) || fits("99AA99", number.as_str()))?;
    number.done()
}

/// The number of identity cards and passports.
fn card(raw: Raw) -> Checked {
    let number = raw.without(" ").upper().sized(&[9])?.form("AAXXXXXX9")?;
    component(!number.as_str().contains('O'))?;
    number.done()
}

/// A postal code: four digits and two letters.
fn postal(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["NL"]).form("9999AA")?;
    format(!number.begins(&["0"]))?;
    component(!matches!(number.part(4..), "SA" | "SD" | "SS"))?;
    number.done()
}
