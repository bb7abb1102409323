//! What happened to the organisation. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{LegalEntity, Rate};
use crate::value::Currency;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was founded.
    Founded {
        /// Its name.
        name: String,
        /// The currency in which it compares amounts.
        currency: Currency,
        /// Its zone.
        timezone: String,
        /// Its legal entities.
        entities: Vec<LegalEntity>,
        /// Codes of payment terms.
        payment_terms: Vec<String>,
        /// When.
        at: Timestamp,
    },
    /// A legal entity was added.
    EntityAdded {
        /// The entity.
        entity: LegalEntity,
    },
    /// It has another name.
    Renamed {
        /// The new name.
        name: String,
    },
    /// Payment terms were added.
    PaymentTermsAdded {
        /// The code.
        code: String,
    },
    /// The set-up is over.
    SetupClosed {
        /// When.
        at: Timestamp,
    },
    /// A business day was opened.
    DayOpened {
        /// The day.
        day: Date,
    },
    /// Rates were loaded.
    RatesLoaded {
        /// The rates that are new.
        rates: Vec<Rate>,
    },
}
