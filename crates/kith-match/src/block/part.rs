//! What of a value a block's key is made of.

use crate::kind::Kind;
use crate::mix::hash_text;
use crate::normalise::soundex;
use crate::table::{Column, Facet, Table};

/// A cut of one column's values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The column.
    pub column: usize,
    /// How much of it.
    pub cut: Cut,
    /// How often two records of one party agree in it, before anything is known about the file.
    pub agreement: f64,
}

/// How a text is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// All of it.
    Whole,
    /// All words, sorted.
    Words,
    /// The first word.
    FirstWord,
    /// The longest word.
    LongestWord,
    /// The sound of the first word.
    Sound,
    /// So many first characters.
    Begin(usize),
    /// So many last characters.
    End(usize),
    /// The first half of the characters.
    FirstHalf,
    /// The second half of the characters.
    SecondHalf,
    /// What stands before the `@`.
    Local,
}

impl Cut {
    /// The key of a text, 0 if there is nothing to make it of.
    #[must_use]
    pub fn key(self, text: &str) -> u64 {
        if text.is_empty() {
            return 0;
        }
        let half = text.len() / 2;
        let part = match self {
            Self::Whole => Some(text),
            Self::Words => return words(text),
            Self::FirstWord => text.split(' ').next(),
            Self::LongestWord => text.split(' ').rev().max_by_key(|word| word.len()),
            Self::Sound => return sound(text),
            Self::Begin(count) => text.get(..count),
            Self::End(count) => text.len().checked_sub(count).and_then(|from| text.get(from..)),
            Self::FirstHalf => text.get(..half),
            Self::SecondHalf => text.get(half..),
            Self::Local => text.split_once('@').map(|(local, _)| local),
        };
        part.filter(|part| !part.is_empty()).map_or(0, hash_text)
    }

    fn words_of(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::Words => "words of ",
            Self::FirstWord => "first word of ",
            Self::LongestWord => "longest word of ",
            Self::Sound => "sound of ",
            Self::Begin(_) => "beginning of ",
            Self::End(_) => "end of ",
            Self::FirstHalf => "first half of ",
            Self::SecondHalf => "second half of ",
            Self::Local => "local part of ",
        }
    }
}

fn words(text: &str) -> u64 {
    let mut words: Vec<&str> = text.split(' ').collect();
    words.sort_unstable();
    hash_text(&words.concat())
}

fn sound(text: &str) -> u64 {
    let code = soundex(text);
    if code[0] == 0 { 0 } else { std::str::from_utf8(&code).map_or(0, hash_text) }
}

impl Part {
    /// All parts of a table's columns.
    #[must_use]
    pub fn of(table: &Table) -> Vec<Self> {
        let cut = |(at, column): (usize, &Column)| {
            let part = move |(cut, agreement)| Self { column: at, cut, agreement };
            cuts(column.facet).iter().copied().map(part).collect::<Vec<_>>()
        };
        table.columns().iter().enumerate().flat_map(cut).collect()
    }

    /// The key of every text of its column.
    #[must_use]
    pub fn keys(&self, table: &Table) -> Vec<u64> {
        table.columns()[self.column].dictionary.keys(|text| self.cut.key(text))
    }

    /// What it is called to people.
    #[must_use]
    pub fn name(&self, table: &Table) -> String {
        let column = &table.columns()[self.column];
        let facet = match column.facet {
            Facet::Whole(_) => "",
            Facet::FormOfName => "legal form of ",
            Facet::MailDomain => "domain of ",
            Facet::NumberInStreet => "number in ",
        };
        format!("{}{facet}{}", self.cut.words_of(), column.header)
    }
}

fn cuts(facet: Facet) -> &'static [(Cut, f64)] {
    use Cut::{Begin, End, FirstHalf, FirstWord, Local, LongestWord, SecondHalf, Sound, Whole, Words};
    match facet {
        Facet::Whole(kind) => match kind {
            Kind::Name => {
                &[(Words, 0.5), (FirstWord, 0.72), (LongestWord, 0.72), (Sound, 0.8), (Begin(4), 0.82)]
            }
            Kind::GivenName | Kind::Surname => &[(Whole, 0.72), (Sound, 0.84), (Begin(3), 0.84)],
            Kind::Date => &[(Whole, 0.85), (Begin(6), 0.9), (End(4), 0.9)],
            Kind::HardKey | Kind::Identifier => &[(Whole, 0.85), (FirstHalf, 0.92), (SecondHalf, 0.92)],
            Kind::Phone => &[(Whole, 0.75), (End(4), 0.85)],
            Kind::Email => &[(Whole, 0.65), (Local, 0.75)],
            Kind::Domain => &[(Whole, 0.85)],
            Kind::Street => &[(Whole, 0.65), (FirstWord, 0.75), (Begin(4), 0.82)],
            Kind::Postal => &[(Whole, 0.85), (Begin(3), 0.9)],
            Kind::City => &[(Whole, 0.8), (Begin(4), 0.85)],
            Kind::Text => &[(Whole, 0.5), (FirstWord, 0.65)],
            Kind::Region | Kind::Country | Kind::Category | Kind::LegalForm => &[(Whole, 0.9)],
            Kind::StreetNumber | Kind::Number => &[(Whole, 0.85)],
        },
        Facet::FormOfName => &[(Whole, 0.7)],
        Facet::MailDomain => &[(Whole, 0.8)],
        Facet::NumberInStreet => &[(Whole, 0.85)],
    }
}
