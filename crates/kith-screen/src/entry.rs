//! An entry of a list: a party with its names and what tells it from its namesakes.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use crate::kind::Kind;

/// A name of a party.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Alias {
    /// As written in the list.
    pub text: String,
    /// Whether the list itself calls it too unsure to be searched by alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub weak: bool,
}

/// Years in which a person may have been born or a body registered, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Years {
    /// First year.
    pub from: u16,
    /// Last year.
    pub to: u16,
}

impl Years {
    /// The years that a text speaks of: `1958`, `04 Feb 1973`, `1957 to 1960`, `circa 1961` (a year more or less).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut found = text.split(|letter: char| !letter.is_ascii_digit()).filter_map(|digits| {
            let year = digits.parse::<u16>().ok().filter(|_| digits.len() == 4)?;
            (1800..=2100).contains(&year).then_some(year)
        });
        let first = found.next()?;
        let last = found.next().filter(|last| *last >= first).unwrap_or(first);
        let lower = text.to_lowercase();
        let unsure = ["circa", "approx", "about", "c."].iter().any(|word| lower.contains(word));
        let slack = u16::from(unsure);
        Some(Self { from: first - slack, to: last + slack })
    }

    /// The years that a query speaks of. A day that there is not, such as `1948-13-01`, is a mistake, where a list's may be one.
    #[must_use]
    pub fn asked(text: &str) -> Option<Self> {
        let text = text.trim();
        let parts: Vec<&str> = text.split('-').collect();
        let number = |at: usize| parts.get(at).map_or(Some(1), |part| part.parse::<u8>().ok());
        let is_iso = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        if is_iso && parts.first().is_some_and(|year| year.len() == 4) {
            let year = parts.first()?.parse::<u16>().ok()?;
            let fits = parts.len() <= 3
                && parts.iter().skip(1).all(|part| part.len() == 2)
                && (1..=days_of(year, number(1)?)).contains(&number(2)?);
            return Self::parse(text).filter(|_| fits).map(|_| Self { from: year, to: year });
        }
        Self::parse(text).filter(|_| !is_no_day(text))
    }

    /// Whether both can speak of one year.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

/// Days of a month; none of one that there is not.
/// Whether a text is three numbers, as days are written, that are no day in any order of day and month: `32.13.1999`.
fn is_no_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let numbers: Option<Vec<u16>> = parts.iter().map(|part| part.parse().ok()).collect();
    let (year, one, other) = match (numbers.as_deref(), parts.as_slice()) {
        (Some(&[year, one, other]), [first, ..]) if first.len() == 4 => (year, one, other),
        (Some(&[one, other, year]), [.., last]) if last.len() == 4 => (year, one, other),
        _ => return false,
    };
    let is_day = |day: u16, month: u16| {
        u8::try_from(month).is_ok_and(|month| (1..=u16::from(days_of(year, month))).contains(&day))
    };
    !is_day(one, other) && !is_day(other, one)
}

fn days_of(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(leap),
        _ => 0,
    }
}

/// A party of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// Its id in the list.
    pub id: String,
    /// Its sort.
    pub kind: Kind,
    /// Its names, the list's own first.
    pub names: Vec<Alias>,
    /// Countries it belongs to, as codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// Years of birth or registration.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub births: Vec<Years>,
    /// Numbers of passports, registrations, ships.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<String>,
    /// Programmes and topics under which it is listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<String>,
}

impl Entry {
    /// The name it is shown by.
    #[must_use]
    pub fn caption(&self) -> &str {
        self.names.first().map_or(self.id.as_str(), |alias| alias.text.as_str())
    }

    /// Adds a name unless it is blank or known.
    pub fn add_name(&mut self, text: &str, weak: bool) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() && !self.names.iter().any(|alias| alias.text == text) {
            self.names.push(Alias { text, weak });
        }
    }

    /// Adds a country that is known by its name or code.
    pub fn add_country(&mut self, text: &str) {
        if let Some(code) = crate::country::code(text).filter(|code| !self.countries.contains(code)) {
            self.countries.push(code);
        }
    }

    /// Adds years that a text speaks of.
    pub fn add_birth(&mut self, text: &str) {
        if let Some(years) = Years::parse(text).filter(|years| !self.births.contains(years)) {
            self.births.push(years);
        }
    }

    /// Adds a number that has at least five letters or digits, a digit among them.
    pub fn add_identifier(&mut self, text: &str) {
        if let Some(plain) = identifier(text).filter(|plain| !self.identifiers.contains(plain)) {
            self.identifiers.push(plain);
        }
    }

    /// Adds a programme or topic.
    pub fn add_programme(&mut self, text: &str) {
        let text = text.trim().trim_matches(['[', ']']).trim();
        if !text.is_empty() && !self.programmes.iter().any(|known| known == text) {
            self.programmes.push(text.to_owned());
        }
    }

    /// What its content is known by: another content has another version, on every machine the same.
    #[must_use]
    pub fn version(&self) -> String {
        let mut hasher = SipHasher13::new_with_keys(0, 0);
        self.hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }
}

/// A number of a document in capitals without what parts its groups; nothing if it is too short to tell anybody.
#[must_use]
pub fn identifier(text: &str) -> Option<String> {
    const LETTERS_MIN: usize = 5;
    let plain: String =
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let plain = ship(&plain).map_or_else(|| plain.clone(), ToOwned::to_owned);
    let tells = plain.chars().count() >= LETTERS_MIN && plain.chars().any(|letter| letter.is_ascii_digit());
    tells.then_some(plain)
}

/// The number of a ship, which some write with the mark of who gives it: `IMO 9187629`.
fn ship(plain: &str) -> Option<&str> {
    const DIGITS: usize = 7;
    let number = plain.strip_prefix("IMO")?;
    (number.len() == DIGITS && number.bytes().all(|digit| digit.is_ascii_digit())).then_some(number)
}

#[cfg(test)]
mod tests;
