//! Canada: BN, SIN, PHN of British Columbia.

use crate::check::{luhn, modulo};
use crate::number::{Checked, Raw, checksum, component, format, is_digits};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("ca.bc_phn", phn), ("ca.bn", bn), ("ca.sin", sin)];

/// The business number, alone or with a program account such as RT0001.
fn bn(raw: Raw) -> Checked {
    let number = raw.without("- ").sized(&[9, 15])?;
    format(is_digits(number.part(..9)))?;
    checksum(luhn(number.part(..9)))?;
    if number.len() == 15 {
        component(matches!(number.part(9..11), "RC" | "RM" | "RP" | "RT"))?;
        format(is_digits(number.part(11..)))?;
    }
    number.done()
}

/// The social insurance number.
fn sin(raw: Raw) -> Checked {
    let number = raw.without("- ").sized(&[9])?.digits()?;
    component(!number.begins(&["0", "8"]))?;
    let holds = luhn(number.as_str());
    number.pass(holds)
}

/// The health number of British Columbia.
fn phn(raw: Raw) -> Checked {
    let number = raw.without("- ").sized(&[10])?.digits()?;
    component(number.begins(&["9"]))?;
    let weights = [2, 4, 8, 5, 10, 9, 7, 3];
    let sum: i64 = (1..9).zip(weights).map(|(place, weight)| number.at(place) * weight % 11).sum();
    number.ends(modulo(-sum, 11))
}
