//! Believable names of companies and people.

mod english;
mod european;

use std::collections::BTreeSet;

use super::prng::Prng;

/// Names of one language.
struct Names {
    families: &'static [&'static str],
    women: &'static [&'static str],
    men: &'static [&'static str],
    /// First words of company names beside family names.
    stems: &'static [&'static str],
    /// What the companies do.
    trades: &'static [&'static str],
    forms: &'static [&'static str],
}

fn names(country: &str) -> &'static Names {
    match country {
        "DE" => &european::GERMAN,
        "NL" => &european::DUTCH,
        "FR" => &european::FRENCH,
        "PL" => &european::POLISH,
        "GB" => &english::BRITISH,
        "IE" => &english::IRISH,
        _ => &english::AMERICAN,
    }
}

/// A company that has no other's name: short name and legal form.
pub(super) fn company(
    prng: &mut Prng,
    country: &str,
    taken: &mut BTreeSet<String>,
) -> (String, &'static str) {
    let names = names(country);
    let form = match country {
        "CA" => "Ltd.",
        _ => prng.pick(names.forms),
    };
    let mut tries = 0;
    loop {
        tries += 1;
        let trade = prng.pick(names.trades);
        let mut name = match prng.range(0, 8) {
            0..=3 => format!("{} {trade}", prng.pick(names.stems)),
            4..=6 => format!("{} {trade}", prng.pick(names.families)),
            _ => format!("{} & {} {trade}", prng.pick(names.families), prng.pick(names.families)),
        };
        if tries > 30 {
            // A language runs out of names in a very large demo: its companies then have branches.
            name = format!("{name} {}", taken.len());
        }
        if taken.insert(name.to_lowercase()) {
            return (name, form);
        }
    }
}

/// A person.
pub(super) fn person(prng: &mut Prng, country: &str) -> String {
    let names = names(country);
    let first = if prng.chance(500) { prng.pick(names.women) } else { prng.pick(names.men) };
    format!("{first} {}", prng.pick(names.families))
}

/// A name as part of an address: lower case, without marks, parts joined by `-`.
pub(super) fn slug(name: &str) -> String {
    let plain = |c: char| match c {
        'ä' | 'Ä' => "ae".to_owned(),
        'ö' | 'Ö' => "oe".to_owned(),
        'ü' | 'Ü' => "ue".to_owned(),
        'ß' => "ss".to_owned(),
        'é' | 'è' | 'É' | 'ê' | 'ë' | 'ę' => "e".to_owned(),
        'î' | 'ï' => "i".to_owned(),
        'ą' => "a".to_owned(),
        'ń' => "n".to_owned(),
        'ł' | 'Ł' => "l".to_owned(),
        'ó' => "o".to_owned(),
        'ś' | 'Ś' => "s".to_owned(),
        'ż' | 'ź' => "z".to_owned(),
        'ç' => "c".to_owned(),
        '\'' => String::new(),
        c if c.is_ascii_alphanumeric() => c.to_ascii_lowercase().to_string(),
        _ => "-".to_owned(),
    };
    let text: String = name.chars().map(plain).collect();
    text.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
