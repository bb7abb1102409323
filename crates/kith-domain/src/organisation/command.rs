//! What may be asked of the organisation.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::approval::Operation;

use super::LegalEntity;
use crate::value::Currency;

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
    /// Give it another name.
    Rename {
        /// The new name.
        name: String,
    },
    /// Add payment terms.
    AddPaymentTerms {
        /// The code, for example `NET45`.
        code: String,
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
            | Self::Rename { .. }
            | Self::AddPaymentTerms { .. }
            | Self::CloseSetup => Operation::OrganisationChange,
            Self::OpenDay { .. } => Operation::DayOpen,
            Self::LoadRates { .. } => Operation::RatesLoad,
        }
    }
}
