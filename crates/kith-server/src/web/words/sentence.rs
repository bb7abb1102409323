//! The form of a sentence that the engine tells, with the places of its values.

/// The place where nothing but a count stands.
const COUNT: &str = "n";

/// `1,204` or `3.5`.
fn is_count(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
}

/// A sentence of the engine: its English form, by which it is known, and the form of another language.
#[derive(Debug)]
pub(super) struct Pattern {
    /// The text before, between and after the places.
    pub(super) parts: Vec<&'static str>,
    pub(super) names: Vec<&'static str>,
    pub(super) other: &'static str,
}

impl Pattern {
    pub(super) fn read(english: &'static str, other: &'static str) -> Self {
        let (mut parts, mut names, mut rest) = (Vec::new(), Vec::new(), english);
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            parts.push(before);
            names.push(name);
            rest = after;
        }
        parts.push(rest);
        Self { parts, names, other }
    }

    /// The values, when the text is of this form: each as short as it can be, the last up to the end.
    pub(super) fn values<'a>(&self, text: &'a str) -> Option<Vec<&'a str>> {
        let (first, others) = self.parts.split_first()?;
        let (last, between) = others.split_last()?;
        let mut rest = text.strip_prefix(first)?.strip_suffix(last)?;
        let mut values = Vec::with_capacity(self.names.len());
        for part in between {
            let (value, after) = rest.split_once(part)?;
            values.push(value);
            rest = after;
        }
        values.push(rest);
        let fits = |(name, value): (&&str, &&str)| !value.is_empty() && (*name != COUNT || is_count(value));
        self.names.iter().zip(&values).all(fits).then_some(values)
    }
}
