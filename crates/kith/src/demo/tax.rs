//! Tax numbers that nobody was given, with check digits that hold.

use serde_json::{Value, json};

use super::prng::Prng;

/// A tax number of the country's form; `place` keeps two of a country apart.
pub(super) fn tax_id(prng: &mut Prng, country: &'static str, place: usize) -> Value {
    let serial = place as i64;
    let (kind, value) = match country {
        "DE" => ("vat", german(prng.range(11, 32) * 1_000_000 + 100_000 + serial * 29)),
        "NL" => ("vat", dutch(80_000_000 + serial * 31 + prng.range(0, 9) * 100_000)),
        "FR" => ("vat", french(90_000_000 + serial * 23 + prng.range(0, 8) * 100_000)),
        "PL" => ("vat", polish(prng.range(511, 989) * 1_000_000 + 100_000 + serial * 19)),
        "GB" => ("vat", british(4_000_000 + serial * 61 + prng.range(0, 9) * 200_000)),
        "IE" => ("vat", irish(3_200_000 + serial * 47 + prng.range(0, 9) * 100_000)),
        "CA" => ("ca.bn", canadian(80_000_000 + serial * 37 + prng.range(0, 9) * 100_000)),
        _ => (
            "ein",
            format!("{}-{:07}", prng.pick(&[20, 26, 27, 45, 46, 47, 81, 82]), 1_000_000 + serial * 37),
        ),
    };
    json!({ "kind": kind, "value": value, "country": country })
}

/// A tax number of a country that no customer has, one for each place.
pub(crate) fn spare_tax_id(country: &'static str, place: usize) -> Value {
    tax_id(&mut Prng::new(0), country, 60_000 + place)
}

/// The decimal places of a number, the last first.
fn backwards(mut number: i64) -> impl Iterator<Item = i64> {
    std::iter::from_fn(move || {
        let digit = (number > 0).then_some(number % 10)?;
        number /= 10;
        Some(digit)
    })
}

/// Sum of the digits of a number, the last with weight `from` and each before it with one more.
fn weighed(number: i64, from: i64) -> i64 {
    backwards(number).zip(from..).map(|(digit, weight)| digit * weight).sum()
}

/// The digit that makes the whole pass Luhn's test.
fn luhn(number: i64) -> i64 {
    let doubled = |digit: i64| digit * 2 / 10 + digit * 2 % 10;
    let sum: i64 = backwards(number)
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { doubled(digit) } else { digit })
        .sum();
    (10 - sum % 10) % 10
}

/// ISO 7064, mod 11,10.
fn german(digits: i64) -> String {
    let mut product = 10;
    for digit in digits.to_string().bytes().map(|byte| i64::from(byte - b'0')) {
        let sum = match (digit + product) % 10 {
            0 => 10,
            sum => sum,
        };
        product = sum * 2 % 11;
    }
    format!("DE{digits}{}", (11 - product) % 10)
}

/// The first of the numbers from here on whose test by 11 leaves a digit.
fn dutch(from: i64) -> String {
    let fits = (from..).map(|number| (number, weighed(number, 2) % 11)).find(|(_, check)| *check < 10);
    let (number, check) = fits.unwrap_or((from, 0));
    format!("NL{number}{check}B01")
}

fn french(eight: i64) -> String {
    let company = eight * 10 + luhn(eight);
    format!("FR{:02}{company}", (12 + 3 * (company % 97)) % 97)
}

fn polish(from: i64) -> String {
    let sum = |number: i64| -> i64 {
        let weights = [7, 6, 5, 4, 3, 2, 7, 5, 6];
        backwards(number).zip(weights).map(|(digit, weight)| digit * weight).sum()
    };
    let fits = (from..).map(|number| (number, sum(number) % 11)).find(|(_, check)| *check < 10);
    let (number, check) = fits.unwrap_or((from, 0));
    format!("PL{number}{check}")
}

fn british(seven: i64) -> String {
    format!("GB{seven}{:02}", 97 - weighed(seven, 2) % 97)
}

fn irish(seven: i64) -> String {
    const LETTERS: &[u8; 23] = b"WABCDEFGHIJKLMNOPQRSTUV";
    let letter = LETTERS.get((weighed(seven, 2) % 23) as usize).copied().unwrap_or(b'W');
    format!("IE{seven}{}", char::from(letter))
}

fn canadian(eight: i64) -> String {
    format!("{eight}{}", luhn(eight))
}
