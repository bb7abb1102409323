//! Germany: VAT number, tax numbers, trade register, Leitweg-ID, WKN.

use crate::check::{mod_11_10, mod97};
use crate::fault::Fault;
use crate::number::{Checked, Raw, component, fits, format, is_digits, is_of, length};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[
    ("de.handelsregisternummer", register),
    ("de.idnr", idnr),
    ("de.leitweg", leitweg),
    ("de.stnr", stnr),
    ("de.vat", vat),
    ("de.wkn", wkn),
];

/// The courts that keep a register.
const COURTS: &str = include_str!("de_courts.txt");

/// Other ways to write a court, and the court.
const ALIASES: [(&str, &str); 16] = [
    ("Allgäu", "Kempten (Allgäu)"),
    ("Bad Homburg", "Bad Homburg v.d.H."),
    ("Berlin", "Berlin (Charlottenburg)"),
    ("Charlottenburg", "Berlin (Charlottenburg)"),
    ("Charlottenburg (Berlin)", "Berlin (Charlottenburg)"),
    ("Kaln", "Köln"),
    ("Kempten", "Kempten (Allgäu)"),
    ("Ludwigshafen am Rhein (Ludwigshafen)", "Ludwigshafen a.Rhein (Ludwigshafen)"),
    ("Ludwigshafen am Rhein", "Ludwigshafen a.Rhein (Ludwigshafen)"),
    ("Ludwigshafen", "Ludwigshafen a.Rhein (Ludwigshafen)"),
    ("Oldenburg", "Oldenburg (Oldenburg)"),
    ("St. Ingbert", "St. Ingbert (St Ingbert)"),
    ("St. Wendel", "St. Wendel (St Wendel)"),
    ("Weiden in der Oberpfalz", "Weiden i. d. OPf."),
    ("Weiden", "Weiden i. d. OPf."),
    ("Paderborn früher Höxter", "Paderborn"),
];

/// The forms of the tax numbers of the states, as written for the whole country.
const TAX_FORMS: [&str; 15] = [
    "2899099999999",
    "1199099999999",
    "3099099999999",
    "2499099999999",
    "2299099999999",
    "2699099999999",
    "4099099999999",
    "2399099999999",
    "5999099999999",
    "2799099999999",
    "1099099999999",
    "3299099999999",
    "3199099999999",
    "2199099999999",
    "4199099999999",
];

/// The VAT number: nine digits by ISO 7064 mod 11,10.
fn vat(raw: Raw) -> Checked {
    let number = raw.without(" -./,").upper().cut(&["DE"]).digits()?;
    format(!number.begins(&["0"]))?;
    let number = number.sized(&[9])?;
    let holds = mod_11_10(number.as_str()) == Some(true);
    number.pass(holds)
}

/// The tax identification number of persons: exactly one of the first ten digits stands twice or thrice.
fn idnr(raw: Raw) -> Checked {
    let number = raw.without(" -./,").sized(&[11])?.digits()?;
    format(!number.begins(&["0"]))?;
    let head = number.part(..10);
    let repeated: Vec<usize> =
        ('0'..='9').map(|digit| head.matches(digit).count()).filter(|count| *count > 1).collect();
    format(matches!(*repeated, [2 | 3]))?;
    let holds = mod_11_10(number.as_str()) == Some(true);
    number.pass(holds)
}

/// The tax number of a tax office, local (10 or 11 digits) or with the state before it (13).
fn stnr(raw: Raw) -> Checked {
    let number = raw.without(" -./,").digits()?.sized(&[10, 11, 13])?;
    let text = number.as_str();
    format(match number.len() {
        10 | 11 => true,
        // Those of Bavaria begin with 9, which a form cannot say.
        _ if text.starts_with('9') => fits("9999099999999", text),
        _ => TAX_FORMS.iter().any(|form| fits(form, text)),
    })?;
    number.done()
}

/// The routing number of public bodies for invoices.
fn leitweg(raw: Raw) -> Checked {
    let number = raw.other(raw.text.trim()).without("").upper();
    length((5..=46).contains(&number.len()))?;
    let parts: Vec<&str> = number.as_str().split('-').collect();
    let (coarse, fine, check) = match *parts {
        [coarse, check] => (coarse, "", check),
        [coarse, fine, check] => (coarse, fine, check),
        _ => return Err(Fault::Format),
    };
    let plain =
        fine.len() <= 30 && fine.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    format(
        (2..=12).contains(&coarse.len())
            && is_digits(coarse)
            && plain
            && check.len() == 2
            && is_digits(check),
    )?;
    component(matches!(number.value(..2), 1..=16 | 99))?;
    let holds = mod97(&number.as_str().replace('-', "")) == Some(1);
    number.pass(holds)
}

/// The security number: six places without I and O.
fn wkn(raw: Raw) -> Checked {
    let number = raw.without(" ").upper();
    format(is_of(number.as_str(), "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"))?;
    number.sized(&[6])?.done()
}

/// The number in the trade register: court, register, number; normalised as `Köln HRB 49263`.
fn register(raw: Raw) -> Checked {
    let number = raw.without("");
    let words: Vec<&str> = number.as_str().split_whitespace().collect();
    let kind = |word: &str| {
        ["HRA", "HRB", "PR", "GnR", "VR"].into_iter().any(|known| known.eq_ignore_ascii_case(word))
    };
    let place = words.iter().rposition(|word| kind(word)).ok_or(Fault::Format)?;
    let (before, rest) = words.split_at(place);
    let (entry, after) = entry(rest)?;
    // The court stands before the register, or after the number.
    let court = if before.is_empty() { after.join(" ") } else { before.join(" ") };
    format(before.is_empty() != after.is_empty())?;
    let court = least(court.trim_end_matches(','));
    let known = COURTS.lines().find(|known| least(known) == court);
    let alias = || ALIASES.iter().find(|(alias, _)| least(alias) == court).map(|(_, known)| *known);
    let court = known.or_else(alias).ok_or(Fault::Component)?;
    Ok(format!("{court} {entry}"))
}

/// Register, number and qualifier, and the words after them.
fn entry<'a>(words: &'a [&'a str]) -> Result<(String, &'a [&'a str]), Fault> {
    let (register, rest) = words.split_first().ok_or(Fault::Format)?;
    let (first, rest) = rest.split_first().ok_or(Fault::Format)?;
    let first = first.trim_end_matches(',');
    let digits: String = first.chars().take_while(char::is_ascii_digit).collect();
    let mut qualifier = first.get(digits.len()..).unwrap_or("");
    format((1..=6).contains(&digits.len()) && !digits.starts_with('0'))?;
    let mut rest = rest;
    let fits = |word: &str| {
        let letters = word.chars().count();
        (1..=3).contains(&letters)
            && word.chars().all(|letter| letter.is_ascii_alphabetic() || "Öö".contains(letter))
    };
    if qualifier.is_empty() {
        if let Some((word, others)) = rest.split_first() {
            let word = word.trim_end_matches(',');
            // A short word is the qualifier, unless it is all that could be the court.
            let court = COURTS.lines().any(|known| least(known) == least(word));
            if fits(word) && !court {
                qualifier = word;
                rest = others;
            }
        }
    } else {
        format(fits(qualifier))?;
    }
    let entry =
        [*register, &digits, qualifier].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>();
    Ok((entry.join(" "), rest))
}

/// The letters of a court's name, small and without marks, for comparison.
fn least(court: &str) -> String {
    let plain = |letter: char| match letter {
        'ä' | 'Ä' => 'a',
        'ö' | 'Ö' => 'o',
        'ü' | 'Ü' => 'u',
        other => other.to_ascii_lowercase(),
    };
    court.chars().map(plain).filter(char::is_ascii_lowercase).collect()
}
