//! Publications and their parts: ISBN, ISSN, ISMN, ISNI, ISAN, ISRC, ISIL, `GRid`.

use super::country::is_country;
use super::gs1::ean;
use crate::check::{mod_37_36, modulo, pure};
use crate::fault::Fault;
use crate::number::{
    Checked, Number, Raw, checksum, component, format, is_digits, is_of, length, listed, nth,
};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[
    ("grid", grid),
    ("isan", isan),
    ("isbn", isbn),
    ("isil", isil),
    ("ismn", ismn),
    ("isni", isni),
    ("isrc", isrc),
    ("issn", issn),
];

/// Digits up to the last place.
fn body(number: &Number) -> Result<(), Fault> {
    let text = number.as_str();
    format(text.split_at_checked(text.len().saturating_sub(1)).is_some_and(|(body, _)| is_digits(body)))
}

/// A book: ten places by weights modulo 11, or thirteen of GS1.
fn isbn(raw: Raw) -> Checked {
    let number = raw.without(" -").upper();
    let number = if number.len() == 9 { number.padded(10) } else { number };
    body(&number)?;
    match number.len() {
        10 => {
            let check = number.weigh(&[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11;
            let last = number.last();
            number.pass(last == nth("0123456789X", check))
        }
        13 => {
            ean(raw.other(number.as_str()))?;
            component(number.begins(&["978", "979"]))?;
            number.done()
        }
        _ => Err(Fault::Length),
    }
}

/// A series.
fn issn(raw: Raw) -> Checked {
    let number = raw.without(" -").upper();
    body(&number)?;
    let number = number.sized(&[8])?;
    let check = modulo(-number.weigh(&[8, 7, 6, 5, 4, 3, 2]), 11);
    let last = number.last();
    number.pass(last == nth("0123456789X", check))
}

/// Printed music: thirteen places of GS1, or ten with M for the prefix.
fn ismn(raw: Raw) -> Checked {
    let number = raw.without(" -.").upper();
    match number.len() {
        10 => {
            format(number.begins(&["M"]))?;
            ean(raw.other(&format!("9790{}", number.part(1..))))?;
        }
        13 => {
            component(number.begins(&["9790"]))?;
            ean(raw.other(number.as_str()))?;
        }
        _ => return Err(Fault::Length),
    }
    number.done()
}

/// A name of a person or an organisation: sixteen places by ISO 7064 mod 11,2.
fn isni(raw: Raw) -> Checked {
    let number = raw.without(" -").upper();
    body(&number)?;
    let number = number.sized(&[16])?;
    let holds = pure(number.as_str(), "0123456789X", 11).ok_or(Fault::Format)?;
    number.pass(holds)
}

/// A recording.
fn isrc(raw: Raw) -> Checked {
    const OTHERS: &str = "AN BC BK BP BX CB CP CS DG FX GX KS QM QN QT QZ UK XK YU ZB ZZ";
    let number = raw.without(" -").upper().sized(&[12])?.form("AAXXX9999999")?;
    component(is_country(number.part(..2)) || listed(OTHERS, number.part(..2)))?;
    number.done()
}

/// A library, archive or museum.
fn isil(raw: Raw) -> Checked {
    const AGENCIES: &str = "AR AT AU BE BY BG BO CA CH CY CZ DE DK EG FI FR GB GL HR HU IL IR IT JP KR KZ LU MD NL NO NP NZ \
        QA RO RU SI SK US EUR GTB O OCLC ZDB";
    let number = raw.without("");
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-:/".contains(letter);
    format(number.as_str().chars().all(plain))?;
    length(number.len() <= 15)?;
    let agency = number.as_str().split('-').next().unwrap_or("").to_ascii_uppercase();
    component(listed(AGENCIES, &agency))?;
    number.done()
}

/// A release: eighteen places by ISO 7064 mod 37,36.
fn grid(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().cut(&["GRID:"]).sized(&[18])?;
    let holds = mod_37_36(number.as_str()).ok_or(Fault::Format)?;
    number.pass(holds)
}

/// An audiovisual work: root, episode, version, each part perhaps with a check character.
fn isan(raw: Raw) -> Checked {
    let number = raw.without(" -").upper();
    format(number.as_str().is_ascii())?;
    let text = number.as_str();
    let cut = |from: usize, to: usize| text.get(from..to.min(text.len())).unwrap_or("");
    let (work, first, version, second) = match text.len() {
        17 | 26 => (cut(0, 16), cut(16, 17), cut(17, 25), cut(25, 99)),
        18.. => (cut(0, 16), "", cut(16, 24), cut(24, 99)),
        _ => (cut(0, 16), "", "", ""),
    };
    format([work, version].into_iter().all(|part| is_of(part, "0123456789ABCDEF")))?;
    length(work.len() == 16 && matches!(version.len(), 0 | 8) && second.len() <= 1)?;
    for (part, check) in [(work.to_owned(), first), (format!("{work}{version}"), second)] {
        if !check.is_empty() {
            checksum(mod_37_36(&format!("{part}{check}")).ok_or(Fault::Format)?)?;
        }
    }
    number.done()
}
