//! Texts and bytes in quotes: raw, triple, with escapes; and how to write a text back.

use std::fmt::Write as _;

use super::Kind;
use crate::error::{Error, Span};

/// How a quoted literal opens.
pub(super) struct Quote {
    raw: bool,
    bytes: bool,
    /// Length of the prefix letters.
    prefix: usize,
    /// One or three quote characters.
    marks: &'static str,
}

/// The opening of a quoted literal, when one is here.
pub(super) fn opening(rest: &str) -> Option<Quote> {
    let letters = super::leading(rest, |c| matches!(c, 'r' | 'R' | 'b' | 'B'));
    if letters.len() > 2 {
        return None;
    }
    let lower = letters.to_ascii_lowercase();
    let known = matches!(lower.as_str(), "" | "r" | "b" | "rb" | "br");
    let tail = rest.get(letters.len()..).unwrap_or_default();
    let marks = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|marks| tail.starts_with(marks))?;
    known.then(|| Quote {
        raw: lower.contains('r'),
        bytes: lower.contains('b'),
        prefix: letters.len(),
        marks,
    })
}

/// Reads a quoted literal; gives where it ends.
pub(super) fn read(text: &str, at: usize, quote: &Quote) -> Result<(Kind, usize), Error> {
    let open = at.saturating_add(quote.prefix).saturating_add(quote.marks.len());
    let unended = || {
        Error::new(Span::between(at, open), "syntax", "the text in quotes does not end")
            .with_hint(format!("close it with {}", quote.marks))
    };
    let mut out = Vec::new();
    let mut here = open;
    loop {
        let rest = text.get(here..).unwrap_or_default();
        if rest.starts_with(quote.marks) {
            let end = here.saturating_add(quote.marks.len());
            return finish(out, quote, Span::between(at, end)).map(|kind| (kind, end));
        }
        let Some(next) = rest.chars().next() else { return Err(unended()) };
        if matches!(next, '\n' | '\r') && quote.marks.len() == 1 {
            return Err(unended());
        }
        if next == '\\' && !quote.raw {
            let len = escape(rest, quote.bytes, &mut out).ok_or_else(|| {
                Error::new(Span { at: here, len: 1 }, "syntax", "this escape is not known")
                    .with_hint("write \\\\ for a backslash")
            })?;
            here = here.saturating_add(len);
            continue;
        }
        push(next, &mut out);
        here = here.saturating_add(next.len_utf8());
    }
}

fn finish(out: Vec<u8>, quote: &Quote, span: Span) -> Result<Kind, Error> {
    if quote.bytes {
        return Ok(Kind::Bytes(out));
    }
    String::from_utf8(out)
        .map(Kind::Text)
        .map_err(|_| Error::new(span, "syntax", "the text is not valid UTF-8"))
}

fn push(c: char, out: &mut Vec<u8>) {
    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Reads one escape and gives its length; `None` when it is not known.
fn escape(rest: &str, bytes: bool, out: &mut Vec<u8>) -> Option<usize> {
    let letter = rest.chars().nth(1)?;
    let simple = match letter {
        'a' => Some('\u{7}'),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        'v' => Some('\u{b}'),
        '\\' | '?' | '"' | '\'' | '`' => Some(letter),
        _ => None,
    };
    if let Some(c) = simple {
        push(c, out);
        return Some(2);
    }
    let (from, digits, radix) = match letter {
        'x' | 'X' => (2, 2, 16),
        'u' => (2, 4, 16),
        'U' => (2, 8, 16),
        '0'..='3' => (1, 3, 8),
        _ => return None,
    };
    let end = from + digits;
    let code = rest.get(from..end).filter(|word| word.chars().all(|c| c.is_digit(radix)))?;
    let value = u32::from_str_radix(code, radix).ok()?;
    match (bytes, digits) {
        (true, 2 | 3) => out.push(u8::try_from(value).ok()?),
        (true, _) => return None,
        (false, _) => push(char::from_u32(value)?, out),
    }
    Some(end)
}

/// Writes a text in double quotes so that reading gives it back.
pub(crate) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Writes bytes in double quotes so that reading gives them back.
pub(crate) fn write_bytes(bytes: &[u8], out: &mut String) {
    out.push_str("b\"");
    for byte in bytes {
        match byte {
            b'"' | b'\\' => {
                out.push('\\');
                out.push(char::from(*byte));
            }
            0x20..=0x7e => out.push(char::from(*byte)),
            _ => {
                let _ = write!(out, "\\x{byte:02x}");
            }
        }
    }
    out.push('"');
}
