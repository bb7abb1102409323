//! What sort of party a name belongs to.

use serde::{Deserialize, Serialize};

/// The sort of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A natural person.
    Person,
    /// A company, an authority or any other body.
    Organization,
    /// A ship.
    Vessel,
    /// An aircraft.
    Aircraft,
    /// Not told.
    #[default]
    Unknown,
}

impl Kind {
    /// The sort that a word of a list, a schema or a column means; unknown words mean nothing.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        let plain: String = word.chars().filter(|letter| letter.is_alphanumeric()).collect();
        match plain.to_lowercase().as_str() {
            "person" | "individual" | "naturalperson" | "individuals" | "p" => Self::Person,
            "entity" | "entities" | "company" | "organization" | "organisation" | "legalentity"
            | "business" | "publicbody" | "airline" | "enterprise" | "e" => Self::Organization,
            "vessel" | "ship" | "vessels" => Self::Vessel,
            "aircraft" | "airplane" => Self::Aircraft,
            _ => Self::Unknown,
        }
    }

    /// The name of the schema that the common `match` API uses.
    #[must_use]
    pub fn schema(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Vessel => "Vessel",
            Self::Aircraft => "Airplane",
            Self::Unknown => "LegalEntity",
        }
    }

    /// Whether one party can be of both sorts.
    #[must_use]
    pub fn agrees(self, other: Self) -> bool {
        self == other || self == Self::Unknown || other == Self::Unknown
    }
}
