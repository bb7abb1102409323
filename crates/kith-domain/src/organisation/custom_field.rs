//! Fields that an organisation adds to accounts itself. STORED FORMAT: add optional members, never change one.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::value::EntityCode;

/// Most custom fields, the retired ones among them: each is a column of the list.
pub const CUSTOM_FIELDS_MAX: usize = 64;

/// What values a custom field has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomKind {
    /// A text.
    #[default]
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
    /// Yes or no.
    Bool,
    /// One of the options.
    Enum,
    /// An amount of money.
    Money,
    /// Another account.
    Reference,
}

impl CustomKind {
    /// Every kind.
    pub const ALL: &'static [Self] =
        &[Self::Text, Self::Number, Self::Date, Self::Bool, Self::Enum, Self::Money, Self::Reference];

    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Bool => "bool",
            Self::Enum => "enum",
            Self::Money => "money",
            Self::Reference => "reference",
        }
    }

    /// The kind of a code.
    #[must_use]
    pub fn get(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == code)
    }
}

/// One custom field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomField {
    /// What it is called.
    pub label: String,
    /// What values it has; never changes.
    pub kind: CustomKind,
    /// A sentence for whoever fills it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// How many were defined before it; never changes.
    pub place: usize,
    /// Where it stands among the others, lowest first.
    pub position: u32,
    /// Of an enum: what may be chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The least value: a number, a day, or how many characters a text has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// The greatest, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// What a text looks like: `A` a letter, `9` a digit, `*` either, anything else itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mask: Option<String>,
    /// Whether every new account must have a value.
    pub required: bool,
    /// Whether values are personal data, sealed under the account; never changes.
    pub personal: bool,
    /// The legal entity whose accounts have it; `None` for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityCode>,
    /// Accounts that have a value keep it; nobody new gets one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

impl CustomField {
    /// Why a value of the field's type is none of the field's, if it is none.
    #[must_use]
    pub fn fault(&self, value: &Value) -> Option<(&'static str, String)> {
        let (least, greatest) = (self.min.as_deref(), self.max.as_deref());
        let outside = match self.kind {
            CustomKind::Text => {
                let length = Decimal::from(value.as_str().unwrap_or_default().chars().count());
                is_outside(Some(length), least, greatest).then(|| limits(self, " characters"))
            }
            CustomKind::Number => {
                let text = value.to_string();
                let number = text.parse().or_else(|_| Decimal::from_scientific(&text)).ok();
                is_outside(number, least, greatest).then(|| limits(self, ""))
            }
            CustomKind::Date => {
                let day = value.as_str().and_then(|text| text.parse::<Date>().ok());
                is_outside(day, least, greatest).then(|| limits(self, ""))
            }
            CustomKind::Bool | CustomKind::Enum | CustomKind::Money | CustomKind::Reference => None,
        };
        if let Some(message) = outside {
            return Some(("out_of_range", message));
        }
        let mask = self.mask.as_deref().filter(|_| self.kind == CustomKind::Text)?;
        let fits = value.as_str().is_some_and(|text| has_form(text, mask));
        (!fits)
            .then(|| ("mask_mismatch", format!("expected the form {mask}: A a letter, 9 a digit, * either")))
    }
}

/// A value that cannot be compared is outside of any limit.
fn is_outside<T: PartialOrd + std::str::FromStr>(
    value: Option<T>,
    least: Option<&str>,
    greatest: Option<&str>,
) -> bool {
    let limit = |text: Option<&str>| text.and_then(|text| text.parse::<T>().ok());
    match (value, limit(least), limit(greatest)) {
        (_, None, None) => false,
        (None, _, _) => true,
        (Some(value), least, greatest) => {
            least.is_some_and(|least| value < least) || greatest.is_some_and(|greatest| value > greatest)
        }
    }
}

fn limits(field: &CustomField, unit: &str) -> String {
    match (&field.min, &field.max) {
        (Some(min), Some(max)) => format!("expected {min} to {max}{unit}"),
        (Some(min), None) => format!("expected {min}{unit} or more"),
        (None, Some(max)) => format!("expected {max}{unit} or less"),
        (None, None) => String::new(),
    }
}

fn has_form(text: &str, mask: &str) -> bool {
    let fits = |(letter, form): (char, char)| match form {
        'A' => letter.is_alphabetic(),
        '9' => letter.is_ascii_digit(),
        '*' => letter.is_alphanumeric(),
        other => letter == other,
    };
    text.chars().count() == mask.chars().count() && text.chars().zip(mask.chars()).all(fits)
}

/// Custom fields in the order in which people see them.
#[must_use]
pub fn in_order(fields: &CustomFields) -> Vec<(&String, &CustomField)> {
    let mut all: Vec<_> = fields.iter().collect();
    all.sort_by_key(|(_, field)| (field.position, field.place));
    all
}

/// The custom fields by name.
pub type CustomFields = BTreeMap<String, CustomField>;
