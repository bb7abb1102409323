//! Türkiye: VKN and T.C. Kimlik.

use crate::check::modulo;
use crate::number::{Checked, Raw, format};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("tr.tckimlik", kimlik), ("tr.vkn", vkn)];

/// The tax number.
fn vkn(raw: Raw) -> Checked {
    let number = raw.without("").digits()?.sized(&[10])?;
    let sum: i64 = (0..9)
        .zip((1..=9).rev())
        .map(|(place, from_end): (usize, u32)| match (number.at(place) + i64::from(from_end)) % 10 {
            0 => 0,
            first => match first * 2_i64.pow(from_end) % 9 {
                0 => 9,
                second => second,
            },
        })
        .sum();
    number.ends(modulo(-sum, 10))
}

/// The citizen's number: two check digits.
fn kimlik(raw: Raw) -> Checked {
    let number = raw.without("").digits()?;
    format(!number.begins(&["0"]))?;
    let number = number.sized(&[11])?;
    let first = modulo(-number.weigh(&[3, 1, 3, 1, 3, 1, 3, 1, 3]), 10);
    let second = (first + number.weigh(&[1; 9])) % 10;
    let holds = number.at(9) == first && number.at(10) == second;
    number.pass(holds)
}
