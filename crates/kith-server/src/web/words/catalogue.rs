//! The catalogue: a file of `gettext`, of which a strict part is read.
//!
//! An entry is `msgctxt` where there is one, `msgid` and `msgstr`, each on one line, and a blank line after it.
//! Three kinds of entries: texts of the pages (no context), `code` (members of enumerations and ids), and `told` (what
//! the engine writes, with `{values}`). Entries stand sorted by context and text, so that two people who add some
//! seldom meet.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::sentence::Pattern;
use super::{fill, t};
use crate::web::clock;
use crate::web::number;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// `code`, `told` or nothing.
    pub(super) context: String,
    /// English.
    pub(super) english: String,
    /// The other language.
    pub(super) other: String,
}

/// A line that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The line, from 1.
    pub(super) line: usize,
    /// What is expected.
    pub(super) expected: &'static str,
}

/// Reads a catalogue with all its faults.
pub(super) fn parse(file: &str) -> (Vec<Entry>, Vec<Fault>) {
    let (mut entries, mut faults) = (Vec::<Entry>::new(), Vec::new());
    let mut lines = file.lines().enumerate().map(|(place, line)| (place + 1, line)).peekable();
    while let Some((line, text)) = lines.next() {
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let mut entry = Entry { context: String::new(), english: String::new(), other: String::new() };
        let mut at = (line, text);
        if let Some(context) = quoted(at.1, "msgctxt ") {
            entry.context = context;
            at = lines.next().unwrap_or((line, ""));
        }
        let Some(english) = quoted(at.1, "msgid ").filter(|english| !english.is_empty()) else {
            faults.push(Fault { line: at.0, expected: "msgid \"…\" on one line" });
            continue;
        };
        entry.english = english;
        at = lines.next().unwrap_or((at.0, ""));
        let Some(other) = quoted(at.1, "msgstr ").filter(|other| !other.is_empty()) else {
            faults.push(Fault { line: at.0, expected: "msgstr \"…\" on one line" });
            continue;
        };
        entry.other = other;
        if lines.peek().is_some_and(|(_, next)| !next.is_empty()) {
            faults.push(Fault { line: at.0, expected: "a blank line after the entry" });
        }
        let key = |entry: &Entry| (entry.context.clone(), entry.english.clone());
        if entries.last().is_some_and(|last| key(last) >= key(&entry)) {
            faults.push(Fault { line, expected: "sorted by context and text, each once" });
        }
        entries.push(entry);
    }
    (entries, faults)
}

/// The text of a line such as `msgid "…"`.
fn quoted(line: &str, word: &str) -> Option<String> {
    let text = line.strip_prefix(word)?.strip_prefix('"')?.strip_suffix('"')?;
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => return None,
            '\\' => plain.push(match letters.next()? {
                'n' => '\n',
                escaped @ ('"' | '\\') => escaped,
                _ => return None,
            }),
            _ => plain.push(letter),
        }
    }
    Some(plain)
}

/// A language's texts, ready to be looked up.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    texts: HashMap<&'static str, &'static str>,
    codes: HashMap<&'static str, &'static str>,
    told: HashMap<&'static str, &'static str>,
    /// By the first three letters of what they begin with; those that begin with a value under nothing.
    patterns: HashMap<&'static str, Vec<Pattern>>,
}

/// German.
pub(super) const GERMAN: &str = include_str!("de.po");

/// English: the same sentences of the engine, whose values are written as the reader writes them.
pub(super) fn english() -> &'static Catalogue {
    static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| {
        let told = parse(GERMAN).0.into_iter().filter(|entry| entry.context == "told");
        let same = |entry: Entry| Entry { other: entry.english.clone(), ..entry };
        Catalogue::of(told.filter(|entry| entry.english.contains('{')).map(same).collect())
    });
    &ENGLISH
}

/// The German catalogue.
pub(super) fn german() -> &'static Catalogue {
    static GERMAN_READ: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::of(parse(GERMAN).0));
    &GERMAN_READ
}

/// Places of a sentence where a name or a number of something stands.
const NAMES: [&str; 9] = ["name", "names", "who", "one", "other", "of", "number", "no", "first"];

/// What stands between several things that are told beside each other.
const BESIDE: &str = " · ";

/// The place of a sentence where the title of a change stands: a sentence itself, or a name.
const TITLE: &str = "change";

fn keep(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// A text without the capital at its beginning; `None` where it has none, or is an abbreviation.
fn small(text: &str) -> Option<String> {
    let mut letters = text.chars();
    let first = letters.next().filter(|letter| letter.is_uppercase())?;
    let rest = letters.as_str();
    rest.starts_with(|letter: char| letter.is_lowercase() || letter == ' ')
        .then(|| first.to_lowercase().chain(rest.chars()).collect())
}

/// The first letters by which a pattern is found.
fn start(text: &str) -> &str {
    text.char_indices().nth(3).map_or("", |(end, _)| &text[..end])
}

impl Catalogue {
    /// It lives as long as the program.
    pub(super) fn of(entries: Vec<Entry>) -> Self {
        let mut all = Self::default();
        for entry in entries {
            let (english, other) = (keep(entry.english), keep(entry.other));
            match entry.context.as_str() {
                "code" => drop(all.codes.insert(english, other)),
                "told" if english.contains('{') => {
                    let pattern = Pattern::read(english, other);
                    let first = pattern.parts.first().copied().unwrap_or_default();
                    all.patterns.entry(start(first)).or_default().push(pattern);
                }
                "told" => drop(all.told.insert(english, other)),
                _ => drop(all.texts.insert(english, other)),
            }
        }
        // The one that says most itself is tried first.
        for patterns in all.patterns.values_mut() {
            patterns.sort_by_key(|pattern| {
                std::cmp::Reverse(pattern.parts.iter().map(|part| part.len()).sum::<usize>())
            });
        }
        all
    }

    pub(super) fn text(&self, key: &str) -> Option<&'static str> {
        self.texts.get(key).copied()
    }

    pub(super) fn code(&self, code: &str) -> Option<&'static str> {
        self.codes.get(code).copied()
    }

    /// What the engine wrote, said in this language; as it is where it is not known.
    pub(super) fn told<'a>(&self, english: &'a str) -> Cow<'a, str> {
        if english.contains(BESIDE) {
            let parts: Vec<Cow<'_, str>> = english.split(BESIDE).map(|part| self.told(part)).collect();
            return Cow::Owned(parts.join(BESIDE));
        }
        if let Some(list) = self.listed(english) {
            return Cow::Owned(list);
        }
        if let Some(known) = self.whole(english) {
            return known;
        }
        if let Some((said, _)) = self.sentences(english) {
            return Cow::Owned(said);
        }
        // The first of several things has a capital.
        if let Some(known) =
            small(english).and_then(|text| self.whole(&text).map(|known| number::capital(&known)))
        {
            return Cow::Owned(known);
        }
        // Several things in one line: each is said by itself.
        for between in [" · ", "; ", ", "] {
            if !english.contains(between) {
                continue;
            }
            let parts: Vec<Cow<'_, str>> = english.split(between).map(|part| self.told(part)).collect();
            if english.split(between).zip(&parts).any(|(before, after)| before != after) {
                return Cow::Owned(parts.join(between));
            }
        }
        Cow::Borrowed(english)
    }

    /// Several things in one line, the first with a capital, where each of them is known by itself: before a form that would
    /// take most of the line for a value.
    fn listed(&self, english: &str) -> Option<String> {
        if !english.contains(", ") || self.told.contains_key(english) {
            return None;
        }
        let first = english.split(", ").next()?;
        let small = small(first).and_then(|text| self.whole(&text).map(|known| number::capital(&known)));
        let begun = small.map(Cow::Owned).or_else(|| self.whole(first))?;
        let rest = english.split(", ").skip(1).map(|part| self.whole(part));
        let rest: Vec<Cow<'_, str>> = rest.collect::<Option<_>>()?;
        Some(std::iter::once(begun).chain(rest).collect::<Vec<_>>().join(", "))
    }

    /// Several sentences, each said by itself, and whether all are known; `None` where none of them is.
    fn sentences(&self, english: &str) -> Option<(String, bool)> {
        if !english.contains(". ") {
            return None;
        }
        let parts = || english.split_inclusive(". ").map(str::trim_end);
        let said: Vec<Option<Cow<'_, str>>> = parts().map(|part| self.whole(part)).collect();
        let all = said.iter().all(Option::is_some);
        let any = said.iter().any(Option::is_some);
        let texts = said.into_iter().zip(parts()).map(|(said, part)| said.unwrap_or(Cow::Borrowed(part)));
        any.then(|| (texts.collect::<Vec<_>>().join(" "), all))
    }

    /// A text as a whole, or of a known form.
    fn whole<'a>(&self, english: &'a str) -> Option<Cow<'a, str>> {
        if let Some(known) = self.told.get(english).or_else(|| self.texts.get(english)) {
            return Some(Cow::Borrowed(known));
        }
        // Before a form that would take a whole sentence for a value.
        if let Some((said, true)) = self.sentences(english) {
            return Some(Cow::Owned(said));
        }
        let candidates =
            [start(english), ""].into_iter().filter_map(|first| self.patterns.get(first)).flatten();
        for pattern in candidates {
            if let Some(values) = pattern.values(english) {
                let said = pattern.names.iter().zip(values).map(|(name, value)| self.argument(name, value));
                let said: Vec<String> = said.collect();
                let named =
                    pattern.names.iter().copied().zip(said.iter().map(|text| text as &dyn std::fmt::Display));
                return Some(Cow::Owned(fill(pattern.other, &named.collect::<Vec<_>>())));
            }
        }
        None
    }

    /// A value by its place: what somebody or something is called is never written anew.
    fn argument(&self, name: &str, value: &str) -> String {
        match name {
            TITLE => self.whole(value).map_or_else(|| value.to_owned(), Cow::into_owned),
            name if NAMES.contains(&name) => value.to_owned(),
            _ => self.value(value),
        }
    }

    /// A value inside a sentence: a moment, a day, an amount, a code, or a text of its own; several of them, each
    /// by itself.
    fn value(&self, value: &str) -> String {
        if let Some(known) = self.code_of(value) {
            return (*known).to_owned();
        }
        if let Some(figure) = number::reread(value) {
            return figure;
        }
        if let Some(known) = self.whole(value) {
            return known.into_owned();
        }
        // A sentence that another one took in without its point.
        if let Some(known) = self.whole(&format!("{value}.")) {
            return known.strip_suffix('.').map_or_else(|| known.to_string(), str::to_owned);
        }
        if let Some((said, _)) = self.sentences(value) {
            return said;
        }
        for between in [", ", " and "] {
            if value.contains(between) {
                let here = if between == ", " { between } else { t(between) };
                return value.split(between).map(|part| self.value(part)).collect::<Vec<_>>().join(here);
            }
        }
        clock::moment(value).unwrap_or_else(|| clock::date(value))
    }

    /// A code as the engine writes it into a sentence, with blanks.
    fn code_of(&self, value: &str) -> Option<&&'static str> {
        self.codes.get(value).or_else(|| self.codes.get(value.replace(' ', "_").as_str()))
    }
}
