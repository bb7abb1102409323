//! Texts in the language of the reader. The English text is the key; `words/de.po` has the German one.
//!
//! Templates say texts by being written ([`kith_template::html`]); everything else says them with [`t`],
//! `say!` and `plural!`. What the engine wrote in English is said with [`told`], a code with [`code`].

use std::borrow::Cow;
use std::fmt::{Display, Write as _};

mod catalogue;
mod locale;
mod pseudo;
mod sentence;

#[cfg(test)]
mod tests;

pub(crate) use locale::{Format, Language, heard, read_in, reader, settle, zone};

#[cfg(test)]
pub(crate) use locale::reading;

use catalogue::{english, german};

/// A text of the catalogue in the reader's language.
pub(crate) fn t(key: &'static str) -> &'static str {
    match reader().language {
        Language::English => key,
        Language::German => german().text(key).unwrap_or(key),
        Language::Pseudo => pseudo::stretched(key),
    }
}

/// Marks a text of the catalogue where it is written down; it is said with [`t`] where it is shown.
pub(crate) const fn word(key: &'static str) -> &'static str {
    key
}

/// A code in the reader's language, as it stands inside a sentence; `None` where it is spelt in English.
pub(crate) fn code(code: &str) -> Option<Cow<'static, str>> {
    match reader().language {
        Language::English => None,
        Language::German => german().code(code).map(Cow::Borrowed),
        Language::Pseudo => Some(Cow::Owned(pseudo::bracketed(code))),
    }
}

/// What the engine wrote in English: whole sentences, and sentences whose values differ. The form of the sentence is its
/// key; amounts, figures, days and moments in it are written as the reader writes them, in English too.
pub(crate) fn told(text: &str) -> Cow<'_, str> {
    match reader().language {
        Language::English => english().told(text),
        Language::German => german().told(text),
        Language::Pseudo => Cow::Owned(pseudo::bracketed(text)),
    }
}

/// The same for somebody who reads a language somewhere, outside of a request: what mails say.
pub(crate) fn told_to(language: &str, zone: &str, text: &str) -> String {
    read_in(language, zone, || told(text).into_owned())
}

/// The text of a number: one of something, or any other number. English and German agree in this (CLDR: `i = 1 and v = 0`).
pub(crate) fn numbered(number: u64, one: &'static str, many: &'static str) -> &'static str {
    if number == 1 { t(one) } else { t(many) }
}

/// What the scripts say, by their English texts.
const SCRIPT: [&str; 21] = [
    word("now"),
    word("{n} min"),
    word("{n} h"),
    word("{n} d"),
    word("{n} mo"),
    word("{n} y"),
    word("Live"),
    word("Offline since {time}"),
    word("{n} changed place"),
    word("No connection. Nothing was sent, and what you typed is kept: try again."),
    word("All {total} selected"),
    word("{count} selected"),
    word("You were signed out. What you typed is kept."),
    word("Sign in again"),
    word("What you typed was kept. Nothing was sent yet."),
    word("This cannot be done now"),
    word("What you typed is kept: try again."),
    word("Begins …"),
    word("{count} of {total} accounts"),
    word("{total} accounts, {size} KB"),
    word("The connection broke off. Nothing was saved: try again."),
];

/// The script's texts.
#[cfg(test)]
fn script_texts() -> impl Iterator<Item = &'static str> {
    SCRIPT.into_iter()
}

/// The script's texts for a page that is not in English, as JSON.
pub(crate) fn script() -> Option<String> {
    if reader().language == Language::English {
        return None;
    }
    let texts: serde_json::Map<String, serde_json::Value> =
        SCRIPT.iter().map(|key| ((*key).to_owned(), t(key).into())).collect();
    Some(serde_json::Value::from(texts).to_string())
}

/// A count of whatever width.
pub(crate) fn many<N: TryInto<u64>>(number: N) -> u64 {
    number.try_into().unwrap_or(u64::MAX)
}

/// A text with its values in their places.
pub(crate) fn fill(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16 * values.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            let _ = write!(filled, "{value}");
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}
