//! The value of a custom field, as it stands on record. STORED FORMAT.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::value::Personal;

/// A value of its field's type: a text, a number, true or false, or money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CustomValue {
    /// Personal data, sealed under the account.
    Personal(Personal<Value>),
    /// Business data.
    Open(Value),
}

impl CustomValue {
    /// The value, unless it was erased.
    #[must_use]
    pub fn get(&self) -> Option<&Value> {
        match self {
            Self::Personal(value) => value.get(),
            Self::Open(value) => Some(value),
        }
    }
}
