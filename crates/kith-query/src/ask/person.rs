//! Names of people as they are said: the whole name, or any words of it.

use unicode_normalization::UnicodeNormalization;

/// Those who are called so: whoever has exactly this name, else everybody whose name has all these words. Case, accents
/// and marks do not matter; the answer is in the order of the names, each once.
pub fn called<'n>(asked: &str, names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let asked = words(asked);
    if asked.is_empty() {
        return Vec::new();
    }
    let mut whole = Vec::new();
    let mut part = Vec::new();
    for name in names {
        let held = words(name);
        if held == asked {
            whole.push(name.to_owned());
        } else if asked.iter().all(|word| held.contains(word)) {
            part.push(name.to_owned());
        }
    }
    let mut found = if whole.is_empty() { part } else { whole };
    found.sort();
    found.dedup();
    found
}

fn words(name: &str) -> Vec<String> {
    let plain: String = name.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
