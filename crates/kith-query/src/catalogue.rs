//! The catalogue of fields: what may be asked about an account, with types, units and the words people use.

use std::collections::BTreeMap;

use kith_domain::value::Currency;
use serde::Serialize;

/// The type of a field, and how its column is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Yes or no; column of 0 and 1.
    Bool,
    /// A whole number.
    Int,
    /// A number with a fraction (ratios are 0–1); column of single precision.
    Double,
    /// Minor units of the organisation's currency; column of whole numbers.
    Money,
    /// A civil date; column of days since 1970-01-01.
    Date,
    /// An instant; column of milliseconds since 1970-01-01T00:00:00Z.
    Time,
    /// One of these values; column of indexes into them. The order of the values is the order of sorting.
    Enum(Vec<String>),
    /// A text, read row by row.
    Text,
    /// A list of texts, read row by row.
    TextList,
    /// Named values of any type (custom metadata), read row by row as `metadata["key"]` or `metadata.key`.
    Map,
}

impl Kind {
    /// The kind in a word, as error messages name it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Bool => "yes or no",
            Self::Int => "whole number",
            Self::Double => "number",
            Self::Money => "money",
            Self::Date => "date",
            Self::Time => "time",
            Self::Enum(_) => "one of a list of values",
            Self::Text => "text",
            Self::TextList => "list of texts",
            Self::Map => "map",
        }
    }
}

/// Where a field comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// The master record.
    Master,
    /// The living profile.
    Metric,
}

/// One field that may be filtered, sorted and asked by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Name in the filter language, for example `orders_90d`.
    pub id: String,
    /// Name for people, for example `Orders, 90 days`.
    pub title: String,
    /// Type.
    pub kind: Kind,
    /// Unit for people (`days`, `orders a week`), empty when there is none.
    pub unit: String,
    /// One sentence of meaning.
    pub description: String,
    /// More words that people use for it; the question grammar knows them.
    pub synonyms: Vec<String>,
    /// Where it comes from.
    pub group: Group,
    /// Window in days, for metrics that have one.
    pub window: Option<u16>,
    /// Metric family, for example `orders` for `orders_90d`.
    pub base: Option<String>,
}

impl Field {
    /// A field of the master record with only its id, title and kind.
    #[must_use]
    pub fn master(id: &str, title: &str, kind: Kind) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            kind,
            unit: String::new(),
            description: String::new(),
            synonyms: Vec::new(),
            group: Group::Master,
            window: None,
            base: None,
        }
    }

    /// A metric. With a window the id is `<base>_<window>d`, without it is the base.
    #[must_use]
    pub fn metric(base: &str, window: Option<u16>, title: &str, kind: Kind) -> Self {
        let id = window.map_or_else(|| base.to_owned(), |days| format!("{base}_{days}d"));
        Self { group: Group::Metric, window, base: Some(base.to_owned()), ..Self::master(&id, title, kind) }
    }

    /// The same field with a unit.
    #[must_use]
    pub fn with_unit(mut self, unit: &str) -> Self {
        unit.clone_into(&mut self.unit);
        self
    }

    /// The same field with more words for it.
    #[must_use]
    pub fn with_synonyms(mut self, synonyms: &[&str]) -> Self {
        self.synonyms = synonyms.iter().map(|word| (*word).to_owned()).collect();
        self
    }
}

/// The place of a field in its catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldIndex(pub u16);

/// All fields of an organisation.
#[derive(Debug, Clone)]
pub struct Catalogue {
    fields: Vec<Field>,
    by_id: BTreeMap<String, FieldIndex>,
    currency: Currency,
}

impl Catalogue {
    /// The catalogue of these fields; money fields hold `currency`, the organisation's. Of two fields with one
    /// id the first stands, and fields beyond 65,535 are left out.
    #[must_use]
    pub fn new(fields: Vec<Field>, currency: Currency) -> Self {
        let mut kept = Vec::with_capacity(fields.len());
        let mut by_id = BTreeMap::new();
        for field in fields {
            let Ok(index) = u16::try_from(kept.len()) else { break };
            if by_id.contains_key(&field.id) {
                continue;
            }
            by_id.insert(field.id.clone(), FieldIndex(index));
            kept.push(field);
        }
        Self { fields: kept, by_id, currency }
    }

    /// All fields, in the order given; a [`FieldIndex`] counts along it.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The organisation's currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The place of a field.
    #[must_use]
    pub fn index(&self, id: &str) -> Option<FieldIndex> {
        self.by_id.get(id).copied()
    }

    /// A field by its id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Field> {
        self.index(id).and_then(|index| self.field(index))
    }

    /// A field by its place.
    #[must_use]
    pub fn field(&self, index: FieldIndex) -> Option<&Field> {
        self.fields.get(usize::from(index.0))
    }

    /// The field id most like a wrong one, for "did you mean"; `None` when nothing is near.
    #[must_use]
    pub fn nearest(&self, id: &str) -> Option<&str> {
        let lower = id.to_lowercase();
        let scored = self.fields.iter().map(|field| (strsim::jaro_winkler(&lower, &field.id), &field.id));
        let best = scored.fold(None, |best: Option<(f64, &String)>, next| match best {
            Some(held) if held.0 >= next.0 => Some(held),
            _ => Some(next),
        });
        best.filter(|(score, _)| *score >= 0.84).map(|(_, found)| found.as_str())
    }

    /// The windows in days of a metric family, ascending.
    #[must_use]
    pub fn windows(&self, base: &str) -> Vec<u16> {
        let family = self.fields.iter().filter(|field| field.base.as_deref() == Some(base));
        let mut windows: Vec<u16> = family.filter_map(|field| field.window).collect();
        windows.sort_unstable();
        windows.dedup();
        windows
    }

    /// The field of a metric family with this window (`None`: the one without a window).
    #[must_use]
    pub fn metric(&self, base: &str, window: Option<u16>) -> Option<&Field> {
        self.fields.iter().find(|field| field.base.as_deref() == Some(base) && field.window == window)
    }
}
