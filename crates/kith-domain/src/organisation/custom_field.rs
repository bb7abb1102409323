//! Fields that an organisation adds to accounts itself. STORED FORMAT: add optional members, never change one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
    /// How many were defined before it; never changes.
    pub place: usize,
    /// Of an enum: what may be chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
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

/// The custom fields by name.
pub type CustomFields = BTreeMap<String, CustomField>;
