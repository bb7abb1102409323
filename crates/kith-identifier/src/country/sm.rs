//! San Marino: COE.

use crate::number::{Checked, Raw, component, length, listed};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("sm.coe", coe)];

/// The number of economic operators: of the lowest only some live.
fn coe(raw: Raw) -> Checked {
    const LOWEST: &str = "2 4 6 7 8 9 10 11 13 16 18 19 20 21 25 26 30 32 33 35 36 37 38 39 40 42 45 47 49 51 52 55 56 57 58 59 \
        61 62 64 65 66 67 68 69 71 72 73 74 75 76 79 80 81 84 85 87 88 91 92 94 95 96 97 99 70";
    let number = raw.without(".").map(|text| text.trim_start_matches('0').to_owned());
    length((1..=5).contains(&number.len()))?;
    let number = number.digits()?;
    component(number.len() > 2 || listed(LOWEST, number.as_str()))?;
    number.done()
}
