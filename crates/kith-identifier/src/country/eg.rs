//! Egypt: tax number.

use crate::number::{Checked, Raw};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("eg.tn", tn)];

/// The tax number: nine digits, Arabic ones too.
fn tn(raw: Raw) -> Checked {
    let western = |letter: char| {
        let code = u32::from(letter);
        let digit = match code {
            0x660..=0x669 => char::from_digit(code - 0x660, 10),
            0x6f0..=0x6f9 => char::from_digit(code - 0x6f0, 10),
            _ => None,
        };
        digit.unwrap_or(letter)
    };
    raw.without(" -/").map(|text| text.chars().map(western).collect()).digits()?.sized(&[9])?.done()
}
