//! Texts that people enter: trimmed, NFC, bounded, without control characters.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextError {
    /// Nothing that can be seen.
    Empty,
    /// More than so many characters.
    Long(usize),
    /// A control character (or, where only one line is allowed, a line break or what turns the direction of reading).
    Control,
}

impl TextError {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "required",
            Self::Long(_) => "too_long",
            Self::Control => "control_character",
        }
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a text is required here"),
            Self::Long(most) => write!(f, "the text is longer than {most} characters"),
            Self::Control => f.write_str("the text holds a control character"),
        }
    }
}

impl std::error::Error for TextError {}

/// One line of text: trimmed, NFC, 1 to `most` characters.
///
/// # Errors
/// [`TextError`] when it is empty, too long, or holds a control character or one that turns the direction of reading.
pub fn line(text: &str, most: usize) -> Result<String, TextError> {
    bounded(text, most, |letter| letter.is_control() || turns_reading(letter))
}

/// Whether what follows the character is read in another direction: with it one name can be made to look like another.
#[must_use]
pub fn turns_reading(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Joiners and marks of direction that belong to scripts, and nothing by themselves.
fn is_unseen(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Text of several lines: as [`line()`], but line breaks and tabs are allowed; `most` counts bytes.
///
/// # Errors
/// [`TextError`] when it is empty, too long, or holds another control character.
pub fn paragraph(text: &str, most: usize) -> Result<String, TextError> {
    if text.len() > most {
        return Err(TextError::Long(most));
    }
    bounded(text, most, |letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
}

fn bounded(text: &str, most: usize, refused: impl Fn(char) -> bool) -> Result<String, TextError> {
    let text: String = text.trim().nfc().collect();
    if text.chars().all(is_unseen) {
        return Err(TextError::Empty);
    }
    if text.chars().any(refused) {
        return Err(TextError::Control);
    }
    if text.chars().nth(most).is_some() { Err(TextError::Long(most)) } else { Ok(text) }
}
