//! France: SIREN, SIRET, TVA, company register, tax and personal numbers, excise; Monaco's TVA.

use crate::check::luhn;
use crate::fault::Fault;
use crate::number::{Checked, Number, Raw, checksum, component, format, index, is_digits, is_of, length};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[
    ("fr.accise", excise),
    ("fr.nif", nif),
    ("fr.nir", nir),
    ("fr.rcs", rcs),
    ("fr.siren", siren),
    ("fr.siret", siret),
    ("fr.tva", tva),
    ("mc.tva", monaco),
];

/// The company's number.
fn siren(raw: Raw) -> Checked {
    let number = raw.without(" .").digits()?.sized(&[9])?;
    let holds = luhn(number.as_str());
    number.pass(holds)
}

/// The establishment's number; the offices of the post carry a sum of their own.
fn siret(raw: Raw) -> Checked {
    let number = raw.without(" .").digits()?.sized(&[14])?;
    let post = number.begins(&["356000000"]) && number.as_str() != "35600000000048";
    let sum: i64 = (0..14).map(|place| number.at(place)).sum();
    checksum(if post { sum % 5 == 0 } else { luhn(number.as_str()) })?;
    let holds = luhn(number.part(..9));
    number.pass(holds)
}

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The VAT number: two check places, SIREN; the new style has letters in the check.
fn tva(raw: Raw) -> Checked {
    let number = raw.without(" -.").upper().cut(&["FR"]);
    format(
        is_of(&number.as_str().chars().take(2).collect::<String>(), ALPHABET) && is_digits(number.part(2..)),
    )?;
    let number = number.sized(&[11])?;
    checksum(number.part(2..5) == "000" || luhn(number.part(2..)))?;
    let company = number.value(2..);
    if is_digits(number.as_str()) {
        let holds = number.value(..2) == (company * 100 + 12) % 97;
        return number.pass(holds);
    }
    let place = |at: usize| index(ALPHABET, number.letter(at)).unwrap_or(0);
    let check = if place(0) < 10 { place(0) * 24 + place(1) - 10 } else { place(0) * 34 + place(1) - 100 };
    let holds = (company + 1 + check.div_euclid(11)) % 11 == check.rem_euclid(11);
    number.pass(holds)
}

/// Monaco's VAT number is a French one whose company begins with 000.
fn monaco(raw: Raw) -> Checked {
    let number = Number::new(tva(raw)?);
    component(number.part(2..5) == "000")?;
    Ok(format!("FR{}", number.as_str()))
}

/// The entry in a trade register: `RCS Nancy B 323 159 715`.
fn rcs(raw: Raw) -> Checked {
    let number = raw.without("");
    let words: Vec<&str> = number.as_str().split_whitespace().collect();
    let (tag, city, rest) = match *words {
        [tag, city, ref rest @ ..] if matches!(tag, "RCS" | "rcs") => (tag, city, rest.concat()),
        _ => return Err(Fault::Format),
    };
    // A city of several words reaches to the letter of the kind.
    let at = rest.find(|letter: char| letter.is_ascii_digit()).ok_or(Fault::Format)?;
    let (head, digits) = rest.split_at(at);
    let kind = head.chars().next_back().filter(|kind| matches!(kind, 'A' | 'B')).ok_or(Fault::Format)?;
    format(digits.len() == 9 && is_digits(digits) && head.len() == 1)?;
    checksum(luhn(digits))?;
    Ok(format!("{tag} {city} {kind} {digits}"))
}

/// The tax number of persons.
fn nif(raw: Raw) -> Checked {
    let number = raw.without(" ").digits()?;
    component(number.at(0) <= 3)?;
    let number = number.sized(&[13])?;
    let holds = number.value(10..) == number.value(..10) % 511;
    number.pass(holds)
}

/// The social insurance number; Corsica's departments are 2A and 2B.
fn nir(raw: Raw) -> Checked {
    let number = raw.without(" .").upper();
    let department = number.part(5..7);
    let corsica = matches!(department, "2A" | "2B");
    format(is_digits(number.part(..5)) && is_digits(number.part(7..)) && (corsica || is_digits(department)))?;
    length(number.len() == 15)?;
    let department = match department {
        "2A" => "19",
        "2B" => "18",
        other => other,
    };
    let body = format!("{}{department}{}", number.part(..5), number.part(7..13));
    let check = 97 - body.parse::<i64>().unwrap_or(0) % 97;
    let holds = number.value(13..) == check;
    number.pass(holds)
}

/// The excise number.
pub(super) fn excise(raw: Raw) -> Checked {
    let number = raw.without(" ").upper();
    format(number.begins(&["FR0"]))?;
    let number = number.sized(&[13])?;
    format(is_digits(number.part(3..8)))?;
    component("ENCB".contains(number.letter(8)))?;
    format(is_digits(number.part(9..12)))?;
    number.done()
}
