//! Telephone numbers in E.164: calling code, trunk prefix, and the lengths that a country's numbers have.

use crate::fault::Fault;
use crate::number::{Checked, component, is_digits};

use crate::fold::fold;

/// For each calling code and country: trunk prefix, lengths of national numbers, prefixes of calls abroad. The first
/// country of a calling code stands for all that share it.
const PLAN: &str = include_str!("phone.txt");

/// The numbering of a country.
#[derive(Debug, Clone, Copy)]
struct Plan<'a> {
    code: &'a str,
    country: &'a str,
    trunk: &'a str,
    lengths: &'a str,
    abroad: &'a str,
}

fn plans() -> impl Iterator<Item = Plan<'static>> {
    PLAN.lines().filter_map(|line| {
        let mut words = line.split(' ');
        let (code, country, trunk) = (words.next()?, words.next()?, words.next()?);
        Some(Plan { code, country, trunk, lengths: words.next()?, abroad: words.next()? })
    })
}

impl Plan<'_> {
    fn possible(self, national: &str) -> bool {
        // Canada has short numbers of businesses that ring everywhere.
        if self.code == "1" && national.len() == 7 && national.starts_with("310") {
            return true;
        }
        let length = national.len().to_string();
        self.lengths.split(',').any(|known| known == length)
    }

    /// Without the prefix of calls abroad.
    fn international(self, digits: &str) -> Option<&str> {
        let prefixes = self.abroad.split(',').filter(|prefix| *prefix != "-");
        prefixes.filter_map(|prefix| digits.strip_prefix(prefix)).find(|rest| !rest.starts_with('0'))
    }

    /// The national number: without the trunk prefix, where it is one.
    fn national(self, digits: &str) -> String {
        let Some(rest) = digits.strip_prefix(self.trunk).filter(|_| self.trunk != "-") else {
            return self.mobile(digits);
        };
        // Brazil dials a carrier between the trunk prefix and the number.
        if self.country == "BR" && matches!(rest.len(), 12 | 13) {
            return rest.get(2..).unwrap_or(rest).to_owned();
        }
        let stripped = self.mobile(rest);
        if self.possible(digits) && !self.possible(&stripped) { digits.to_owned() } else { stripped }
    }

    /// Argentina dials its mobiles with a 15 after the area, and calls them from abroad with a 9 before it.
    fn mobile(self, digits: &str) -> String {
        if self.country != "AR" || digits.len() != 12 {
            return digits.to_owned();
        }
        let area = (2..=4).find(|end| digits.get(*end..*end + 2) == Some("15"));
        match area.and_then(|end| Some((digits.get(..end)?, digits.get(end + 2..)?))) {
            Some((area, line)) => format!("9{area}{line}"),
            None => digits.to_owned(),
        }
    }
}

/// The number in E.164. `country` says whose numbers these are, where they do not begin with `+`.
///
/// Brackets, dots, dashes and an extension may stand around the digits, letters are read as on the keys of a telephone.
pub(crate) fn e164(country: Option<&str>, text: &str) -> Checked {
    let plain: String = text.chars().map(|letter| if letter == '＋' { '+' } else { fold(letter) }).collect();
    let number = without_extension(&addressed(&plain)).trim().to_owned();
    let number = number.replace("(0)", if number.starts_with('+') { "" } else { "0" });
    let digits = dialled(&number)?;
    let home = country.and_then(|country| plans().find(|plan| plan.country == country));
    let international = match (number.trim_start().starts_with('+'), home) {
        // A plus before the prefix of calls abroad says the same twice.
        (true, home) => Some(home.and_then(|plan| plan.international(&digits)).unwrap_or(&digits).to_owned()),
        (false, Some(plan)) => plan.international(&digits).map(str::to_owned),
        (false, None) => digits.strip_prefix("00").map(str::to_owned),
    };
    let (plan, national) = match (international, home) {
        (Some(digits), _) => {
            let plan = plans().find(|plan| digits.starts_with(plan.code)).ok_or(Fault::Component)?;
            let national = digits.get(plan.code.len()..).unwrap_or("");
            (plan, if plan.possible(national) { national.to_owned() } else { plan.national(national) })
        }
        (None, Some(plan)) => (plan, at_home(plan, &digits)),
        // Without a country nobody can tell whose number it is.
        (None, None) => return Err(Fault::Component),
    };
    if !plan.possible(&national) {
        return Err(Fault::Length);
    }
    component(plan.code != "1" || has_exchange(&national))?;
    Ok(format!("+{}{national}", plan.code))
}

/// In North America neither the area nor the exchange begins with 0 or 1.
fn has_exchange(national: &str) -> bool {
    let begins = |at: usize| national.as_bytes().get(at).is_some_and(|digit| *digit >= b'2');
    national.len() != 10 || (begins(0) && begins(3))
}

/// A number as dialled at home, perhaps with the calling code but without the plus.
fn at_home(plan: Plan, digits: &str) -> String {
    let national = plan.national(digits);
    let coded = digits.strip_prefix(plan.code).map(|rest| plan.national(rest));
    match coded {
        Some(coded) if !plan.possible(&national) && plan.possible(&coded) => coded,
        _ => national,
    }
}

/// The number of a `tel:` address, with its context where that is a calling code.
fn addressed(text: &str) -> String {
    let rest = match text.split_once("tel:") {
        Some((_, rest)) => rest,
        None if text.contains(";phone-context=") => text,
        None => return text.to_owned(),
    };
    let mut parts = rest.split(';');
    let number = parts.next().unwrap_or("").to_owned();
    let context =
        parts.find_map(|part| part.strip_prefix("phone-context=")).filter(|part| part.starts_with('+'));
    match context {
        Some(code) if !number.starts_with('+') => {
            format!("{code}{}", number.strip_prefix('0').unwrap_or(&number))
        }
        _ => number,
    }
}

/// What stands before an extension.
fn without_extension(text: &str) -> String {
    const MARKS: [&str; 10] = [";", ";ext=", "ext", "доб", "anexo", "int", "#", "x", ",", "~"];
    let lower = text.to_lowercase().replace('ｅ', "e").replace('ｘ', "x").replace('ｔ', "t");
    let lower = if lower.len() == text.len() || lower.is_ascii() { lower } else { lower.replace('ｎ', "n") };
    let extends = |at: usize, mark: &str| {
        let tail = lower.get(at + mark.len()..).unwrap_or("");
        let tail = tail.strip_prefix("ension").or_else(|| tail.strip_prefix('n')).unwrap_or(tail);
        let tail =
            tail.trim_start_matches(|letter: char| !letter.is_alphanumeric()).trim_end_matches(['#', ' ']);
        (1..=20).contains(&tail.len())
            && tail.chars().all(|letter| letter.is_ascii_digit() || "/x- \\".contains(letter))
    };
    let marks = MARKS.iter().filter_map(|mark| Some((lower.find(mark)?, *mark)));
    let first = marks.filter(|(at, mark)| *at > 3 && extends(*at, mark)).map(|(at, _)| at).min();
    let head = first.and_then(|at| lower.get(..at)).unwrap_or(&lower);
    let head = head.trim_end_matches([',', ';', ' ']).to_owned();
    // An American extension: dash, digits, number sign.
    match head.rsplit_once('-') {
        Some((before, tail)) if tail.strip_suffix('#').is_some_and(is_digits) => before.to_owned(),
        _ => head,
    }
}

/// The digits of a number; three letters and more are those on the keys.
fn dialled(text: &str) -> Result<String, Fault> {
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    let mut digits = String::new();
    for letter in text.chars() {
        match letter {
            '0'..='9' => digits.push(letter),
            'a'..='z' if letters >= 3 => digits.push(key(letter)),
            'a'..='z' if letters < 3 => {}
            ' ' | '-' | '.' | '/' | '(' | ')' | '+' | '*' | '\'' | '\t' | '[' | ']' | '~' => {}
            _ => return Err(Fault::Format),
        }
    }
    let plus = text.matches('+').count();
    // Words alone are no number.
    if plus > 1 || text.chars().filter(char::is_ascii_digit).count() < 2 {
        return Err(Fault::Format);
    }
    if (2..=20).contains(&digits.len()) { Ok(digits) } else { Err(Fault::Length) }
}

fn key(letter: char) -> char {
    match letter {
        'a'..='c' => '2',
        'd'..='f' => '3',
        'g'..='i' => '4',
        'j'..='l' => '5',
        'm'..='o' => '6',
        'p'..='s' => '7',
        't'..='v' => '8',
        _ => '9',
    }
}
