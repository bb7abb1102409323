//! Devices, vehicles, vessels and containers: VIN, IMO, ISO 6346, IMEI, MEID, IMSI, MAC.

use crate::check::{DIGITS, luhn, luhn_in, luhn_sum};
use crate::fault::Fault;
use crate::number::{Checked, Number, Raw, checksum, component, fits, format, is_digits, is_of, nth};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[
    ("imei", imei),
    ("imo", imo),
    ("imsi", imsi),
    ("iso6346", container),
    ("mac", mac),
    ("meid", meid),
    ("vin", vin),
];

/// A vehicle by its form. Vehicles of the North American market must have the check digit, others may.
fn vin(raw: Raw) -> Checked {
    let number = vehicle(raw)?;
    let american = matches!(number.letter(0), '1'..='5');
    let holds = !american || is_vin_checked(number.as_str());
    number.pass(holds)
}

/// The form of a vehicle's number: seventeen places without I, O and Q.
pub(crate) fn vehicle(raw: Raw) -> Result<Number, Fault> {
    let number = raw.without(" -").upper().sized(&[17])?;
    format(is_of(number.as_str(), "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"))?;
    Ok(number)
}

/// Whether the ninth place is the check digit of 49 CFR 565.
pub(crate) fn is_vin_checked(vin: &str) -> bool {
    let value = |letter: char| match letter {
        'A'..='H' => i64::from(u32::from(letter) - u32::from('A')) + 1,
        'J'..='R' => i64::from(u32::from(letter) - u32::from('J')) + 1,
        'S'..='Z' => i64::from(u32::from(letter) - u32::from('S')) + 2,
        digit => digit.to_digit(10).map_or(0, i64::from),
    };
    let weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let sum: i64 = vin.chars().zip(weights).map(|(letter, weight)| value(letter) * weight).sum();
    vin.chars().nth(8) == Some(nth("0123456789X", sum % 11))
}

/// A container: owner, category, serial, check digit; letters count from 10 without multiples of 11.
fn container(raw: Raw) -> Checked {
    let number = raw.without(" ").upper().sized(&[11])?;
    format(fits("XXXA9999999", number.as_str()) && matches!(number.letter(3), 'U' | 'J' | 'Z' | 'R'))?;
    let value = |place: usize| match number.at(place) {
        digit @ 0..=10 => digit,
        letter => letter + (letter - 1) / 10,
    };
    let sum: i64 = (0..10).map(|place| value(place) << place).sum();
    number.ends(sum % 11 % 10)
}

/// A ship.
fn imo(raw: Raw) -> Checked {
    let number = raw.without(" ").upper().cut(&["IMO"]).digits()?.sized(&[7])?;
    let check = number.weigh(&[7, 6, 5, 4, 3, 2]) % 10;
    number.ends(check)
}

/// A mobile device: fourteen digits, with a check digit or a version of two.
fn imei(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().digits()?.sized(&[14, 15, 16])?;
    let holds = number.len() != 15 || luhn(number.as_str());
    number.pass(holds)
}

/// A subscriber, by the form and the zone of its country code.
fn imsi(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().digits()?.sized(&[14, 15])?;
    component(matches!(number.at(0), 2..=7 | 9) || number.begins(&["001"]))?;
    number.done()
}

/// A mobile device in hexadecimal (fourteen places) or decimal (eighteen) digits; normalised to the former.
fn meid(raw: Raw) -> Checked {
    const HEX: &str = "0123456789ABCDEF";
    let number = raw.without(" -").upper();
    match number.len() {
        14 | 15 => {
            format(is_of(number.as_str(), HEX))?;
            let decimal = is_digits(number.as_str());
            let alphabet = if decimal { DIGITS } else { HEX };
            checksum(number.len() == 14 || luhn_in(number.as_str(), alphabet) == Some(true))?;
            Ok(number.part(..14).to_owned())
        }
        18 | 19 => {
            let number = number.digits()?;
            checksum(number.len() == 18 || luhn_sum(number.as_str(), DIGITS) == Some(0))?;
            let (maker, serial) = (number.value(..10), number.value(10..18));
            component(maker <= 0xffff_ffff && serial <= 0x00ff_ffff)?;
            Ok(format!("{maker:08X}{serial:06X}"))
        }
        _ => Err(Fault::Length),
    }
}

/// A network device, by its form.
fn mac(raw: Raw) -> Checked {
    let number = raw.without(" ").map(|text| {
        let parts = text.to_lowercase().replace('-', ":");
        parts.split(':').map(|part| format!("{part:0>2}")).collect::<Vec<_>>().join(":")
    });
    let number = number.sized(&[17])?;
    let hex = |part: &str| part.len() == 2 && is_of(part, "0123456789abcdef");
    format(number.as_str().split(':').count() == 6 && number.as_str().split(':').all(hex))?;
    number.done()
}
