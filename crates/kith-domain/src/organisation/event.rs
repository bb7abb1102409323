//! What happened to the organisation. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{CustomField, Entry, LegalEntity, Rate};
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
    /// A legal entity is called otherwise, or has another zone.
    EntityChanged {
        /// The entity as it is now.
        entity: LegalEntity,
    },
    /// It has another zone.
    ZoneMoved {
        /// The zone.
        timezone: String,
    },
    /// It has another name.
    Renamed {
        /// The new name.
        name: String,
    },
    /// A catalogue is there, or is called otherwise; without its codes.
    CatalogueSet {
        /// Which.
        kind: String,
        /// What it is called.
        label: String,
        /// Whether it is a kind of dimension.
        dimension: bool,
        /// Whether every new account must have a value.
        mandatory: bool,
        /// The code of accounts that have none of their own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        default_code: Option<String>,
    },
    /// A code is there, or means something else.
    CodeSet {
        /// Of which catalogue.
        kind: String,
        /// Which.
        code: String,
        /// What it means now.
        entry: Entry,
    },
    /// A code is gone.
    CodeDeleted {
        /// Of which catalogue.
        kind: String,
        /// Which.
        code: String,
    },
    /// A custom field is there, or is otherwise.
    CustomFieldSet {
        /// Its name.
        name: String,
        /// What it is like now.
        field: CustomField,
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
