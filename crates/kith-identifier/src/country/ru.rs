//! Russia: INN and OGRN.

use crate::fault::Fault;
use crate::number::{Checked, Raw, checksum, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("ru.inn", inn), ("ru.ogrn", ogrn)];

/// The tax number of companies (ten digits) and persons (twelve).
fn inn(raw: Raw) -> Checked {
    let number = raw.without(" ").digits()?;
    match number.len() {
        10 => {
            let check = number.weigh(&[2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10;
            number.ends(check)
        }
        12 => {
            checksum(number.at(10) == number.weigh(&[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10)?;
            let check = number.weigh(&[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10;
            number.ends(check)
        }
        _ => Err(Fault::Length),
    }
}

/// The number of a company in the state register, or of an entrepreneur (fifteen digits).
fn ogrn(raw: Raw) -> Checked {
    let number = raw.without(" ").digits()?;
    let modulus = match number.len() {
        13 => {
            component(!number.begins(&["0"]))?;
            11
        }
        15 => {
            component(number.begins(&["3", "4"]))?;
            13
        }
        _ => return Err(Fault::Length),
    };
    let rest = number.value(..number.len() - 1) % modulus;
    number.ends(if modulus == 11 { rest % 10 } else { rest })
}
