//! How rows turned out: which value of a column is bad.

/// Values that mean bad where nobody says which does; the first that a column holds.
const BAD: [&str; 12] = [
    "bad",
    "default",
    "defaulted",
    "1",
    "true",
    "yes",
    "y",
    "churned",
    "chgoff",
    "charged off",
    "loss",
    "fraud",
];
/// Values that are told when none is known to mean bad.
const SHOWN: usize = 10;

/// The value that means bad among the texts of a column, of which empty ones say nothing: the one that is asked for, else,
/// where there are two at most, the one that is known by its word.
///
/// # Errors
/// The first values of the column, as they are told, where none is known to be bad.
pub fn bad_value<'t>(texts: impl Iterator<Item = &'t str>, asked: Option<&str>) -> Result<&'t str, String> {
    let mut values: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    values.sort_unstable();
    values.dedup();
    let held = |word: &str| values.iter().find(|value| value.eq_ignore_ascii_case(word));
    let found = match asked.map(str::trim).filter(|asked| !asked.is_empty()) {
        Some(asked) => values.iter().find(|value| **value == asked),
        None if values.len() <= 2 => BAD.iter().find_map(|word| held(word)),
        None => None,
    };
    found.copied().ok_or_else(|| {
        let more = if values.len() > SHOWN { ", …" } else { "" };
        let shown: Vec<&str> = values.iter().take(SHOWN).copied().collect();
        format!("{}{more}", shown.join(", "))
    })
}
