//! New Zealand: IRD and bank account.

use crate::check::modulo;
use crate::number::{Checked, Number, Raw, checksum, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("nz.bankaccount", account), ("nz.ird", ird)];

/// The tax number: two rounds of weights modulo 11.
fn ird(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["NZ"]).sized(&[8, 9])?.digits()?;
    component((10_000_001..150_000_000).contains(&number.value(..)))?;
    let body = Number::new(number.part(..number.len() - 1)).padded(8);
    let check = match modulo(-body.weigh(&[3, 2, 7, 6, 5, 4, 3, 2]), 11) {
        10 => modulo(-body.weigh(&[7, 4, 3, 2, 5, 2, 7, 6]), 11),
        rest => rest,
    };
    number.ends(check)
}

/// The bank account: bank, branch, account, suffix. The bank tells the weights; it must exist.
fn account(raw: Raw) -> Checked {
    let number = raw.without("").map(|text| {
        let parts: Vec<&str> = text.split([' ', '-']).collect();
        match *parts {
            [bank, branch, base, suffix] => format!("{bank:0>2}{branch:0>4}{base:0>7}{suffix:0>3}"),
            _ => {
                let joined = parts.concat();
                let (head, suffix) = joined.split_at_checked(13).unwrap_or((&joined, ""));
                format!("{head}{suffix:0>3}")
            }
        }
    });
    let number = number.digits()?.sized(&[16])?;
    let high = number.value(6..13) >= 990_000;
    let (weights, fold, modulus): ([i64; 16], i64, i64) = match number.value(..2) {
        8 => ([0, 0, 0, 0, 0, 0, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0], 11, 11),
        9 => ([0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 4, 3, 2, 0, 0, 1], 9, 11),
        25 | 33 => ([0, 0, 0, 0, 0, 0, 1, 7, 3, 1, 7, 3, 1, 0, 0, 0], 10, 10),
        26 | 28 | 29 => ([0, 0, 0, 0, 0, 0, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1], 9, 10),
        1..=4 | 6 | 10..=24 | 27 | 30 | 35 | 38 if high => {
            ([0, 0, 0, 0, 0, 0, 0, 10, 5, 8, 4, 2, 1, 0, 0, 0], 11, 11)
        }
        1..=4 | 6 | 10..=24 | 27 | 30 | 35 | 38 => {
            ([0, 0, 6, 3, 7, 9, 0, 10, 5, 8, 4, 2, 1, 0, 0, 0], 11, 11)
        }
        _ => ([0; 16], 1, 1),
    };
    let products = (0..16).zip(weights).map(|(place, weight)| number.at(place) * weight);
    let sum: i64 = products.map(|value| if value > fold { value % fold } else { value }).sum();
    checksum(sum % modulus == 0)?;
    component(branch_exists(number.part(..2), number.part(2..6)))?;
    number.done()
}

/// Branches of each bank, as ranges.
const BRANCHES: &str = include_str!("nz_branches.txt");

fn branch_exists(bank: &str, branch: &str) -> bool {
    let line = BRANCHES.lines().find_map(|line| line.strip_prefix(bank));
    line.is_some_and(|ranges| {
        ranges.split_ascii_whitespace().any(|range| {
            range.split_once('-').map_or(range == branch, |(low, high)| (low..=high).contains(&branch))
        })
    })
}
