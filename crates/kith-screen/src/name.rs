//! A name taken apart: its words with what each says about whose name it is.

use std::borrow::Cow;

use crate::distance::{Letters, skeleton};
use crate::kind::Kind;
use crate::normalise::words::{full, is_generic, is_light, number, roman_letter};
use crate::normalise::{Word, legal, words};

/// What a word is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Tells whose name it is.
    Core,
    /// Many companies bear it.
    Generic,
    /// A title, an article, a joining word.
    Light,
    /// A number.
    Number(u32),
    /// A single letter that may stand for a name.
    Initial,
}

/// What the roles weigh.
mod weight {
    pub(super) const CORE: f32 = 1.0;
    pub(super) const GENERIC: f32 = 0.55;
    pub(super) const LIGHT: f32 = 0.1;
    pub(super) const NUMBER: f32 = 0.7;
    pub(super) const INITIAL: f32 = 0.4;
}

/// A word of a name.
#[derive(Debug, Clone)]
pub struct Token {
    /// Plain letters and digits.
    pub text: Box<str>,
    /// What it is for.
    pub role: Role,
    /// What it weighs.
    pub weight: f32,
    /// Written without vowels.
    pub abjad: bool,
    /// Its skeleton.
    pub skeleton: Box<[u8]>,
    /// Which letters it has.
    pub letters: Letters,
}

impl Token {
    /// A token of a text.
    #[must_use]
    pub fn new(text: String, role: Role, abjad: bool) -> Self {
        let weight = match role {
            Role::Core => weight::CORE,
            Role::Generic => weight::GENERIC,
            Role::Light => weight::LIGHT,
            Role::Number(_) => weight::NUMBER,
            Role::Initial => weight::INITIAL,
        };
        let (skeleton, letters) = (skeleton(text.as_bytes()).into(), Letters::of(text.as_bytes()));
        Self { text: text.into(), role, weight, abjad, skeleton, letters }
    }
}

/// Neighbouring words written together, as one more way to write them.
#[derive(Debug, Clone)]
pub struct Join {
    /// First word.
    pub at: usize,
    /// How many words.
    pub count: usize,
    /// The words together.
    pub token: Token,
}

/// A name taken apart.
#[derive(Debug, Clone)]
pub struct Name {
    /// Its words, legal forms left out.
    pub tokens: Vec<Token>,
    /// Neighbours written together.
    pub joins: Vec<Join>,
    /// The generic legal form.
    pub form: Option<&'static str>,
    /// Whether it is the name of no person, as far as can be told.
    pub body: bool,
}

/// Most words of a name that are compared.
const TOKENS_MAX: usize = 24;

impl Name {
    /// Takes a name apart.
    #[must_use]
    pub fn new(text: &str, kind: Kind) -> Self {
        let mut words = words(&without_acronym(text));
        let form = legal::strip(&mut words, kind == Kind::Person);
        words.truncate(TOKENS_MAX);
        let generic = kind != Kind::Person && words.iter().any(|word| is_generic(&word.text));
        let body = match kind {
            Kind::Person => false,
            Kind::Unknown => form.is_some() || generic,
            _ => true,
        };
        let words = numbers(phrases(words));
        let mut tokens: Vec<Token> = Vec::with_capacity(words.len());
        let count = words.len();
        for (at, word) in words.into_iter().enumerate() {
            let token = token(word, body, at > 0 && at + 1 == count);
            let twice = token.text.len() > 1 && tokens.last().is_some_and(|last| last.text == token.text);
            if !twice {
                tokens.push(token);
            }
        }
        // A name of light words, numbers or single letters alone is no less a name.
        if !tokens.iter().any(is_found) {
            tokens = tokens
                .into_iter()
                .map(|token| Token::new(token.text.into_string(), Role::Core, token.abjad))
                .collect();
        }
        let joins = joins(&tokens);
        Self { tokens, joins, form, body }
    }

    /// What all its words weigh.
    #[must_use]
    pub fn weight(&self) -> f32 {
        self.tokens.iter().map(|token| token.weight).sum()
    }

    /// What the words weigh that can be looked up by their letters.
    #[must_use]
    pub fn weight_found(&self) -> f32 {
        self.tokens.iter().filter(|token| is_found(token)).map(|token| token.weight).sum()
    }
}

/// Whether a word is looked up by its letters.
#[must_use]
pub fn is_found(token: &Token) -> bool {
    matches!(token.role, Role::Core | Role::Generic)
}

/// A name without its own first letters in brackets or quotes behind it: `National Oil Company (NOC)`.
fn without_acronym(text: &str) -> Cow<'_, str> {
    const BRACKETS: [(char, char); 4] = [('(', ')'), ('"', '"'), ('“', '”'), ('«', '»')];
    for (open, close) in BRACKETS {
        let Some((head, rest)) = text.split_once(open) else { continue };
        let Some((short, tail)) = rest.split_once(close) else { continue };
        if is_short_for(short.trim(), head) {
            return Cow::Owned(format!("{} {}", head.trim_end(), tail.trim_start()));
        }
    }
    Cow::Borrowed(text)
}

/// Whether one word is made of the first letters of others, in their order.
fn is_short_for(short: &str, words: &str) -> bool {
    const LETTERS: std::ops::RangeInclusive<usize> = 2..=10;
    let mut wanted = short.chars().flat_map(char::to_lowercase).peekable();
    let firsts = words.split(|letter: char| !letter.is_alphanumeric()).filter_map(|word| word.chars().next());
    for first in firsts.flat_map(char::to_lowercase) {
        if wanted.peek() == Some(&first) {
            wanted.next();
        }
    }
    LETTERS.contains(&short.chars().count())
        && short.chars().all(char::is_alphabetic)
        && wanted.peek().is_none()
}

fn token(word: Word, body: bool, last: bool) -> Token {
    let Word { text, abjad } = word;
    let text = full(&text).map_or(text, ToOwned::to_owned);
    let roman = if body && last { roman_letter(&text) } else { None };
    let role = if let Some(number) = roman.or_else(|| number(&text)) {
        Role::Number(number)
    } else if text.len() == 1 {
        Role::Initial
    } else if is_light(&text) {
        Role::Light
    } else if body && is_generic(&text) {
        Role::Generic
    } else {
        Role::Core
    };
    Token::new(text, role, abjad)
}

/// Two words that are one abbreviation elsewhere.
fn phrases(words: Vec<Word>) -> Vec<Word> {
    const PHRASES: [(&str, &str, &str); 2] = [("united", "states", "usa"), ("united", "kingdom", "uk")];
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        let before = out.last_mut();
        let known = |last: &Word| {
            PHRASES.iter().find(|(first, second, _)| *first == last.text && *second == word.text)
        };
        match before.and_then(|last| known(last).map(|(_, _, short)| (last, *short))) {
            Some((last, short)) => short.clone_into(&mut last.text),
            None => out.push(word),
        }
    }
    out
}

/// Words for tens and units become one number: `forty 4` is 44.
fn numbers(words: Vec<Word>) -> Vec<Word> {
    const TEN: u32 = 10;
    const TENS: std::ops::RangeInclusive<u32> = 20..=90;
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        let spelled = |word: &Word| word.text.bytes().all(|letter| letter.is_ascii_alphabetic());
        let tens = out.last().filter(|last| spelled(last)).and_then(|last| number(&last.text));
        let tens = tens.filter(|tens| TENS.contains(tens) && tens % TEN == 0);
        let unit = number(&word.text).filter(|unit| *unit < TEN);
        match (tens, unit, out.last_mut()) {
            (Some(tens), Some(unit), Some(last)) => last.text = (tens + unit).to_string(),
            _ => out.push(word),
        }
    }
    out
}

/// Two neighbours, or three around a light word (`abd al rahman`).
fn joins(tokens: &[Token]) -> Vec<Join> {
    let mut joins = Vec::new();
    for at in 0..tokens.len() {
        for count in 2..=3_usize {
            let Some(part) = tokens.get(at..at + count) else { continue };
            let heavy = part.iter().any(|token| token.role == Role::Core);
            let initials = part.iter().filter(|token| token.role == Role::Initial).count();
            let heavy = heavy && initials == 0 || initials == count;
            if !heavy || (count == 3 && part[1].role != Role::Light) {
                continue;
            }
            let text: String = part.iter().map(|token| token.text.as_ref()).collect();
            let abjad = part.iter().any(|token| token.abjad);
            joins.push(Join { at, count, token: Token::new(text, Role::Core, abjad) });
        }
    }
    joins
}
