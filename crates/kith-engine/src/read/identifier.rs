//! Identifiers, looked at on this day.

use kith_api::view::IdentifierVerdict;
use kith_identifier::{Day, Fault, Refused, Warning, validate};

use crate::engine::Engine;

impl Engine {
    /// Whether the value is an identifier of the kind, as everybody outside reads it.
    #[must_use]
    pub fn identifier_verdict(&self, kind: &str, country: Option<&str>, value: &str) -> IdentifierVerdict {
        let day = self.day();
        let today =
            Day { year: i64::from(day.year()), month: i64::from(day.month()), day: i64::from(day.day()) };
        let kind = kind.trim().to_owned();
        let country = country.map(|code| code.trim().to_ascii_uppercase()).filter(|code| !code.is_empty());
        match validate(&kind, country.as_deref(), value, today) {
            // The record takes no address that only a machine of ours could reach.
            Ok(valid) if valid.warning == Some(Warning::Domain) => refusal(kind, Fault::Component.into()),
            Ok(valid) => IdentifierVerdict {
                valid: true,
                normalised: Some(valid.normalised),
                kind,
                rule: valid.rule.map(str::to_owned),
                reason: None,
                message: None,
                warning: valid.warning.map(|warning| warning.code().to_owned()),
            },
            Err(refused) => refusal(kind, refused),
        }
    }
}

fn refusal(kind: String, refused: Refused) -> IdentifierVerdict {
    IdentifierVerdict {
        valid: false,
        normalised: None,
        kind,
        rule: None,
        reason: Some(refused.code().to_owned()),
        message: Some(refused.to_string()),
        warning: None,
    }
}
