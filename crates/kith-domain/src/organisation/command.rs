//! What may be asked of the organisation.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::approval::Operation;

use super::{CustomKind, LegalEntity, Terms};
use crate::value::patch::{self, Patched};
use crate::value::{Currency, EntityCode};

/// One exchange rate as it is brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateQuote {
    /// One unit of this currency …
    pub base: Currency,
    /// … is worth so many of this one.
    pub quote: Currency,
    /// The business day it holds for.
    pub day: Date,
    /// A positive decimal number, for example `1.0842`.
    pub rate: String,
    /// Who says so, for example `ECB`.
    pub source: String,
}

/// A catalogue as given; absent is unchanged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CatalogueDraft {
    /// What it is called.
    pub label: Option<String>,
    /// Whether every new account must have a value.
    pub mandatory: Option<bool>,
    /// The code of accounts that have none of their own.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub default_code: Patched<String>,
}

/// A code as given; absent is unchanged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CodeDraft {
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub label: Patched<String>,
    /// The code above it.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub parent: Patched<String>,
    /// Whether nobody new gets it.
    pub retired: Option<bool>,
    /// Of payment terms: when what is owed is due; told from the code where it says so.
    pub terms: Option<Terms>,
}

/// A custom field as given; absent is unchanged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomFieldDraft {
    /// What it is called.
    pub label: Option<String>,
    /// What values it has; text when a new field does not say.
    pub kind: Option<CustomKind>,
    /// Of an enum: what may be chosen.
    pub options: Option<Vec<String>>,
    /// Whether every new account must have a value.
    pub required: Option<bool>,
    /// Whether values are personal data.
    pub personal: bool,
    /// The legal entity whose accounts have it.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub entity: Patched<String>,
    /// Whether nobody new gets a value.
    pub retired: Option<bool>,
    /// A sentence for whoever fills it in.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub help: Patched<String>,
    /// The least value: a number, a day, or how many characters a text has.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub min: Patched<String>,
    /// The greatest, likewise.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub max: Patched<String>,
    /// What a text looks like: `A` a letter, `9` a digit, `*` either, anything else itself.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub mask: Patched<String>,
    /// Where it stands among the others, lowest first.
    pub position: Option<u32>,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Found it.
    Found {
        /// Its name.
        name: String,
        /// The currency in which it compares amounts.
        currency: Currency,
        /// Its zone, an IANA name.
        timezone: String,
        /// Its legal entities, at least one.
        entities: Vec<LegalEntity>,
        /// Codes of payment terms; empty for the seeds of D§1.8.
        payment_terms: Vec<String>,
    },
    /// Add a legal entity.
    AddEntity {
        /// The entity.
        entity: LegalEntity,
    },
    /// Change what a legal entity is called, or its zone. Its currency is that of its books and never changes.
    ChangeEntity {
        /// Which.
        code: EntityCode,
        /// Another name.
        name: Option<String>,
        /// Another zone, an IANA name.
        timezone: Option<String>,
    },
    /// Give it another name or zone; absent is unchanged.
    Change {
        /// The new name.
        name: Option<String>,
        /// An IANA name.
        timezone: Option<String>,
    },
    /// Add a kind of dimension.
    AddCatalogue {
        /// Its name, for example `region`.
        kind: String,
        /// What it is like.
        draft: CatalogueDraft,
    },
    /// Change what a catalogue is called, whether it is mandatory, and its default.
    ChangeCatalogue {
        /// Which.
        kind: String,
        /// What changes.
        draft: CatalogueDraft,
    },
    /// Add a code.
    AddCode {
        /// To which catalogue.
        kind: String,
        /// The code, for example `NET45`.
        code: String,
        /// What it means.
        draft: CodeDraft,
    },
    /// Change what a code means, or retire it.
    ChangeCode {
        /// Of which catalogue.
        kind: String,
        /// Which.
        code: String,
        /// What changes.
        draft: CodeDraft,
    },
    /// Delete a code that nothing uses.
    DeleteCode {
        /// Of which catalogue.
        kind: String,
        /// Which.
        code: String,
    },
    /// Add a field to accounts.
    DefineField {
        /// Its name.
        name: String,
        /// What it is like.
        draft: CustomFieldDraft,
    },
    /// Change a custom field, or retire it.
    ChangeField {
        /// Which.
        name: String,
        /// What changes.
        draft: CustomFieldDraft,
    },
    /// End the set-up before its 7 days are over.
    CloseSetup,
    /// Open a business day: the daily tick. A day never goes back.
    OpenDay {
        /// The day.
        day: Date,
    },
    /// Load exchange rates; a rate for the same pair and day takes the place of the old one.
    LoadRates {
        /// The rates.
        rates: Vec<RateQuote>,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Found { .. } => Operation::OrganisationFound,
            Self::AddEntity { .. }
            | Self::ChangeEntity { .. }
            | Self::Change { .. }
            | Self::AddCatalogue { .. }
            | Self::ChangeCatalogue { .. }
            | Self::AddCode { .. }
            | Self::ChangeCode { .. }
            | Self::DeleteCode { .. }
            | Self::DefineField { .. }
            | Self::ChangeField { .. }
            | Self::CloseSetup => Operation::OrganisationChange,
            Self::OpenDay { .. } => Operation::DayOpen,
            Self::LoadRates { .. } => Operation::RatesLoad,
        }
    }
}
