//! Singapore: UEN.

use crate::fault::Fault;
use crate::number::{Checked, Number, Raw, component, format, index, is_digits, listed, nth};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("sg.uen", uen)];

/// Kinds of entities other than businesses and local companies.
const KINDS: &str = "CC CD CH CL CM CP CS CX DP FB FC FM FN GA GB GS HS LL LP MB MC MD MH MM MQ NB NR PA PB PF RF RP SM \
    SS TC TU VH XL";

/// The unique entity number of businesses, local companies and others.
fn uen(raw: Raw) -> Checked {
    let number = raw.without("").upper().sized(&[9, 10])?;
    let (check, alphabet) = if number.len() == 9 {
        business(&number)?
    } else if number.letter(0).is_ascii_digit() {
        company(&number, raw.today.year)?
    } else {
        other(&number, raw.today.year)?
    };
    let last = number.last();
    number.pass(last == nth(alphabet, check))
}

/// The place of the check letter, and the alphabet in which it is one.
type Check = (i64, &'static str);

fn business(number: &Number) -> Result<Check, Fault> {
    format(is_digits(number.part(..8)) && number.last().is_alphabetic())?;
    Ok((number.weigh(&[10, 4, 9, 3, 8, 2, 7, 1]) % 11, "XMKECAWLJDB"))
}

fn company(number: &Number, today: i64) -> Result<Check, Fault> {
    format(is_digits(number.part(..9)))?;
    component(number.value(..4) <= today)?;
    Ok((number.weigh(&[10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11, "ZKCMDNERGWH"))
}

fn other(number: &Number, today: i64) -> Result<Check, Fault> {
    const ALPHABET: &str = "ABCDEFGHJKLMNPQRSTUVWX0123456789";
    component(matches!(number.letter(0), 'R' | 'S' | 'T'))?;
    format(is_digits(number.part(1..3)))?;
    component(number.letter(0) != 'T' || number.value(1..3) <= today % 100)?;
    component(listed(KINDS, number.part(3..5)))?;
    format(is_digits(number.part(5..9)))?;
    let places = number.as_str().chars().zip([4, 3, 5, 3, 10, 2, 2, 5, 7]);
    let sum: i64 = places.map(|(letter, weight)| index(ALPHABET, letter).unwrap_or(0) * weight).sum();
    Ok(((sum - 5).rem_euclid(11), ALPHABET))
}
