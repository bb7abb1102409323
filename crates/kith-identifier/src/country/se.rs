//! Sweden: organisation number, VAT number, personal number, postal code.

use crate::check::luhn;
use crate::number::{Checked, Number, Raw, birthday, format, is_digits, length};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] =
    &[("se.orgnr", orgnr), ("se.personnummer", person), ("se.postnummer", postal), ("se.vat", vat)];

/// The organisation number.
fn orgnr(raw: Raw) -> Checked {
    let number = raw.without(" -.").digits()?.sized(&[10])?;
    let holds = luhn(number.as_str());
    number.pass(holds)
}

/// The VAT number: the organisation number and 01.
fn vat(raw: Raw) -> Checked {
    let number = raw.without(" -.").upper().cut(&["SE"]).digits()?;
    let end = number.len().saturating_sub(2);
    format(number.part(end..) == "01")?;
    orgnr(raw.other(number.part(..end)))?;
    number.done()
}

/// The personal number; `+` instead of `-` from the hundredth birthday on.
fn person(raw: Raw) -> Checked {
    let number = raw.without(" :");
    format(number.as_str().is_ascii())?;
    let (head, serial) = number.as_str().split_at(number.len().saturating_sub(4));
    let sign = head.chars().next_back().filter(|sign| "-+".contains(*sign));
    let date = if sign.is_some() { head.get(..head.len() - 1).unwrap_or("") } else { head };
    let sign = sign.unwrap_or('-');
    length(matches!(date.len(), 6 | 8))?;
    format(is_digits(date) && is_digits(serial))?;
    let value = |from: usize, to: usize| date.get(from..to).and_then(|part| part.parse().ok()).unwrap_or(0);
    let end = date.len();
    let year = if end == 8 {
        value(0, 4)
    } else {
        let century =
            raw.today.year / 100 - i64::from(value(0, 2) > raw.today.year % 100) - i64::from(sign == '+');
        century * 100 + value(0, 2)
    };
    birthday(year, value(end - 4, end - 2), value(end - 2, end))?;
    let holds = luhn(&format!("{}{serial}", date.get(end - 6..).unwrap_or("")));
    Number::new(format!("{date}{sign}{serial}")).pass(holds)
}

/// A postal code: five digits.
fn postal(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["SE"]).digits()?;
    format(!number.begins(&["0"]))?;
    number.sized(&[5])?.done()
}
