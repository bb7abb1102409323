//! The fields of a template: each has a type, and a value is read by it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::account::words;
use crate::value::{Money, line, paragraph, parse_decimal};

words! {
    /// The type of a field.
    FieldKind {
        /// One line.
        Text = "text",
        /// Several lines.
        Paragraph = "paragraph",
        /// A decimal number.
        Number = "number",
        /// An amount with its currency.
        Money = "money",
        /// A day.
        Date = "date",
        /// One of several words.
        Choice = "choice",
        /// Yes or no.
        Flag = "flag",
    } default Text
}

/// A field that the drafter of a contract fills in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FieldSpec {
    /// Its name in the text: `{{name}}`.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// Its type.
    pub kind: FieldKind,
    /// Whether a contract cannot be sent without it, also where its text does not name it: what the text names is always filled in.
    pub required: bool,
    /// Of a choice: the words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// The value when nobody gives one, as it is written in the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
}

/// Reads a value of a field; gives it as it is written in the contract.
///
/// # Errors
/// A code and a sentence when the value is not of the field's type.
pub fn read_value(spec: &FieldSpec, value: &Value) -> Result<String, (&'static str, String)> {
    let text = |what: &'static str, expected: &'static str| {
        value.as_str().map(str::trim).ok_or((what, expected.to_owned()))
    };
    match spec.kind {
        FieldKind::Text => {
            let given = text("type_string", "expected a text")?;
            line(given, 500).map_err(|error| (error.code(), error.to_string()))
        }
        FieldKind::Paragraph => {
            let given = text("type_string", "expected a text")?;
            paragraph(given, 10_000).map_err(|error| (error.code(), error.to_string()))
        }
        FieldKind::Number => {
            let given = match value {
                Value::Number(number) => number.to_string(),
                other => other.as_str().unwrap_or_default().trim().to_owned(),
            };
            let wrong = |_| ("type_decimal", "expected a decimal number such as \"12.50\"".to_owned());
            parse_decimal(&given, 12).map(|number| number.to_string()).map_err(wrong)
        }
        FieldKind::Money => {
            let read = serde_json::from_value::<Money>(value.clone());
            read.map(|money| money.to_string()).map_err(|error| ("money_invalid", error.to_string()))
        }
        FieldKind::Date => {
            let given = text("date_invalid", "expected a date such as 2026-01-31")?;
            let day = given.parse::<Date>();
            day.map(|day| day.to_string())
                .map_err(|_| ("date_invalid", "expected a date such as 2026-01-31".to_owned()))
        }
        FieldKind::Choice => {
            let given = text("not_in_list", "expected a text")?;
            let known = spec.choices.iter().any(|choice| choice == given);
            let expected = || ("not_in_list", format!("expected one of {}", spec.choices.join(", ")));
            known.then(|| given.to_owned()).ok_or_else(expected)
        }
        FieldKind::Flag => match value {
            Value::Bool(flag) => Ok(if *flag { "yes" } else { "no" }.to_owned()),
            _ => Err(("type_boolean", "expected true or false".to_owned())),
        },
    }
}
