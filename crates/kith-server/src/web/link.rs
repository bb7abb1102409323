//! Addresses of the pages: every state of the screen is a URL.

use std::fmt::Write as _;

/// An address being built: members without a value are left out.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    text: String,
    first: bool,
}

impl Link {
    /// An address without a query.
    pub(crate) fn to(path: &str) -> Self {
        Self { text: path.to_owned(), first: true }
    }

    /// Adds `name=value`, unless the value is empty.
    pub(crate) fn with(self, name: &str, value: &str) -> Self {
        if value.is_empty() { self } else { self.always(name, value) }
    }

    /// Adds `name=value`, even when the value is empty.
    pub(crate) fn always(mut self, name: &str, value: &str) -> Self {
        self.text.push(if self.first { '?' } else { '&' });
        self.first = false;
        self.text.push_str(name);
        self.text.push('=');
        self.text.push_str(&escaped(value));
        self
    }

    /// The address.
    pub(crate) fn done(self) -> String {
        self.text
    }
}

/// Percent-encodes everything that is not unreserved (RFC 3986 §2.3).
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The filter that the form of a chip asks for: `with` (the whole filter without that chip, member `with` of the
/// form) and the edited condition (member `f`). An empty condition removes the chip.
#[must_use]
pub fn joined(with: &str, condition: &str) -> String {
    match (with.trim(), condition.trim()) {
        ("", condition) => condition.to_owned(),
        (with, "") => with.to_owned(),
        (with, condition) => format!("{} && {}", grouped(with), grouped(condition)),
    }
}

/// Parentheses where an `||` or a `?:` would otherwise take in its neighbour.
fn grouped(expression: &str) -> String {
    if expression.contains("||") || expression.contains('?') {
        format!("({expression})")
    } else {
        expression.to_owned()
    }
}
