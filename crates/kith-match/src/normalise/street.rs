//! A street's name and its number, with the usual abbreviations made alike.

use super::fold;

/// What stands for the kind of street, in its short writing.
const KINDS: [(&str, &str); 62] = [
    ("allee", "allee"),
    ("avenida", "av"),
    ("avenue", "av"),
    ("ave", "av"),
    ("av", "av"),
    ("avda", "av"),
    ("boulevard", "blvd"),
    ("blvd", "blvd"),
    ("bd", "blvd"),
    ("building", "bldg"),
    ("bldg", "bldg"),
    ("calle", "c"),
    ("circle", "cir"),
    ("cir", "cir"),
    ("close", "cl"),
    ("court", "ct"),
    ("ct", "ct"),
    ("crescent", "cres"),
    ("cres", "cres"),
    ("cr", "cres"),
    ("drive", "dr"),
    ("dr", "dr"),
    ("east", "e"),
    ("estate", "est"),
    ("expressway", "expy"),
    ("highway", "hwy"),
    ("hwy", "hwy"),
    ("industrial", "ind"),
    ("lane", "ln"),
    ("ln", "ln"),
    ("north", "n"),
    ("park", "pk"),
    ("pk", "pk"),
    ("parkway", "pkwy"),
    ("pkwy", "pkwy"),
    ("place", "pl"),
    ("pl", "pl"),
    ("plaza", "plz"),
    ("platz", "pl"),
    ("road", "rd"),
    ("rd", "rd"),
    ("route", "rte"),
    ("rue", "r"),
    ("saint", "st"),
    ("south", "s"),
    ("square", "sq"),
    ("sq", "sq"),
    ("st", "st"),
    ("str", "st"),
    ("strada", "st"),
    ("strasse", "st"),
    ("straat", "st"),
    ("street", "st"),
    ("suite", "ste"),
    ("terrace", "ter"),
    ("tce", "ter"),
    ("trail", "trl"),
    ("via", "via"),
    ("way", "way"),
    ("weg", "weg"),
    ("west", "w"),
    ("ulica", "ul"),
];
/// Ends of compound names: `Hauptstrasse` and `Hauptstr` are one street.
const COMPOUND: [&str; 3] = ["strasse", "straat", "str"];
const COMPOUND_MIN: usize = 4;

/// The name and the number of the street, each nothing if it is not there.
pub fn street(value: &str, name: &mut String, number: &mut String) {
    let mut folded = String::new();
    fold(value, &mut folded);
    name.clear();
    number.clear();
    for token in folded.split_ascii_whitespace() {
        if number.is_empty() && is_number(token) {
            number.push_str(token);
            continue;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        match KINDS.iter().find(|(long, _)| *long == token) {
            Some((_, short)) => name.push_str(short),
            None => compound(token, name),
        }
    }
}

/// `27` and `27a`, but not `51st`.
fn is_number(token: &str) -> bool {
    let digits = token.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && token.len() <= digits + 1
}

fn compound(token: &str, name: &mut String) {
    let end = COMPOUND.iter().find(|end| token.len() >= end.len() + COMPOUND_MIN && token.ends_with(*end));
    match end {
        Some(end) => {
            name.push_str(&token[..token.len() - end.len()]);
            name.push_str(" st");
        }
        None => name.push_str(token),
    }
}
