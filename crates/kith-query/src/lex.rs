//! Filter text → tokens.

pub(crate) mod quoted;

use crate::error::{Error, Span};

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// A name or a word such as `true`, `in`.
    Name(String),
    /// A name in backticks, only after a point.
    QuotedName(String),
    /// A whole number without sign.
    Int(u64),
    /// A whole number followed by `u`.
    Uint(u64),
    /// A number with a fraction or exponent.
    Double(f64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An operator or bracket.
    Mark(&'static str),
    /// The end of the text.
    End,
}

/// A token and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
}

/// Operators and brackets, longest first.
const MARKS: [&str; 25] = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "+", "-", "*", "/", "%", "?", ":", "(", ")", "[", "]",
    "{", "}", ",", ".", "=",
];

/// Reads all tokens; the last is [`Kind::End`].
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, Error> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        at = skip_blank(text, at);
        let rest = text.get(at..).unwrap_or_default();
        if rest.is_empty() {
            found.push(Token { kind: Kind::End, span: Span { at, len: 0 } });
            return Ok(found);
        }
        let (kind, end) = token(text, at)?;
        found.push(Token { kind, span: Span::between(at, end) });
        at = end;
    }
}

/// After white space and `// comments`.
fn skip_blank(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
        at = at.saturating_add(rest.len().saturating_sub(trimmed.len()));
        if !trimmed.starts_with("//") {
            return at;
        }
        at = at.saturating_add(trimmed.find('\n').unwrap_or(trimmed.len()));
    }
}

fn token(text: &str, at: usize) -> Result<(Kind, usize), Error> {
    let rest = text.get(at..).unwrap_or_default();
    if let Some(quote) = quoted::opening(rest) {
        return quoted::read(text, at, &quote);
    }
    let first = rest.chars().next().unwrap_or_default();
    let after = rest.chars().nth(1).unwrap_or_default();
    if first.is_ascii_digit() || (first == '.' && after.is_ascii_digit()) {
        return number(text, at);
    }
    if first == '_' || first.is_ascii_alphabetic() {
        let word = leading(rest, |c| c == '_' || c.is_ascii_alphanumeric());
        return Ok((Kind::Name(word.to_owned()), at.saturating_add(word.len())));
    }
    if first == '`' {
        let word = leading(rest.get(1..).unwrap_or_default(), |c| c != '`' && c != '\n');
        let end = at.saturating_add(word.len()).saturating_add(2);
        if word.is_empty() || text.get(..end).is_none_or(|read| !read.ends_with('`')) {
            return Err(Error::new(Span { at, len: 1 }, "syntax", "the name in backticks does not end"));
        }
        return Ok((Kind::QuotedName(word.to_owned()), end));
    }
    let mark = MARKS.iter().find(|mark| rest.starts_with(**mark));
    match mark {
        Some(&"=") => Err(Error::new(Span { at, len: 1 }, "syntax", "a single = means nothing here")
            .with_hint("write == to compare")),
        Some(mark) => Ok((Kind::Mark(mark), at.saturating_add(mark.len()))),
        None => Err(unknown(first, at)),
    }
}

fn unknown(found: char, at: usize) -> Error {
    let error = Error::new(
        Span { at, len: found.len_utf8() },
        "syntax",
        format!("{found:?} means nothing in a filter"),
    );
    match found {
        '&' => error.with_hint("write && for and"),
        '|' => error.with_hint("write || for or"),
        '“' | '”' | '‘' | '’' => error.with_hint("use straight quotes"),
        _ => error,
    }
}

/// The beginning of a text that passes.
pub(crate) fn leading(text: &str, mut passes: impl FnMut(char) -> bool) -> &str {
    let end = text.find(|c| !passes(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

fn number(text: &str, at: usize) -> Result<(Kind, usize), Error> {
    let rest = text.get(at..).unwrap_or_default();
    let (kind, len) = match rest.get(..2) {
        Some("0x" | "0X") => {
            let digits = leading(rest.get(2..).unwrap_or_default(), |c| c.is_ascii_hexdigit());
            (u64::from_str_radix(digits, 16).ok().map(Kind::Int), digits.len().saturating_add(2))
        }
        _ => decimal(rest),
    };
    let mut end = at.saturating_add(len);
    let tail = text.get(end..).unwrap_or_default();
    let suffix = leading(tail, |c| c == '_' || c.is_ascii_alphanumeric());
    let kind = match (kind, suffix) {
        (Some(Kind::Int(value)), "u" | "U") => {
            end = end.saturating_add(1);
            Kind::Uint(value)
        }
        (Some(kind), "") => kind,
        (_, suffix) => {
            let span = Span::between(at, end.saturating_add(suffix.len()));
            let word = text.get(span.at..span.end()).unwrap_or_default();
            return Err(Error::new(span, "syntax", format!("{word} is no number that can be held"))
                .with_hint("write numbers in full, such as 10000 or 0.5"));
        }
    };
    Ok((kind, end))
}

/// A number in base ten and how long it is.
fn decimal(rest: &str) -> (Option<Kind>, usize) {
    let digits = |from: usize| leading(rest.get(from..).unwrap_or_default(), |c| c.is_ascii_digit()).len();
    let whole = digits(0);
    let mut len = whole;
    let fraction =
        if rest.get(len..).is_some_and(|r| r.starts_with('.')) { digits(len.saturating_add(1)) } else { 0 };
    if fraction > 0 {
        len = len.saturating_add(1).saturating_add(fraction);
    }
    let tail = rest.get(len..).unwrap_or_default();
    let mut exponent = 0;
    if tail.starts_with(['e', 'E']) {
        let sign = usize::from(tail.get(1..).is_some_and(|r| r.starts_with(['+', '-'])));
        let from = len.saturating_add(1).saturating_add(sign);
        exponent = digits(from);
        if exponent > 0 {
            len = from.saturating_add(exponent);
        }
    }
    let word = rest.get(..len).unwrap_or_default();
    let kind = if fraction == 0 && exponent == 0 {
        word.parse().ok().map(Kind::Int)
    } else {
        word.parse().ok().filter(|value: &f64| value.is_finite()).map(Kind::Double)
    };
    (kind, len)
}
