//! What OFAC writes into the remarks of an entry: births, nationalities, papers, weak aliases.

use crate::entry::Entry;

/// Reads remarks into an entry.
pub(super) fn read(remarks: &str, entry: &mut Entry) {
    for piece in remarks.split(';') {
        let piece = piece.trim().trim_end_matches('.');
        let plain = piece.trim_start_matches("alt. ").trim_start_matches("Alt. ");
        let lower = plain.to_lowercase();
        if lower.starts_with("dob ") {
            entry.add_birth(plain);
        } else if let Some(country) = after(plain, &["nationality ", "citizen "]) {
            entry.add_country(country);
        } else if let Some(alias) = after(plain, &["a.k.a. ", "f.k.a. ", "n.k.a. "]) {
            entry.add_name(alias.trim_matches(['\'', '"', '.', ' ']), true);
        } else if is_paper(&lower) {
            // `Passport A0030940 (Iran)`: the last word with a digit, without what stands in brackets.
            let number = plain.split('(').next().unwrap_or_default();
            let word = number
                .split_whitespace()
                .rev()
                .find(|word| word.bytes().any(|letter| letter.is_ascii_digit()));
            entry.add_identifier(word.unwrap_or_default());
        }
    }
}

fn after<'a>(piece: &'a str, heads: &[&str]) -> Option<&'a str> {
    heads.iter().find_map(|head| {
        let start = piece.get(..head.len())?;
        if start.eq_ignore_ascii_case(head) { piece.get(head.len()..) } else { None }
    })
}

/// Words by which a number of a paper or a registration is introduced.
fn is_paper(piece: &str) -> bool {
    const PAPERS: [&str; 18] = [
        "passport",
        "cedula",
        "nit #",
        "r.f.c.",
        "c.u.r.p.",
        "tax id",
        "national id",
        "registration",
        "company number",
        "imo",
        "mmsi",
        "ssn",
        "identification number",
        "identification imo",
        "d-u-n-s",
        "lei",
        "license",
        "cartilla",
    ];
    PAPERS.iter().any(|paper| piece.starts_with(paper)) || piece.contains("imo ") || piece.contains(" no. ")
}
