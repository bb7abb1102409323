//! An address as it stands on an envelope: name, street, `City, ST 12345`, country.

use crate::map::value;

/// What the lines say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Envelope {
    pub(super) lines: Vec<String>,
    pub(super) city: Option<String>,
    pub(super) state: Option<String>,
    pub(super) postal_code: Option<String>,
    pub(super) country: Option<String>,
}

/// Reads the lines from the last one up; what is not understood stays a line.
pub(super) fn read(mut lines: Vec<String>, name: &str) -> Envelope {
    let mut read = Envelope::default();
    if lines.first().is_some_and(|first| first.to_lowercase() == name.to_lowercase()) {
        lines.remove(0);
    }
    if lines.len() > 1
        && let Some(country) = lines.last().and_then(|last| value::country(last))
    {
        read.country = Some(country.to_owned());
        lines.pop();
    }
    if let Some((city, state, code)) = lines.last().and_then(|last| place(last)) {
        read.city = Some(city);
        read.state = Some(state);
        read.postal_code = Some(code);
        // Five digits behind two letters: nobody else writes that.
        read.country.get_or_insert_with(|| "US".to_owned());
        lines.pop();
    }
    read.lines = lines;
    read
}

/// `Chicago, IL 60601` or `Chicago IL 60601-1234`.
fn place(line: &str) -> Option<(String, String, String)> {
    let (rest, code) = line.trim().rsplit_once(' ')?;
    let (rest, state) = rest.trim().rsplit_once([' ', ','])?;
    let city = rest.trim().trim_end_matches(',');
    let (five, four) = code.split_once('-').unwrap_or((code, "0000"));
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let good = digits(five, 5) && digits(four, 4) && !city.is_empty();
    let good = good && state.len() == 2 && state.bytes().all(|byte| byte.is_ascii_uppercase());
    good.then(|| (city.to_owned(), state.to_owned(), code.to_owned()))
}
