//! Tokens → items: each run of tokens with its one meaning. Names of accounts first, then corrections of slips, then
//! the longest phrase.

use std::ops::Range;

use jiff::civil::Date;

use super::quantity::{Quantity, Reading, Window};
use super::token::{Sort, Token};
use super::vocabulary::{Meaning, Vocabulary};
use super::{NameHit, Names};
use crate::ast::BinaryOp;

/// Longest phrase and longest name in words.
const PHRASE_MAX: usize = 6;
/// Least likeness at which a name is taken for an account's.
const LIKENESS: f32 = 0.92;

/// What a run of tokens is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    Word(Meaning),
    Quantity(Quantity),
    Window(Window),
    Account(NameHit),
    /// Several accounts may be meant.
    Accounts(Vec<NameHit>),
    Comma,
    Unknown,
}

/// A run of tokens and what it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    pub(super) what: What,
    pub(super) tokens: Range<usize>,
}

/// Reads all items. Mistyped words are set right in the tokens.
pub(super) fn items(
    tokens: &mut [Token],
    vocabulary: &Vocabulary,
    names: &dyn Names,
    today: Date,
) -> Vec<Item> {
    let mut found = accounts(tokens, vocabulary, names);
    for (place, token) in tokens.iter_mut().enumerate() {
        let named = found.iter().any(|item| item.tokens.contains(&place));
        if token.sort == Sort::Word
            && !named
            && !vocabulary.knows(&token.stem)
            && let Some(word) = vocabulary.corrected(&token.stem)
        {
            word.clone_into(&mut token.stem);
        }
    }
    let reading = Reading { tokens, today };
    let mut at = 0;
    while at < tokens.len() {
        if let Some(item) = found.iter().find(|item| item.tokens.contains(&at)) {
            at = item.tokens.end;
            continue;
        }
        let until = found.iter().map(|item| item.tokens.start).filter(|start| *start > at).min();
        let (what, used) = item(&reading, at, until.unwrap_or(tokens.len()), vocabulary);
        found.push(Item { what, tokens: at..at + used });
        at += used;
    }
    found.sort_by_key(|item| item.tokens.start);
    found
}

/// The item at a place; it ends before `until`.
fn item(reading: &Reading<'_>, at: usize, until: usize, vocabulary: &Vocabulary) -> (What, usize) {
    let Some(token) = reading.tokens.get(at) else { return (What::Unknown, 1) };
    match &token.sort {
        Sort::Comma => return (What::Comma, 1),
        Sort::Quoted => return (What::Unknown, 1),
        Sort::Sign(sign) => {
            let op = match *sign {
                ">" => BinaryOp::Greater,
                ">=" => BinaryOp::GreaterEqual,
                "<" => BinaryOp::Less,
                "<=" => BinaryOp::LessEqual,
                "!=" => BinaryOp::NotEqual,
                _ => BinaryOp::Equal,
            };
            return (What::Word(Meaning::Compare(op)), 1);
        }
        _ => {}
    }
    if let Some((window, used)) = reading.window(at).filter(|(_, used)| at + used <= until) {
        return (What::Window(window), used);
    }
    let phrase = |length: usize| {
        let words: Vec<&str> = (at..at + length).map(|place| reading.stem(place)).collect();
        let whole = at + length <= until && words.iter().all(|word| !word.is_empty());
        let meaning = if whole { vocabulary.phrase(&words.join(" ")) } else { None };
        // "2 claims or more" and "ordering more" end there, "or more than 3", "ordered more than 5 times" go on.
        let goes_on = matches!(meaning, Some(Meaning::Suffix(_) | Meaning::Trend(_)))
            && reading.stem(at + length) == "than";
        meaning.filter(|_| !goes_on)
    };
    if let Some((meaning, length)) =
        (2..=PHRASE_MAX).rev().find_map(|n| phrase(n).map(|meaning| (meaning, n)))
    {
        return (What::Word(meaning), length);
    }
    if let Some((meaning, used)) = coded(reading, at, vocabulary).filter(|(_, used)| at + used <= until) {
        return (What::Word(meaning), used);
    }
    if let Some(meaning) = vocabulary.exact(&token.text) {
        return (What::Word(meaning), 1);
    }
    if let Some((quantity, used)) = reading.quantity(at).filter(|(_, used)| at + used <= until) {
        return (What::Quantity(quantity), used);
    }
    (phrase(1).map_or(What::Unknown, What::Word), 1)
}

/// A place by its code: "DE-BY" anywhere, "TX" after "in" or joined to such a code.
fn coded(reading: &Reading<'_>, at: usize, vocabulary: &Vocabulary) -> Option<(Meaning, usize)> {
    let code = |at: usize| {
        let token = reading.tokens.get(at)?;
        let short =
            (2..=3).contains(&token.text.len()) && token.text.bytes().all(|byte| byte.is_ascii_uppercase());
        short.then_some(token)
    };
    let token = code(at)?;
    if let Some(next) = code(at + 1).filter(|next| next.span.at == token.span.end() + 1)
        && let Some(meaning) = vocabulary.iso(&token.text, &next.text)
    {
        return Some((meaning, 2));
    }
    if vocabulary.exact(&token.text).is_some() {
        return None;
    }
    let before = at.checked_sub(1)?;
    let placed = matches!(reading.stem(before), "in" | "from" | "near")
        && reading.tokens.get(before).is_some_and(|token| !token.capital);
    let joint = reading.tokens.get(before)?;
    let joined = (joint.sort == Sort::Comma || matches!(reading.stem(before), "and" | "or"))
        && before.checked_sub(1).is_some_and(|first| code(first).is_some());
    if !(placed || joined) {
        return None;
    }
    vocabulary.code(&token.text).map(|meaning| (meaning, 1))
}

/// The accounts named: quoted texts, runs of capitalised words, and runs of words without another meaning.
fn accounts(tokens: &[Token], vocabulary: &Vocabulary, names: &dyn Names) -> Vec<Item> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let run = run(tokens, at, vocabulary);
        let named = (1..=run).rev().find_map(|length| {
            let words = tokens.get(at..at + length)?;
            let strange = words.iter().any(|token| token.sort == Sort::Quoted || strange(token, vocabulary));
            let proper = length > 1 && at > 0 && words.iter().all(|token| token.capital);
            if !strange && !proper {
                return None;
            }
            let text = words.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ");
            chosen(names.find(&text)).map(|what| Item { what, tokens: at..at + length })
        });
        at = named.as_ref().map_or(at + 1, |item| item.tokens.end);
        found.extend(named);
    }
    found
}

/// How many tokens from here on may be one name.
fn run(tokens: &[Token], at: usize, vocabulary: &Vocabulary) -> usize {
    let may_be_named = |token: &Token| match token.sort {
        Sort::Quoted => true,
        Sort::Word => token.capital || strange(token, vocabulary) || token.stem == "and",
        _ => false,
    };
    if tokens.get(at).is_none_or(|token| token.stem == "and") {
        return 0;
    }
    let run = tokens.iter().skip(at).take(PHRASE_MAX).take_while(|token| may_be_named(token)).count();
    // "and" joins only inside a name.
    let ends_in_and = tokens.get(at + run.saturating_sub(1)).is_some_and(|token| token.stem == "and");
    run - usize::from(ends_in_and && run > 0)
}

fn strange(token: &Token, vocabulary: &Vocabulary) -> bool {
    token.sort == Sort::Word && !vocabulary.knows(&token.stem) && token.stem.len() > 1
}

/// One account, several that may be meant, or none.
fn chosen(mut hits: Vec<NameHit>) -> Option<What> {
    hits.retain(|hit| hit.score >= LIKENESS);
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.name.cmp(&b.name)));
    hits.dedup_by(|a, b| a.account == b.account);
    match hits.as_slice() {
        [] => None,
        [only] => Some(What::Account(only.clone())),
        [first, second, ..] if first.score >= 0.999 && second.score < 0.999 => {
            Some(What::Account(first.clone()))
        }
        _ => Some(What::Accounts(hits)),
    }
}
