//! A question → tokens: words by their stem, numbers with their unit, dates, marks; each with its place.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::error::Span;

/// Longest question in bytes that is read.
pub(super) const LENGTH_MAX: usize = 1_000;

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sort {
    /// A word; its stem is lower-case and singular.
    Word,
    /// A number, `10`, `1.5m`, `80%`, `€80k`.
    Number { value: f64, percent: bool, currency: Option<&'static str> },
    /// `2026-03-01`.
    Date(Date),
    /// A comma or the like.
    Comma,
    /// `<`, `>=` and the like.
    Sign(&'static str),
    /// A text in quotes.
    Quoted,
}

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) sort: Sort,
    /// As written, without quotes and without `'s`.
    pub(super) text: String,
    pub(super) stem: String,
    pub(super) span: Span,
    /// Begins with a capital letter.
    pub(super) capital: bool,
}

/// Reads a question.
pub(super) fn tokens(question: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < question.len() {
        let rest = question.get(at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else { break };
        let len = if first.is_whitespace() { first.len_utf8() } else { token(rest, at, &mut found) };
        at += len.max(first.len_utf8());
    }
    found
}

/// Reads one token (or several, for a contraction) and gives its length.
fn token(rest: &str, at: usize, found: &mut Vec<Token>) -> usize {
    if let Some((date, len)) = iso_date(rest) {
        found.push(plain(Sort::Date(date), rest, at, len));
        return len;
    }
    if let Some((sort, len)) = number(rest, found.is_empty() || ends_before(found, at)) {
        found.push(plain(sort, rest, at, len));
        return len;
    }
    if let Some((inner, len)) = quoted(rest) {
        let mut token = plain(Sort::Quoted, rest, at, len);
        inner.clone_into(&mut token.text);
        found.push(token);
        return len;
    }
    for (written, sign) in [
        (">=", ">="),
        ("<=", "<="),
        ("≥", ">="),
        ("≤", "<="),
        ("!=", "!="),
        (">", ">"),
        ("<", "<"),
        ("=", "=="),
    ] {
        if rest.starts_with(written) {
            found.push(plain(Sort::Sign(sign), rest, at, written.len()));
            return written.len();
        }
    }
    if rest.starts_with([',', ';', '&', '+', '/']) {
        let joins = if rest.starts_with([',', ';']) { "," } else { "and" };
        let sort = if joins == "," { Sort::Comma } else { Sort::Word };
        let mut token = plain(sort, rest, at, 1);
        joins.clone_into(&mut token.stem);
        found.push(token);
        return 1;
    }
    word(rest, at, found)
}

/// Whether the last token ends before this place, so that a minus may begin a number.
fn ends_before(found: &[Token], at: usize) -> bool {
    found.last().is_some_and(|token| token.span.end() < at)
}

fn plain(sort: Sort, rest: &str, at: usize, len: usize) -> Token {
    let text = rest.get(..len).unwrap_or_default().to_owned();
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    Token { sort, stem: text.to_lowercase(), text, span: Span { at, len }, capital }
}

fn iso_date(rest: &str) -> Option<(Date, usize)> {
    let text = rest.get(..10)?;
    let next = rest.get(10..)?.chars().next();
    let date = text.parse().ok()?;
    (text.contains('-') && next.is_none_or(|c| !c.is_alphanumeric())).then_some((date, 10))
}

fn quoted(rest: &str) -> Option<(&str, usize)> {
    let (open, close) =
        [('"', '"'), ('“', '”'), ('«', '»'), ('‘', '’')].into_iter().find(|(o, _)| rest.starts_with(*o))?;
    let inner = rest.get(open.len_utf8()..)?;
    let end = inner.find(close)?;
    let text = inner.get(..end)?;
    Some((text, open.len_utf8() + end + close.len_utf8()))
}

/// A number with its sign, currency symbol, thousands, magnitude and percent sign.
fn number(rest: &str, signed: bool) -> Option<(Sort, usize)> {
    let symbols = [("€", "EUR"), ("$", "USD"), ("£", "GBP"), ("¥", "JPY")];
    let symbol = symbols.into_iter().find(|(symbol, _)| rest.starts_with(symbol));
    let mut len = symbol.map_or(0, |(symbol, _)| symbol.len());
    let tail = |len: usize| rest.get(len..).unwrap_or_default();
    let minus = signed && tail(len).starts_with(['-', '−']);
    if minus {
        len += tail(len).chars().next().map_or(0, char::len_utf8);
    }
    let digits: usize = tail(len)
        .char_indices()
        .take_while(|(place, c)| {
            let next = tail(len).get(place + 1..).and_then(|t| t.chars().next());
            c.is_ascii_digit()
                || (matches!(c, ',' | '.') && *place > 0 && next.is_some_and(|n| n.is_ascii_digit()))
        })
        .count();
    if digits == 0 {
        return None;
    }
    let value = decimal(tail(len).get(..digits)?)?;
    len += digits;
    let suffix: String = tail(len).chars().take_while(|c| c.is_alphabetic()).collect();
    let scale = match suffix.to_lowercase().as_str() {
        "" => 1.0,
        "k" | "tsd" => 1e3,
        "m" | "mn" | "mio" | "mm" => 1e6,
        "bn" | "b" => 1e9,
        // `1st`, `2nd` and `10x` are words.
        _ => return None,
    };
    len += suffix.len();
    let mut percent = tail(len).starts_with('%');
    len += usize::from(percent);
    if tail(len).starts_with(" %") {
        percent = true;
        len += 2;
    }
    let currency = symbol.map(|(_, code)| code).or_else(|| {
        let (symbol, code) = symbols.into_iter().find(|(symbol, _)| tail(len).starts_with(symbol))?;
        len += symbol.len();
        Some(code)
    });
    let value = value * scale * if minus { -1.0 } else { 1.0 };
    Some((Sort::Number { value, percent, currency }, len))
}

/// `1,000.50`, `10.000`, `0.95`, `1,5`: a mark followed by exactly three digits groups thousands, unless nothing but
/// zero stands before it; any other is the decimal point.
fn decimal(text: &str) -> Option<f64> {
    let groups: Vec<&str> = text.split([',', '.']).collect();
    let (whole, rest) = groups.split_first()?;
    let mut plain = (*whole).to_owned();
    for (place, group) in rest.iter().enumerate() {
        let last = place + 1 == rest.len();
        let comma_and_point = text.contains(',') && text.contains('.');
        let grouping = group.len() == 3 && !whole.trim_start_matches('0').is_empty() && whole.len() <= 3;
        if !grouping || (last && comma_and_point) {
            if !last {
                return None;
            }
            plain.push('.');
        }
        plain.push_str(group);
    }
    plain.parse().ok()
}

/// A word; `haven't` becomes `have` and `not`, `Acme's` becomes `Acme`.
fn word(rest: &str, at: usize, found: &mut Vec<Token>) -> usize {
    let len: usize = rest
        .char_indices()
        .take_while(|(place, c)| {
            let next = rest.get(place + c.len_utf8()..).and_then(|tail| tail.chars().next());
            c.is_alphanumeric() || (is_apostrophe(*c) && *place > 0 && next.is_some_and(char::is_alphabetic))
        })
        .map(|(_, c)| c.len_utf8())
        .sum();
    if len == 0 {
        return 0;
    }
    let text: String = rest.get(..len).unwrap_or_default().to_owned();
    let lower: String = text.to_lowercase().nfkc().map(|c| if is_apostrophe(c) { '\'' } else { c }).collect();
    let (head, negated) = match lower.strip_suffix("n't") {
        Some("ca") => ("can", true),
        Some("wo") => ("will", true),
        Some(head) => (head, true),
        None if lower == "cannot" => ("can", true),
        None => (lower.strip_suffix("'s").unwrap_or(&lower), false),
    };
    let span = Span { at, len };
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    let bare = match text.char_indices().rev().nth(1) {
        Some((place, c)) if is_apostrophe(c) && !negated => text.get(..place).unwrap_or_default().to_owned(),
        _ => text.clone(),
    };
    let contracted =
        lower.ends_with("'s") && ["what", "who", "how", "where", "that", "it", "there"].contains(&head);
    found.push(Token { sort: Sort::Word, text: bare, stem: stem(head), span, capital });
    for (added, stem) in [(negated, "not"), (contracted, "is")] {
        if added {
            let token =
                Token { sort: Sort::Word, text: text.clone(), stem: stem.to_owned(), span, capital: false };
            found.push(token);
        }
    }
    len
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`')
}

/// The singular of an English noun, by its ending. The vocabulary goes through the same, so what matters is only
/// that both sides agree.
pub(super) fn stem(word: &str) -> String {
    let kept = [
        "this", "less", "plus", "previous", "always", "is", "was", "has", "does", "us", "vs", "as", "series",
    ];
    if kept.contains(&word)
        || word.len() < 4
        || word.ends_with("ss")
        || word.ends_with("us")
        || word.ends_with("is")
    {
        return word.to_owned();
    }
    if let Some(head) = word.strip_suffix("ies").filter(|head| head.len() > 1) {
        return format!("{head}y");
    }
    let sibilant = ["sses", "xes", "ches", "shes", "zes"].iter().any(|ending| word.ends_with(ending));
    if sibilant && let Some(head) = word.strip_suffix("es") {
        return head.to_owned();
    }
    word.strip_suffix('s').unwrap_or(word).to_owned()
}

/// The stems of a phrase, one space between.
pub(super) fn stems(phrase: &str) -> String {
    let words = tokens(phrase).into_iter().map(|token| token.stem);
    words.collect::<Vec<_>>().join(" ")
}
