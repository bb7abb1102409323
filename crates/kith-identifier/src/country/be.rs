//! Belgium: enterprise number, national and BIS number, eID card, structured message, IBAN.

use crate::fault::Fault;
use crate::number::{Checked, Number, Raw, checksum, component, format};
use crate::rule::Rule;
use crate::world::iban;

pub(crate) const RULES: &[Rule] = &[
    ("be.bis", bis),
    ("be.eid", eid),
    ("be.iban", account),
    ("be.nn", national),
    ("be.ogm_vcs", ogm),
    ("be.ssn", ssn),
    ("be.vat", vat),
];

/// The VAT number is the enterprise number: 97 less the remainder as its last two digits.
fn vat(raw: Raw) -> Checked {
    let number = raw.without(" -./").upper().cut(&["BE"]);
    let number =
        number.map(|text| text.strip_prefix("(0)").map_or(text.to_owned(), |rest| format!("0{rest}")));
    let number = if number.len() == 9 { number.padded(10) } else { number }.digits()?;
    format(number.value(..) > 0)?;
    let number = number.sized(&[10])?;
    component(number.at(0) <= 1)?;
    let sum = number.value(..8) + number.value(8..);
    number.pass(sum % 97 == 0)
}

/// The national register number: birthday, serial, check digits.
fn national(raw: Raw) -> Checked {
    let number = personal(raw)?;
    component(number.value(2..4) <= 12)?;
    number.done()
}

/// The number of persons without a register entry: a month raised by 20 or 40.
fn bis(raw: Raw) -> Checked {
    let number = personal(raw)?;
    component(matches!(number.value(2..4), 20..=32 | 40..=52))?;
    number.done()
}

fn ssn(raw: Raw) -> Checked {
    match bis(raw) {
        Err(Fault::Component) => national(raw),
        other => other,
    }
}

fn personal(raw: Raw) -> Result<Number, Fault> {
    let number = raw.without(" -.").digits()?;
    format(number.as_str().bytes().any(|byte| byte != b'0'))?;
    let number = number.sized(&[11])?;
    let (body, check) = (number.value(..9), number.value(9..));
    let young = 2000 + number.value(..2) <= raw.today.year;
    checksum(97 - body % 97 == check || (young && 97 - (2_000_000_000 + body) % 97 == check))?;
    if number.begins(&["000001", "002001", "004001"]) {
        return Ok(number);
    }
    let month = number.value(2..4) % 20;
    component(month <= 12)?;
    Ok(number)
}

/// The number of the identity card.
fn eid(raw: Raw) -> Checked {
    remainder(raw.without(" -./").upper())
}

/// The structured message of a transfer, `+++010/8068/17183+++`.
fn ogm(raw: Raw) -> Checked {
    remainder(raw.without(" +/"))
}

fn remainder(number: Number) -> Checked {
    let number = number.digits()?;
    format(number.as_str().bytes().any(|byte| byte != b'0'))?;
    let number = number.sized(&[12])?;
    let rest = number.value(..10) % 97;
    let holds = number.value(10..) == if rest == 0 { 97 } else { rest };
    number.pass(holds)
}

/// A Belgian account: the check digits of the account itself too.
fn account(raw: Raw) -> Checked {
    let number = Number::new(iban::general(raw)?);
    component(number.begins(&["BE"]))?;
    let rest = number.value(4..14) % 97;
    checksum(number.value(14..) == if rest == 0 { 97 } else { rest })?;
    number.done()
}
