//! From a name as written to its plain words: Latin letters and digits in lower case.

pub mod legal;
pub mod words;

#[cfg(test)]
mod tests;

use unicode_normalization::UnicodeNormalization;

/// A word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Plain letters and digits.
    pub text: String,
    /// Written in a script without vowels (Arabic, Hebrew): only its consonants can be compared.
    pub abjad: bool,
}

/// Names are compared by so many letters: a bound on what a hostile query can cost.
pub const LETTERS_MAX: usize = 256;

/// The words of a name. Points inside abbreviations and apostrophes vanish (`S.p.A.` is `spa`), a capital letter inside a
/// word begins a new one (`RamiMakhlouf`), everything else that is no letter or digit parts words.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut reader = Reader::default();
    for letter in text.nfkc().take(LETTERS_MAX) {
        reader.take(letter);
    }
    reader.end();
    reader.words
}

#[derive(Default)]
struct Reader {
    words: Vec<Word>,
    word: String,
    abjad: bool,
    /// Letters since the last point inside the word.
    run: usize,
    after_point: bool,
    lower_before: bool,
}

impl Reader {
    fn take(&mut self, letter: char) {
        if letter == '.' {
            self.after_point = self.run > 0;
            self.lower_before = false;
            return;
        }
        if is_silent(letter) {
            return;
        }
        if !letter.is_alphanumeric() && letter.is_ascii() {
            self.end();
            return;
        }
        let latin = if letter.is_ascii() { "" } else { any_ascii::any_ascii_char(letter) };
        if !letter.is_alphanumeric() && !latin.chars().any(|letter| letter.is_ascii_alphanumeric()) {
            // A vowel sign of Indic scripts or a mark of another one; anything else parts words.
            if !is_mark(letter) {
                self.end();
            }
            return;
        }
        if (self.after_point && self.run > 1) || (self.lower_before && letter.is_uppercase()) {
            self.end();
        }
        self.run = if self.after_point { 1 } else { self.run + 1 };
        self.after_point = false;
        self.abjad |= is_abjad(letter);
        self.lower_before = letter.is_lowercase();
        if letter.is_ascii() {
            self.word.push(letter.to_ascii_lowercase());
            return;
        }
        // Syllables of Chinese, Japanese and Korean are written with a capital letter: each is a word.
        let syllable = is_syllable(letter);
        if syllable && !self.word.is_empty() {
            self.end();
            self.run = 1;
        }
        let plain = latin.chars().filter(char::is_ascii_alphanumeric);
        self.word.extend(plain.map(|letter| letter.to_ascii_lowercase()));
    }

    fn end(&mut self) {
        if !self.word.is_empty() {
            // One sound, written in the French, the German and the English way.
            let text = self.word.replace("ph", "f").replace("tsch", "ch").replace("tch", "ch");
            self.words.push(Word { text, abjad: self.abjad });
            self.word.clear();
        }
        (self.run, self.after_point, self.abjad, self.lower_before) = (0, false, false, false);
    }
}

/// Apostrophes of all kinds and marks that carry no letter.
fn is_silent(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '`' | '´' | '‘' | '’' | 'ʼ' | 'ʿ' | 'ʾ' | 'ʻ' | 'ь' | 'Ь' | 'ъ' | 'Ъ' | '\u{200b}'
            ..='\u{200f}' | '\u{feff}'
    )
}

fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

fn is_abjad(letter: char) -> bool {
    matches!(letter, '\u{0590}'..='\u{06ff}' | '\u{0750}'..='\u{077f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

fn is_syllable(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}
