//! The organisation: the company that keeps the record, its legal entities, terms, rates and business day.
//!
//! founded → set-up (7 days, or until closed) → in service. One per database.

mod catalogue;
mod command;
mod custom_field;
mod decide;
mod event;
pub mod refusal;
mod state;
mod terms;

pub use catalogue::{CODES_MAX, Catalogue, Catalogues, Entry, Named, PAYMENT_TERMS_KIND, alike};
pub use command::{CatalogueDraft, CodeDraft, Command, CustomFieldDraft, RateQuote};
pub use custom_field::{CUSTOM_FIELDS_MAX, CustomField, CustomFields, CustomKind, in_order};
pub use decide::{Facts, RATE_WANTED, parse_rate};
pub use event::Event;
pub use state::{LegalEntity, Organisation, PAYMENT_TERMS, Rate};
pub use terms::{Baseline, HolidayShift, Installment, Terms};

#[cfg(test)]
mod tests;
