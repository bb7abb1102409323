//! Switzerland: UID, VAT number, social insurance, payment reference.

use crate::check::{gs1, modulo};
use crate::fault::Fault;
use crate::number::{Checked, Number, Raw, component, format, is_digits, length, weigh};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("ch.esr", esr), ("ch.ssn", ssn), ("ch.uid", uid), ("ch.vat", vat)];

/// The enterprise number: CHE, eight digits, check digit.
fn uid(raw: Raw) -> Checked {
    enterprise(compact(raw))
}

fn compact(raw: Raw) -> Number {
    let number = raw.without(" -.").upper();
    if number.len() == 9 && is_digits(number.as_str()) {
        return number.map(|digits| format!("CHE{digits}"));
    }
    number
}

fn enterprise(number: Number) -> Checked {
    let number = number.sized(&[12])?;
    component(number.begins(&["CHE"]))?;
    format(is_digits(number.part(3..)))?;
    let check = modulo(-weigh(number.part(3..), &[5, 4, 3, 2, 7, 6, 5, 4]), 11);
    number.ends(check)
}

/// The enterprise number with MWST, TVA, IVA or TPV.
fn vat(raw: Raw) -> Checked {
    let number = compact(raw).sized(&[15, 16])?;
    enterprise(Number::new(number.part(..12)))?;
    component(matches!(number.part(12..), "MWST" | "TVA" | "IVA" | "TPV"))?;
    number.done()
}

/// The social insurance number is a GS1 number that begins with 756.
fn ssn(raw: Raw) -> Checked {
    let number = raw.without(" .").sized(&[13])?;
    component(number.begins(&["756"]))?;
    let number = number.digits()?;
    let check = gs1(number.part(..12));
    number.ends(check)
}

/// The reference of a payment slip: recursive modulo 10.
fn esr(raw: Raw) -> Checked {
    let number = raw.without(" ").map(|text| text.trim_start_matches('0').to_owned());
    length(number.len() <= 27)?;
    let number = number.digits()?;
    let steps = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];
    let mut carry = 0;
    let body = number.part(..number.len() - 1);
    for byte in body.bytes() {
        let place = usize::try_from((i64::from(byte & 15) + carry) % 10).map_err(|_| Fault::Format)?;
        carry = steps.get(place).copied().unwrap_or(0);
    }
    number.ends(modulo(-carry, 10))
}
