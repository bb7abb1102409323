//! Substances: CAS and EC numbers.

use crate::number::{Checked, Number, Raw, fits, format, length};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("casrn", casrn), ("eu.ecnumber", ec)];

/// A substance of the Chemical Abstracts Service.
fn casrn(raw: Raw) -> Checked {
    let number = raw.without(" ").map(|text| match (text.contains('-'), text.len()) {
        (false, length @ 4..) if text.is_ascii() => {
            format!("{}-{}-{}", &text[..length - 3], &text[length - 3..length - 1], &text[length - 1..])
        }
        _ => text.to_owned(),
    });
    length((7..=12).contains(&number.len()))?;
    let form = format!("{:9>1$}", "-99-9", number.len());
    format(fits(&form, number.as_str()) && !number.begins(&["0"]))?;
    let digits: Vec<i64> =
        number.as_str().chars().rev().filter_map(|letter| letter.to_digit(10)).map(i64::from).collect();
    let sum: i64 = digits.iter().skip(1).zip(1..).map(|(digit, weight)| digit * weight).sum();
    number.ends(sum % 10)
}

/// A substance of the European Community's inventories.
fn ec(raw: Raw) -> Checked {
    let number = raw.without(" ").map(|text| match (text.contains('-'), text.len()) {
        (false, 7..) if text.is_ascii() => format!("{}-{}-{}", &text[..3], &text[3..6], &text[6..]),
        _ => text.to_owned(),
    });
    let number = number.sized(&[9])?.form("999-999-9")?;
    let digits = Number::new(number.as_str().replace('-', ""));
    // Where the remainder is 10, its first digit is the check digit.
    let rest = digits.weigh(&[1, 2, 3, 4, 5, 6]) % 11;
    number.ends(if rest == 10 { 1 } else { rest })
}
