//! Countries of lists and queries, as their two letters.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Names, codes of three letters and words for citizens, without spaces and marks, each with its code.
static NAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("country/names.txt").lines().filter_map(|line| line.split_once(' ')).collect()
});

/// The code of a country, from its code or one of its names. What lists write behind a code (`ru-cre`) is left out.
#[must_use]
pub fn code(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('.');
    let plain: String = any_ascii::any_ascii(text)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    if let Some(code) = NAMES.get(plain.as_str()) {
        return Some((*code).to_owned());
    }
    let head = text.split('-').next().unwrap_or_default();
    let is_code = head.len() == 2 && head.chars().all(|letter| letter.is_ascii_alphabetic());
    is_code.then(|| head.to_ascii_uppercase())
}

/// The code of a country that there is, from its code or one of its names: a query that means another one is a mistake.
#[must_use]
pub fn known(text: &str) -> Option<String> {
    code(text).filter(|code| CODES.contains(code.as_str()))
}

/// The codes that there are.
static CODES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| NAMES.values().copied().collect());

#[cfg(test)]
mod tests;
