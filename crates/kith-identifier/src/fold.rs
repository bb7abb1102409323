//! Characters that look alike are read alike: a full-width digit is a digit, an em dash is a dash.

/// The plain character that people mean by this one.
pub(crate) fn fold(letter: char) -> char {
    if letter.is_ascii() {
        return if letter == '`' { '\'' } else { letter };
    }
    if let Some(digit) = digit(letter) {
        return digit;
    }
    match letter {
        '\u{58a}'
        | '\u{5be}'
        | '\u{2010}'..='\u{2015}'
        | '\u{fe63}'
        | '\u{ff0d}'
        | '\u{180a}'
        | '\u{203e}'
        | '\u{2043}'
        | '\u{af}'
        | '\u{2d7}'
        | '\u{ffe3}'
        | '\u{1680}'
        | '\u{207b}'
        | '\u{208b}'
        | '\u{2212}'
        | '\u{23af}'
        | '\u{23ba}'
        | '\u{23bb}'
        | '\u{23bc}'
        | '\u{23bd}'
        | '\u{23e4}' => '-',
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{b7}' | '\u{387}' | '\u{6d4}' | '\u{3002}' | '\u{701}' | '\u{702}' | '\u{f0b}' | '\u{f0c}'
        | '\u{16eb}' | '\u{2022}' | '\u{2024}' | '\u{2027}' | '\u{2e31}' | '\u{30fb}' | '\u{fe52}'
        | '\u{ff0e}' | '\u{ff65}' | '\u{10101}' | '\u{1091f}' | '\u{10a50}' | '\u{2d9}' | '\u{2219}'
        | '\u{22c5}' => '.',
        '\u{60c}' | '\u{201a}' | '\u{3001}' | '\u{66b}' | '\u{66c}' | '\u{2032}' | '\u{2e34}'
        | '\u{fe10}' | '\u{fe50}' | '\u{ff0c}' | '\u{b8}' => ',',
        '\u{ff0f}' | '\u{2215}' | '\u{29f8}' | '\u{2044}' => '/',
        '\u{1361}' | '\u{16ec}' | '\u{1804}' | '\u{fe13}' | '\u{fe30}' | '\u{fe55}' | '\u{ff1a}' => ':',
        '\u{66d}' | '\u{fe61}' | '\u{ff0a}' | '\u{2217}' | '\u{22c6}' | '\u{204e}' | '\u{2731}' => '*',
        '\u{b4}' | '\u{2b9}' | '\u{2bb}' | '\u{2bc}' | '\u{2bd}' | '\u{2be}' | '\u{2018}' | '\u{2019}'
        | '\u{201b}' => '\'',
        other => other,
    }
}

/// Full-width and mathematical digits.
fn digit(letter: char) -> Option<char> {
    let code = u32::from(letter);
    let value = match code {
        0xff10..=0xff19 => code - 0xff10,
        0x1d7ce..=0x1d7ff => (code - 0x1d7ce) % 10,
        _ => return None,
    };
    char::from_digit(value, 10)
}
