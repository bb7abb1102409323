//! The codes that an organisation works with: payment terms, tax codes, revenue accounts, and the values of its
//! dimensions (D§1.8). STORED FORMAT: add optional members, never change one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Terms;

/// The catalogue of payment terms.
pub const PAYMENT_TERMS_KIND: &str = "payment_terms";

/// Most codes of one catalogue.
pub const CODES_MAX: usize = 10_000;

/// One code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The code above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Accounts that have it keep it; nobody new gets it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
    /// Of payment terms: when what is owed is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<Terms>,
}

/// One list of codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Catalogue {
    /// What it is called.
    pub label: String,
    /// Whether it is a kind of dimension: accounts have its values in `dimensions`.
    pub dimension: bool,
    /// Of a dimension: whether every new account must have a value.
    pub mandatory: bool,
    /// The code of accounts that have none of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_code: Option<String>,
    /// The codes.
    pub entries: BTreeMap<String, Entry>,
    /// Every code that there ever was, in the order in which they came: places in it never change.
    pub order: Vec<String>,
}

/// What a text names in a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// This code.
    Code(String),
    /// This code, which nobody new gets.
    Retired(String),
    /// None; these look like it.
    Unknown(Vec<String>),
    /// The catalogue has no codes at all: whatever is given counts.
    Free,
}

/// All catalogues, by kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Catalogues(pub BTreeMap<String, Catalogue>);

impl Default for Catalogues {
    fn default() -> Self {
        let kinds = [
            (PAYMENT_TERMS_KIND, "Payment terms", false),
            ("tax_code", "Tax codes", false),
            ("revenue_account", "Revenue accounts", false),
            ("department", "Departments", true),
            ("location", "Locations", true),
        ];
        Self(
            kinds
                .into_iter()
                .map(|(kind, label, dimension)| {
                    (
                        kind.to_owned(),
                        Catalogue { label: label.to_owned(), dimension, ..Catalogue::default() },
                    )
                })
                .collect(),
        )
    }
}

impl Catalogues {
    /// The catalogues of a new organisation, with these payment terms; `NET30` is the default where it is among them.
    #[must_use]
    pub fn with_terms(codes: &[String]) -> Self {
        let mut all = Self::default();
        if let Some(terms) = all.0.get_mut(PAYMENT_TERMS_KIND) {
            for code in codes {
                terms.put(code, Entry { terms: Terms::parse(code), ..Entry::default() });
            }
            terms.default_code = codes.iter().find(|code| *code == "NET30").cloned();
        }
        all
    }

    /// The catalogue of a kind.
    #[must_use]
    pub fn get(&self, kind: &str) -> Option<&Catalogue> {
        self.0.get(kind)
    }

    /// The kinds of dimensions.
    pub fn dimensions(&self) -> impl Iterator<Item = (&String, &Catalogue)> {
        self.0.iter().filter(|(_, catalogue)| catalogue.dimension)
    }

    /// What a text names, whatever its case.
    #[must_use]
    pub fn find(&self, kind: &str, text: &str) -> Named {
        self.get(kind).map_or(Named::Free, |catalogue| catalogue.find(text))
    }

    /// The payment terms of a code.
    #[must_use]
    pub fn terms(&self, code: &str) -> Option<&Terms> {
        self.get(PAYMENT_TERMS_KIND)?.entries.get(code)?.terms.as_ref()
    }
}

impl Catalogue {
    pub(super) fn put(&mut self, code: &str, entry: Entry) {
        if !self.order.iter().any(|known| known == code) {
            self.order.push(code.to_owned());
        }
        self.entries.insert(code.to_owned(), entry);
    }

    /// What a text names, whatever its case.
    #[must_use]
    pub fn find(&self, text: &str) -> Named {
        if self.entries.is_empty() {
            return Named::Free;
        }
        let text = text.trim();
        let exact = self.entries.get_key_value(text);
        let known = exact.or_else(|| self.entries.iter().find(|(code, _)| code.eq_ignore_ascii_case(text)));
        match known {
            Some((code, entry)) if entry.retired => Named::Retired(code.clone()),
            Some((code, _)) => Named::Code(code.clone()),
            None => Named::Unknown(near(text, self.entries.iter().filter(|(_, entry)| !entry.retired))),
        }
    }
}

/// The codes that look like a text or whose label does, the most alike first; at most three.
fn near<'a>(text: &str, entries: impl Iterator<Item = (&'a String, &'a Entry)>) -> Vec<String> {
    alike(text, entries.map(|(code, entry)| (code.as_str(), entry.label.as_deref())))
}

/// The names that look like a text, or whose label does, the most alike first; at most three.
#[must_use]
pub fn alike<'a>(text: &str, names: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> Vec<String> {
    let wanted = text.trim().to_lowercase();
    let likeness = |name: &str| {
        let name = name.to_lowercase();
        if !wanted.is_empty() && (name.starts_with(&wanted) || wanted.starts_with(&name)) {
            return 0;
        }
        strsim::damerau_levenshtein(&wanted, &name)
    };
    let most = wanted.chars().count().div_ceil(3).max(1);
    let mut found: Vec<(usize, String)> = names
        .filter_map(|(name, label)| {
            let distance = likeness(name).min(label.map_or(usize::MAX, likeness));
            (distance <= most).then(|| (distance, name.to_owned()))
        })
        .collect();
    found.sort();
    found.into_iter().take(3).map(|(_, name)| name).collect()
}
