//! India: GSTIN, PAN, Aadhaar and its virtual number, voter's number.

use crate::check::{ALPHANUMERIC, luhn, luhn_in, verhoeff};
use crate::number::{Checked, Number, Raw, checksum, component, format};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] =
    &[("in_.aadhaar", aadhaar), ("in_.epic", epic), ("in_.gstin", gstin), ("in_.pan", pan), ("in_.vid", vid)];

/// The number of the goods and services tax: state, PAN, count, Z, check character by Luhn in base 36.
fn gstin(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().sized(&[15])?.form("99AAAAA9999AXXX")?;
    component((1..=37).contains(&number.value(..2)) && number.letter(12) != '0' && number.letter(13) == 'Z')?;
    account(Number::new(number.part(2..12)))?;
    let holds = luhn_in(number.as_str(), ALPHANUMERIC) == Some(true);
    number.pass(holds)
}

/// The permanent account number: the fourth letter is the kind of holder.
fn pan(raw: Raw) -> Checked {
    account(raw.without(" -").upper())
}

fn account(number: Number) -> Checked {
    let number = number.sized(&[10])?.form("AAAAA9999A")?;
    component("ABCFGHLJPTK".contains(number.letter(3)) && number.part(5..9) != "0000")?;
    number.done()
}

/// The resident's number, by Verhoeff.
fn aadhaar(raw: Raw) -> Checked {
    resident(raw, 12)
}

/// The virtual number that stands for an Aadhaar.
fn vid(raw: Raw) -> Checked {
    resident(raw, 16)
}

fn resident(raw: Raw, size: usize) -> Checked {
    let number = raw.without(" -").sized(&[size])?.digits()?;
    let palindrome = number.as_str().bytes().eq(number.as_str().bytes().rev());
    format(number.at(0) >= 2 && !palindrome)?;
    let holds = verhoeff(number.as_str()) == Some(true);
    number.pass(holds)
}

/// The voter's number.
fn epic(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().sized(&[10])?.form("AAA9999999")?;
    checksum(luhn(number.part(3..)))?;
    number.done()
}
