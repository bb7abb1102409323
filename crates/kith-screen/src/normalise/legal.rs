//! Legal forms: which words at the ends of a name say only how a company is made.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Word, words};

/// Longest form in words.
const WORDS_MAX: usize = 7;
/// Forms that the table does not have.
const MORE: [(&str, &str); 30] = [
    ("jsc", "JSC"),
    ("jsc", "OJSC"),
    ("jsc", "PJSC"),
    ("jsc", "PAO"),
    ("jsc", "Joint Stock Company"),
    ("jsc", "Open Joint Stock Company"),
    ("jsc", "Public Joint Stock Company"),
    ("jsc", "Closed Joint Stock Company"),
    ("jsc", "Private Joint Stock Company"),
    ("jsc", "AO"),
    ("jsc", "акционерное общество"),
    ("jsc", "публичное акционерное общество"),
    ("jsc", "plc"),
    ("jsc", "SA"),
    ("jsc", "NV"),
    ("jsc", "AB"),
    ("jsc", "Oyj"),
    ("jsc", "ASA"),
    ("llc", "LLC"),
    ("llc", "OOO"),
    ("llc", "BV"),
    ("llc", "Sarl"),
    ("llc", "Pte Ltd"),
    ("llc", "Pvt Ltd"),
    ("llc", "Co Ltd"),
    ("llc", "Sp z oo"),
    ("llc", "PT"),
    ("lp", "LP"),
    ("company", "Company"),
    ("company", "Co"),
];
/// Words for a company whose kind they leave open.
const COMPANY: [&str; 6] = ["corporation", "corp", "inc", "incorporated", "cie", "limited company"];
/// Forms short enough to be part of a person's name.
const SHORT: usize = 2;

/// Written forms by their words.
static FORMS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let file = include_str!("legal_forms.txt").lines().filter(|line| !line.starts_with('#'));
    let rows = file.filter_map(|line| line.split_once(' ')).chain(MORE);
    let rows = rows.chain(COMPANY.map(|writing| ("company", writing)));
    let mut forms = HashMap::new();
    for (form, writing) in rows {
        forms.insert(join(&words(writing)), form);
    }
    forms
});

fn join(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Takes the legal forms off both ends and gives the generic form (`llc`, `jsc`, …). A name that is nothing but a form
/// stays whole. In a person's name only longer forms at the end are one.
pub fn strip(words: &mut Vec<Word>, person: bool) -> Option<&'static str> {
    let mut form = None;
    while let Some((found, count)) = at_end(words, person) {
        words.truncate(words.len() - count);
        form = form.filter(|known| *known != "company").or(Some(found));
    }
    while let Some((found, count)) = at_start(words).filter(|_| !person) {
        words.drain(..count);
        form = form.filter(|known| *known != "company").or(Some(found));
    }
    form
}

fn at_end(words: &[Word], person: bool) -> Option<(&'static str, usize)> {
    let longest = WORDS_MAX.min(words.len().checked_sub(1)?);
    (1..=longest).rev().find_map(|count| {
        let writing = join(&words[words.len() - count..]);
        let form = *FORMS.get(&writing)?;
        let is_name =
            person && (writing.len() < SHORT + 1 || count > 1) && !matches!(writing.as_str(), "sa" | "ag");
        (!is_name).then_some((form, count))
    })
}

/// `Company` and the like never stand in front.
fn at_start(words: &[Word]) -> Option<(&'static str, usize)> {
    let longest = WORDS_MAX.min(words.len().checked_sub(1)?);
    (1..=longest).rev().find_map(|count| {
        let form = *FORMS.get(&join(&words[..count])).filter(|form| **form != "company")?;
        Some((form, count))
    })
}
