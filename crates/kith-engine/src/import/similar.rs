//! Customers with names alike: a remark on a row, never a reason to keep it out (D§6.2).

use std::collections::HashMap;

use strsim::jaro_winkler;

use crate::directory::plain;

/// Least likeness that is remarked on.
const LIKENESS_MIN: f64 = 0.85;
/// Letters that names alike begin with.
const HEAD: usize = 4;
/// Names with one beginning that are compared: more say nothing but that the beginning is a common word.
const BLOCK_MAX: usize = 24;

/// Words that say what a company is, not which.
const FORMS: [&str; 30] = [
    "ab",
    "ag",
    "as",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "group",
    "holding",
    "holdings",
    "inc",
    "incorporated",
    "kg",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "nv",
    "oy",
    "plc",
    "pty",
    "sa",
    "sarl",
    "sas",
    "spa",
    "srl",
    "the",
];

/// The names of the rows that were read, by their beginning.
#[derive(Debug, Default)]
pub(super) struct Names {
    blocks: HashMap<Box<str>, Vec<(u64, Box<str>)>>,
}

/// A name as it is compared.
pub(super) fn bare(name: &str) -> String {
    without_forms(&plain(name))
}

/// A normalised name without the words that say what a company is.
pub(super) fn without_forms(plain: &str) -> String {
    let words: Vec<&str> = plain.split(' ').filter(|word| !FORMS.contains(word)).collect();
    if words.is_empty() { plain.to_owned() } else { words.join(" ") }
}

/// How the names of one beginning are found.
pub(super) fn head(bare: &str) -> Option<&str> {
    let end = bare.char_indices().nth(HEAD).map(|(end, _)| end)?;
    bare.get(..end)
}

/// Whether two different names may be one company's: alike, and not told apart by their numbers.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let near = one.len().abs_diff(other.len()) * 3 <= one.len().max(other.len());
    near && digits(one) == digits(other) && jaro_winkler(one, other) >= LIKENESS_MIN
}

impl Names {
    /// The row of a name alike, and keeps this one.
    pub(super) fn meet(&mut self, row: u64, bare: &str) -> Option<u64> {
        let block = self.blocks.entry(head(bare)?.into()).or_default();
        let found = block.iter().find(|(_, known)| alike(bare, known)).map(|(row, _)| *row);
        if block.len() < BLOCK_MAX {
            block.push((row, bare.into()));
        }
        found
    }
}
