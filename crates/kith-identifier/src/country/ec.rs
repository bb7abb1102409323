//! Ecuador: RUC and CI.

use crate::fault::Fault;
use crate::number::{Checked, Number, Raw, checksum, component};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("ec.ci", ci), ("ec.ruc", ruc)];

/// The identity card's number.
fn ci(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().sized(&[10])?.digits()?;
    province(&number)?;
    component(number.at(2) <= 6)?;
    person(&number)?;
    number.done()
}

fn province(number: &Number) -> Result<(), Fault> {
    component(matches!(number.value(..2), 1..=24 | 30 | 50))
}

fn person(number: &Number) -> Result<(), Fault> {
    component(number.at(2) <= 6)?;
    let sum: i64 = (0..10)
        .map(|place| {
            let twice = number.at(place) * if place % 2 == 0 { 2 } else { 1 };
            if twice > 9 { twice - 9 } else { twice }
        })
        .sum();
    checksum(sum % 10 == 0)
}

/// The tax number of natural persons, public bodies (third digit 6) and companies (9).
fn ruc(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().sized(&[13])?.digits()?;
    province(&number)?;
    match number.at(2) {
        0..=5 => natural(&number)?,
        6 => public(&number).or_else(|_| natural(&number))?,
        9 => public(&number).or_else(|_| company(&number))?,
        _ => return Err(Fault::Component),
    }
    number.done()
}

fn natural(number: &Number) -> Result<(), Fault> {
    component(number.value(10..) > 0)?;
    person(number)
}

fn public(number: &Number) -> Result<(), Fault> {
    component(number.value(9..) > 0)?;
    checksum(number.weigh(&[3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0)
}

fn company(number: &Number) -> Result<(), Fault> {
    component(number.value(10..) > 0)?;
    checksum(number.weigh(&[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0)
}
