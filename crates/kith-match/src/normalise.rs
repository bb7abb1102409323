//! What a value is before it is compared: the same thing, written the same way.

pub mod country;
pub mod date;
pub mod legal;
pub mod street;

#[cfg(test)]
mod tests;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Digits of a telephone number that are compared, from the end: what stands before is a country's or a trunk's prefix.
const PHONE_DIGITS: usize = 9;
const PHONE_DIGITS_MIN: usize = 5;
/// A number that begins with two zeros and has so many digits was dialled from abroad.
const ABROAD_DIGITS_MIN: usize = 11;

/// Doors to the mail of anybody: such a domain says nothing about a company.
const FREE_MAIL: [&str; 40] = [
    "163.com",
    "aol.com",
    "arcor.de",
    "btinternet.com",
    "comcast.net",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.fr",
    "icloud.com",
    "laposte.net",
    "libero.it",
    "live.com",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "orange.fr",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "rediffmail.com",
    "t-online.de",
    "verizon.net",
    "wanadoo.fr",
    "web.de",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.fr",
    "yandex.ru",
    "ymail.com",
];

/// Letters and digits in lower case without marks, words apart by one space. Points and apostrophes inside a word
/// vanish (`S.p.A.` is `spa`), everything else parts words.
pub fn fold(value: &str, out: &mut String) {
    out.clear();
    let mut run = 0_usize;
    let mut after_point = false;
    let mut push = |letter: char, out: &mut String| {
        if letter.is_alphanumeric() {
            if after_point && run > 1 {
                out.push(' ');
            }
            run = if after_point { 1 } else { run + 1 };
            after_point = false;
            out.push(letter);
        } else if letter == '.' {
            after_point = run > 0;
        } else if !matches!(letter, '\'' | '’' | '`' | '´') {
            (run, after_point) = (0, false);
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
    };
    if value.is_ascii() {
        value.chars().for_each(|letter| push(letter.to_ascii_lowercase(), out));
    } else {
        let plain = value.nfkd().filter(|letter| !is_combining_mark(*letter));
        for letter in plain.flat_map(char::to_lowercase) {
            match latin(letter) {
                Some(plain) => plain.chars().for_each(|letter| push(letter, out)),
                None => push(letter, out),
            }
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
}

/// Letters that have no decomposition and still a usual spelling in plain Latin.
fn latin(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŋ' => "n",
        _ => return None,
    })
}

/// An identifier without what parts its groups, in lower case; nothing if it is one character repeated.
pub fn identifier(value: &str, out: &mut String) {
    out.clear();
    out.extend(value.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase));
    if is_filler(out) {
        out.clear();
    }
}

/// `000000` and `xxxxxxx` stand for nothing known.
fn is_filler(value: &str) -> bool {
    let mut letters = value.chars();
    let Some(first) = letters.next() else { return false };
    value.len() > 3 && letters.all(|letter| letter == first)
}

/// A telephone number without the prefixes of country and trunk, of that the last nine digits; nothing if there are
/// fewer than five.
pub fn phone(value: &str, out: &mut String) {
    out.clear();
    let number = value.split(['x', 'X', ';', ',']).next().unwrap_or_default();
    out.extend(number.chars().filter(char::is_ascii_digit));
    let abroad = number.trim_start().starts_with('+');
    let dialled = out.starts_with("00") && out.len() >= ABROAD_DIGITS_MIN;
    let prefix = if dialled { 2 } else { 0 };
    if abroad || dialled {
        out.drain(..prefix + country_code(&out[prefix..]));
    }
    out.drain(..out.len() - out.trim_start_matches('0').len());
    if out.len() > PHONE_DIGITS {
        out.drain(..out.len() - PHONE_DIGITS);
    }
    if out.len() < PHONE_DIGITS_MIN || is_filler(out) {
        out.clear();
    }
}

/// How many digits the country's code has (ITU-T E.164).
fn country_code(digits: &str) -> usize {
    let known = match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3,
    };
    known.min(digits.len())
}

/// An e-mail address in lower case without what surrounds it.
pub fn email(value: &str, out: &mut String) {
    out.clear();
    let value = value.trim();
    let value = value.strip_prefix("mailto:").unwrap_or(value);
    out.extend(value.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase));
}

/// The domain of an e-mail address or of a web address, without `www.`; nothing where anybody may have mail.
pub fn domain(value: &str, out: &mut String) {
    out.clear();
    let value = value.trim();
    let value = value.split_once("://").map_or(value, |(_, rest)| rest);
    let value = value.rsplit_once('@').map_or(value, |(_, rest)| rest);
    let value = value.split(['/', '?', '#', ':', ' ', ',', ';']).next().unwrap_or_default();
    out.extend(value.chars().flat_map(char::to_lowercase));
    while let Some(rest) = out.strip_prefix("www.") {
        *out = rest.to_owned();
    }
    while out.ends_with('.') {
        out.pop();
    }
    if !out.contains('.') || FREE_MAIL.contains(&out.as_str()) {
        out.clear();
    }
}

/// A number in its shortest writing; what is no number stays as text.
pub fn number(value: &str, out: &mut String) {
    let plain: String = value.chars().filter(|letter| !letter.is_whitespace() && *letter != ',').collect();
    match plain.parse::<f64>() {
        Ok(number) if number.is_finite() => *out = number.to_string(),
        _ => fold(value, out),
    }
}

/// Soundex of the first word: its first letter and three digits for the consonants that follow.
#[must_use]
pub fn soundex(word: &str) -> [u8; 4] {
    let mut code = [b'0'; 4];
    let mut letters = word.bytes().take_while(|letter| *letter != b' ').filter(u8::is_ascii_alphabetic);
    let Some(first) = letters.next() else { return [0; 4] };
    code[0] = first.to_ascii_lowercase();
    let mut last = sound(code[0]);
    let mut filled = 1;
    for letter in letters {
        let letter = letter.to_ascii_lowercase();
        let digit = sound(letter);
        if digit != 0 && digit != last {
            code[filled] = b'0' + digit;
            filled += 1;
            if filled == code.len() {
                break;
            }
        }
        if !matches!(letter, b'h' | b'w') {
            last = digit;
        }
    }
    code
}

fn sound(letter: u8) -> u8 {
    match letter {
        b'b' | b'f' | b'p' | b'v' => 1,
        b'c' | b'g' | b'j' | b'k' | b'q' | b's' | b'x' | b'z' => 2,
        b'd' | b't' => 3,
        b'l' => 4,
        b'm' | b'n' => 5,
        b'r' => 6,
        _ => 0,
    }
}
