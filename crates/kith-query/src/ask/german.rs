//! Questions in German: their words become the English ones that the grammar knows, each with its place in the question.

mod words;

use std::collections::BTreeMap;

use super::token::{Sort, Token, stem};
use super::vocabulary::Vocabulary;
use words::GERMAN;

/// Longest German phrase, in words.
const PHRASE_MAX: usize = 4;
/// Least letters of a word's root.
const ROOT_MIN: usize = 4;
/// Least letters of a part of a compound.
const PART_MIN: usize = 4;

/// Words before which German has a comma that joins nothing.
const RELATIVE: &[&str] = &["der", "die", "das", "den", "dem", "deren", "dessen", "bei", "wo"];

/// German phrases by the roots of their words, and the English words for them.
pub(super) struct German {
    phrases: BTreeMap<String, &'static str>,
}

impl German {
    pub(super) fn new() -> Self {
        let mut phrases = BTreeMap::new();
        for (english, german) in GERMAN {
            for phrase in german.split(',') {
                phrases.entry(roots(phrase)).or_insert(*english);
            }
        }
        Self { phrases }
    }

    /// Whether a question is asked in German: it has as many words that only German has as words that only English has.
    fn speaks(&self, tokens: &[Token], vocabulary: &Vocabulary) -> bool {
        let (mut german, mut english) = (0, 0);
        for (place, token) in tokens.iter().enumerate().filter(|(_, token)| token.sort == Sort::Word) {
            match (self.word(&token.text).is_some(), vocabulary.knows(&token.stem)) {
                (true, false) => german += 1,
                // A name says nothing of the language.
                (false, true) if place == 0 || !token.capital => english += 1,
                _ => {}
            }
        }
        german > 0 && german >= english
    }

    /// The tokens in English, when they are German; as they are otherwise.
    pub(super) fn english(&self, tokens: Vec<Token>, vocabulary: &Vocabulary) -> Vec<Token> {
        if !self.speaks(&tokens, vocabulary) {
            return tokens;
        }
        let mut found = Vec::with_capacity(tokens.len());
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let relative = tokens.get(at + 1).is_some_and(|next| RELATIVE.contains(&next.text.as_str()));
            if token.sort == Sort::Comma && relative {
                at += 1;
                continue;
            }
            match self.phrase(&tokens, at) {
                Some((words, used)) => {
                    let end = tokens.get(at + used - 1).map_or(token.span.end(), |last| last.span.end());
                    let span = crate::error::Span::between(token.span.at, end);
                    found.extend(words.split(' ').map(|word| Token {
                        sort: Sort::Word,
                        text: word.to_owned(),
                        stem: stem(word),
                        span,
                        capital: false,
                    }));
                    at += used;
                }
                None => {
                    found.push(token.clone());
                    at += 1;
                }
            }
        }
        found
    }

    /// The English words for the longest German phrase at a place, and how many tokens it takes.
    fn phrase(&self, tokens: &[Token], at: usize) -> Option<(String, usize)> {
        let words: Vec<&str> = tokens.iter().skip(at).take(PHRASE_MAX).map_while(plain).collect();
        let long = (2..=words.len()).rev().find_map(|used| {
            let key = words.get(..used)?.iter().map(|word| root(word)).collect::<Vec<_>>().join(" ");
            self.phrases.get(&key).map(|english| ((*english).to_owned(), used))
        });
        long.or_else(|| self.word(words.first()?).map(|english| (english, 1)))
    }

    /// The English for one word, or for the two words that it is made of: "Premiumkunden".
    fn word(&self, word: &str) -> Option<String> {
        if let Some(english) = self.phrases.get(&root(word)) {
            return Some((*english).to_owned());
        }
        let folded = fold(word);
        let cuts = folded.char_indices().map(|(at, _)| at).filter(|at| *at >= PART_MIN);
        cuts.filter_map(|at| {
            let (head, tail) = (folded.get(..at)?, folded.get(at..)?);
            let tail = self.phrases.get(&root(tail)).filter(|_| tail.len() >= PART_MIN)?;
            // "Forderungsbetrag" is joined by an "s".
            let head = [Some(head), head.strip_suffix('s')].into_iter().flatten();
            let head = head.filter_map(|head| self.phrases.get(&root(head))).next()?;
            Some(format!("{head} {tail}"))
        })
        .next()
    }
}

fn plain(token: &Token) -> Option<&str> {
    (token.sort == Sort::Word && token.text.chars().all(char::is_alphabetic)).then_some(token.text.as_str())
}

/// In small letters, umlauts written out.
fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for letter in word.to_lowercase().chars() {
        match letter {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            other => folded.push(other),
        }
    }
    folded
}

/// A word without its endings. The list goes through the same, so what matters is only that both sides agree.
fn root(word: &str) -> String {
    let mut root = fold(word);
    loop {
        let cut = ["en", "er", "es", "em", "e", "n", "s"]
            .iter()
            .find_map(|ending| root.strip_suffix(ending).filter(|head| head.len() >= ROOT_MIN).map(str::len));
        match cut {
            Some(len) => root.truncate(len),
            None => return root,
        }
    }
}

fn roots(phrase: &str) -> String {
    phrase.split(' ').map(root).collect::<Vec<_>>().join(" ")
}
