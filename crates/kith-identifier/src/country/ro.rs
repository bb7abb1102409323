//! Romania: CUI, CF, CNP, trade register.

use crate::fault::Fault;
use crate::number::{Checked, Number, Raw, birthday, checksum, component, format, is_digits, length};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("ro.cf", cf), ("ro.cnp", cnp), ("ro.cui", cui), ("ro.onrc", onrc)];

/// The VAT number: a company's CUI or a person's CNP. A prefix stays, since it tells who is registered for VAT.
fn cf(raw: Raw) -> Checked {
    let number = raw.without(" -").upper();
    let plain = number.clone().cut(&["RO"]);
    match plain.len() {
        13 => cnp(raw.other(plain.as_str()))?,
        2..=10 => cui(raw.other(plain.clone().digits()?.as_str()))?,
        _ => return Err(Fault::Length),
    };
    number.done()
}

/// The company's number.
fn cui(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["RO"]).digits()?;
    format(!number.begins(&["0"]))?;
    length((2..=10).contains(&number.len()))?;
    let body = Number::new(number.part(..number.len() - 1)).padded(9);
    number.ends(10 * body.weigh(&[7, 5, 3, 2, 1, 7, 5, 3, 2]) % 11 % 10)
}

/// The person's number: sex and century, birthday, county, serial, check digit.
fn cnp(raw: Raw) -> Checked {
    let number = raw.without(" -").digits()?;
    component(!number.begins(&["0"]))?;
    let number = number.sized(&[13])?;
    let century = match number.at(0) {
        3 | 4 => 1800,
        5 | 6 => 2000,
        _ => 1900,
    };
    birthday(century + number.value(1..3), number.value(3..5), number.value(5..7))?;
    component(matches!(number.value(7..9), 1..=48 | 51 | 52 | 70 | 80..=83))?;
    let check = match number.weigh(&[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11 {
        10 => 1,
        rest => rest,
    };
    number.ends(check)
}

/// The number in the trade register, in the old form `J40/8118/1999` and the new one of fourteen places.
fn onrc(raw: Raw) -> Checked {
    let number = raw.without("").upper().map(tidy);
    component(matches!(number.letter(0), 'J' | 'F' | 'C'))?;
    if number.as_str().contains('/') {
        old(&number)?
    } else {
        new(&number, raw.today.year)?
    }
    number.done()
}

/// One slash between the parts, two digits of the county, the year alone where a whole day is given.
fn tidy(text: &str) -> String {
    let parts: Vec<&str> = text.split([' ', '/', '\\', '-']).filter(|part| !part.is_empty()).collect();
    let mut joined = parts.join("/");
    if joined.get(1..2) == Some("/") {
        joined.remove(1);
    }
    if joined.get(2..3) == Some("/") {
        joined.insert(1, '0');
    }
    match joined.rsplit_once('/') {
        Some((head, day)) if day.len() == 10 && crate::number::fits("99.99.9999", day) => {
            format!("{head}/{}", day.get(6..).unwrap_or(""))
        }
        _ => joined,
    }
}

fn county(code: i64) -> bool {
    matches!(code, 1..=40 | 51 | 52)
}

fn old(number: &Number) -> Result<(), Fault> {
    let parts: Vec<&str> = number.part(1..).split('/').collect();
    let [place, serial, year] = *parts else { return Err(Fault::Format) };
    format([place, serial, year].into_iter().all(is_digits))?;
    length(serial.len() <= 5)?;
    component(place.len() <= 2 && county(place.parse().unwrap_or(0)))?;
    length(year.len() == 4)?;
    component((1990..=2024).contains(&year.parse().unwrap_or(0)))
}

fn new(number: &Number, today: i64) -> Result<(), Fault> {
    format(is_digits(number.part(1..)))?;
    length(number.len() == 14)?;
    let (year, place) = (number.value(1..5), number.value(11..13));
    component((1990..=today).contains(&year))?;
    component(match year {
        ..=2023 => county(place),
        2024 => place == 0 || county(place),
        _ => place == 0,
    })?;
    // The letter counts by the last digit of its place in ASCII.
    let letter = i64::from(u32::from(number.letter(0)) % 10);
    let sum: i64 = letter + (1..13).map(|place| number.at(place)).sum::<i64>();
    checksum(number.at(13) == sum % 10)
}
