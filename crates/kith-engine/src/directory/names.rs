//! Accounts by name, for questions that name one.

use std::collections::BTreeMap;

use strsim::jaro_winkler;

/// Least likeness at which a misspelt name still names an account (D§10).
const LIKENESS_MIN: f64 = 0.92;

/// Least likeness of a word that may be mistyped in what somebody looks for: they see what was found and choose.
const RECALL_MIN: f64 = 0.86;

/// Normalised names and the rows that have them.
#[derive(Debug, Default)]
pub(crate) struct NameIndex {
    rows: BTreeMap<Box<str>, Vec<u32>>,
}

/// Lower case, letters and digits only, one space between words.
pub(crate) fn plain(name: &str) -> String {
    let spaced: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

impl NameIndex {
    pub(crate) fn add(&mut self, row: u32, name: &str) {
        let rows = self.rows.entry(plain(name).into()).or_default();
        if !rows.contains(&row) {
            rows.push(row);
        }
    }

    pub(crate) fn remove(&mut self, row: u32, name: &str) {
        let name = plain(name);
        if let Some(rows) = self.rows.get_mut(name.as_str()) {
            rows.retain(|held| *held != row);
            if rows.is_empty() {
                self.rows.remove(name.as_str());
            }
        }
    }

    /// Exact names; else names that begin with the text's words; else names that are very like it.
    pub(crate) fn find(&self, text: &str) -> Vec<(u32, f32)> {
        let text = plain(text);
        if text.is_empty() {
            return Vec::new();
        }
        if let Some(rows) = self.rows.get(text.as_str()) {
            return rows.iter().map(|row| (*row, 1.0)).collect();
        }
        let begins: Vec<(u32, f32)> = self
            .starting_with(&text)
            .filter(|(name, _)| name.get(text.len()..).is_some_and(|rest| rest.starts_with(' ')))
            .flat_map(|(_, rows)| rows.iter().map(|row| (*row, 0.95)))
            .take(20)
            .collect();
        if !begins.is_empty() {
            return begins;
        }
        self.like(&text)
    }

    /// Normalised names that begin with a text, each with its first row.
    pub(crate) fn from<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a str, u32)> {
        self.starting_with(text).filter_map(|(name, rows)| Some((name, *rows.first()?)))
    }

    /// The rows of exactly this name.
    pub(crate) fn exact(&self, name: &str) -> &[u32] {
        self.rows.get(plain(name).as_str()).map(Vec::as_slice).unwrap_or_default()
    }

    fn starting_with<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a str, &'a Vec<u32>)> {
        let names = self.rows.range(Box::<str>::from(text)..);
        names.map(|(name, rows)| (&**name, rows)).take_while(move |(name, _)| name.starts_with(text))
    }

    /// What somebody may mean who types: every word of the text begins a word of the name, in any order; else names that
    /// are like it, letters wrong or left out.
    pub(crate) fn recall(&self, text: &str, most: usize) -> Vec<(u32, f64)> {
        let text = plain(text);
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(f64, &str, u32)> = Vec::new();
        for (name, rows) in &self.rows {
            if let Some(score) = begins(&words, &text, name).or_else(|| resembles(&words, name)) {
                found.extend(rows.iter().map(|row| (score, &**name, *row)));
            }
        }
        found.sort_by(|one, other| {
            other.0.total_cmp(&one.0).then_with(|| (one.1, one.2).cmp(&(other.1, other.2)))
        });
        found.into_iter().take(most).map(|(score, _, row)| (row, score)).collect()
    }

    fn like(&self, text: &str) -> Vec<(u32, f32)> {
        let first: String = text.chars().take(1).collect();
        if text.chars().count() < 4 {
            return Vec::new();
        }
        let mut found: Vec<(f64, u32)> = self
            .starting_with(&first)
            .filter_map(|(name, rows)| {
                let likeness = likeness(text, name);
                (likeness >= LIKENESS_MIN).then(|| rows.iter().map(move |row| (likeness, *row)))
            })
            .flatten()
            .collect();
        found.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        found.into_iter().take(20).map(|(likeness, row)| (row, single(likeness))).collect()
    }
}

/// How well a name is meant by the beginnings of its words; what stands at its front, and covers more of it, is meant sooner.
fn begins(words: &[&str], text: &str, name: &str) -> Option<f64> {
    let all = words.iter().all(|word| name.split(' ').any(|part| part.starts_with(word)));
    let exact = |length: usize| u32::try_from(length).map_or(f64::MAX, f64::from);
    let covered = exact(text.len()) / exact(name.len().max(text.len()));
    let base = match (name == text, name.starts_with(text)) {
        (true, _) => 1.0,
        (false, true) => 0.9,
        (false, false) => 0.8,
    };
    all.then_some(base + 0.09 * covered * f64::from(u8::from(base < 1.0)))
}

/// How like each word of the text is to the likest word of the name; words of fewer than four letters must begin one.
fn resembles(words: &[&str], name: &str) -> Option<f64> {
    let mut least = 1.0_f64;
    for word in words {
        let short = word.chars().count() < 4;
        let first = word.chars().next();
        let like = name.split(' ').map(|part| match short {
            true if part.starts_with(word) => 1.0,
            true => 0.0,
            // Whoever mistypes a name seldom mistypes its first letter.
            false if part.chars().next() != first => 0.0,
            false => jaro_winkler(word, part),
        });
        least = least.min(like.fold(0.0, f64::max));
        if least < RECALL_MIN {
            return None;
        }
    }
    Some(least * 0.7)
}

/// Against the whole name, and against as many of its first words as the text has.
fn likeness(text: &str, name: &str) -> f64 {
    let words = text.split(' ').count();
    let head = name.split(' ').take(words).collect::<Vec<_>>().join(" ");
    jaro_winkler(text, name).max(jaro_winkler(text, &head) - 0.01)
}

#[expect(clippy::cast_possible_truncation, reason = "a likeness between 0 and 1 needs no more")]
fn single(likeness: f64) -> f32 {
    likeness as f32
}
