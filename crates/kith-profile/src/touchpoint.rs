//! A touchpoint: one CloudEvents 1.0 object, recognised, checked and split into clear and personal.

mod canonical;
mod data;
mod members;
mod node;
mod recognise;
mod when;

use std::borrow::Cow;

pub use data::{Allocation, Data, Kind, Priority, Severity, Stage, SurveyKind};
use kith_domain::value::AccountId;
pub use recognise::{read, restore};
pub use when::{When, business_day, business_seconds};

#[cfg(test)]
mod tests;

/// Greatest length of one event in bytes.
pub const LENGTH_MAX: usize = 256 * 1024;
/// Greatest nesting of one event.
pub const DEPTH_MAX: usize = 16;
/// Greatest length of one text in bytes.
pub const TEXT_MAX: usize = 64 * 1024;
/// What the types that Kith understands begin with.
pub const TYPE_PREFIX: &str = "io.kith.";

/// The event cannot be taken as it is; it waits in quarantine for a person. Nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unrecognised {
    /// Stable code, for example `money_invalid`.
    pub code: &'static str,
    /// JSON Pointer to the member at fault, for example `/data/value/amount`.
    pub pointer: String,
    /// A sentence for people. Holds no value of the event.
    pub detail: String,
}

/// To whom it happened, as the event says it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SubjectRef<'a> {
    /// `acc_…`
    Account(AccountId),
    /// `external:<system>:<id>`
    External {
        /// The other system.
        system: Cow<'a, str>,
        /// The account's identifier there.
        id: Cow<'a, str>,
    },
    /// `tax:<id>`
    Tax(Cow<'a, str>),
    /// `email:<address>`, in lower case.
    Email(String),
    /// The event names nobody.
    Missing,
    /// The subject is of no known form.
    Unreadable,
}

/// One thing that happened in the world, recognised. Its texts are those of the event where they can be: a
/// touchpoint is read by the hundred thousand.
#[derive(Debug, Clone, PartialEq)]
pub struct Touchpoint<'a> {
    /// Who says so. With `id` it is the key of deduplication.
    pub source: Cow<'a, str>,
    /// The source's own identifier.
    pub id: Cow<'a, str>,
    /// What happened.
    pub kind: Kind,
    /// The CloudEvents type as it came, for example `io.kith.order.placed`.
    pub type_name: Cow<'a, str>,
    /// When it happened, in milliseconds since 1970-01-01T00:00Z.
    pub at_ms: i64,
    /// To whom.
    pub subject: SubjectRef<'a>,
    /// The id (same source) that this one corrects.
    pub supersedes: Option<Cow<'a, str>>,
    /// The id (same source) that this one withdraws. Such a touchpoint contributes nothing itself.
    pub retracts: Option<Cow<'a, str>>,
    /// The members that Kith understands, typed.
    pub data: Data<'a>,
    /// Canonical JSON of the business members of `data`, with pseudonyms (`~` and 16 hex digits) in place
    /// of users, respondents and names. [`restore`] makes the same facts from it.
    pub clear: String,
    /// JSON of all that may be personal or is unknown: `{"subject":…,"data":{…},…}`. To be sealed.
    pub personal: Option<String>,
    /// Canonical bytes of the whole event: the same content has the same bytes. To be digested with a key.
    pub content: String,
}

/// A touchpoint as the log keeps it.
#[derive(Debug, Clone, Copy)]
pub struct Stored<'a> {
    /// Who said so.
    pub source: &'a str,
    /// The source's own identifier.
    pub id: &'a str,
    /// The CloudEvents type.
    pub type_name: &'a str,
    /// When it happened, in milliseconds.
    pub at_ms: i64,
    /// The id that it corrects.
    pub supersedes: Option<&'a str>,
    /// The id that it withdraws.
    pub retracts: Option<&'a str>,
    /// [`Touchpoint::clear`] as it was written.
    pub clear: &'a str,
}
