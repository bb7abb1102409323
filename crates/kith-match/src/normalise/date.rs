//! Dates in the writings that files hold, as `yyyymmdd`.

use super::fold;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The date as eight digits; what cannot be read as one stays as plain text, so that equal texts are still equal.
pub fn date(value: &str, out: &mut String) {
    fold(&value.replace('.', " "), out);
    let found = match out.split(' ').collect::<Vec<_>>().as_slice() {
        [digits] if digits.len() == 8 => compact(digits),
        [first, second, third, ..] => parts(first, second, third),
        _ => None,
    };
    if let Some((year, month, day)) = found {
        *out = format!("{year:04}{month:02}{day:02}");
    }
}

/// Whether the text reads as a date.
#[must_use]
pub fn is_date(value: &str) -> bool {
    let mut out = String::new();
    date(value, &mut out);
    let separated = value.contains(['-', '/', '.', ' ']) || (value.len() == 8 && compact(value).is_some());
    separated && out.len() == 8 && compact(&out).is_some()
}

fn compact(digits: &str) -> Option<(u32, u32, u32)> {
    let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u32>().ok();
    let forward = plausible(part(0..4)?, part(4..6)?, part(6..8)?);
    forward.or_else(|| plausible(part(4..8)?, part(2..4)?, part(0..2)?))
}

fn parts(first: &str, second: &str, third: &str) -> Option<(u32, u32, u32)> {
    // `06t12` of a timestamp and `1st` are read by their leading digits.
    let number = |text: &str| {
        let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
        text.get(..end)?.parse::<u32>().ok()
    };
    let month = |text: &str| {
        let known = MONTHS.iter().position(|month| text.starts_with(month))?;
        u32::try_from(known + 1).ok()
    };
    if first.len() == 4 && number(first).is_some() {
        let middle = month(second).or_else(|| number(second))?;
        return plausible(number(first)?, middle, number(third)?);
    }
    let year = number(third).filter(|_| third.len() == 4)?;
    if let Some(named) = month(second) {
        return plausible(year, named, number(first)?);
    }
    if let Some(named) = month(first) {
        return plausible(year, named, number(second)?);
    }
    let (first, second) = (number(first)?, number(second)?);
    plausible(year, second, first).or_else(|| plausible(year, first, second))
}

fn plausible(year: u32, month: u32, day: u32) -> Option<(u32, u32, u32)> {
    let fits = (1000..=2999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then_some((year, month, day))
}
