//! The rows that belong to an account, as they stand on record.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{AddressKind, AgreementKind, ContactRole, ContactStatus, PartyRoleKind, Verification};
use crate::value::{
    AddressId, AgreementId, ContactId, EntityCode, IdentifierKind, NoteId, Personal, Phone, UserId,
};

/// The number under which the customer pays taxes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxId {
    /// `vat`, `ein` or `company_reg`, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<IdentifierKind>,
    /// Normalised: capital letters and digits (an EIN with its dash).
    pub value: String,
    /// ISO 3166-1 alpha-2, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// An identifier of the customer, ours or another system's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    /// What kind.
    pub kind: IdentifierKind,
    /// The normalised value.
    pub value: String,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// First day on which it is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// Last day on which it is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// Whether somebody checked it with its issuer.
    #[serde(default)]
    pub verified: bool,
}

impl Identifier {
    /// What tells it from the other identifiers of its account, `kind:value`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}:{}", self.kind, self.value)
    }
}

/// What the company is to us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyRole {
    /// Which role.
    pub role: PartyRoleKind,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// A word of the organisation's own, for example `approved`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// A contact person. Everything that tells who it is belongs to that person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Which contact, and the subject of the personal values.
    pub id: ContactId,
    /// The name.
    pub name: Personal<String>,
    /// The job title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Personal<String>>,
    /// What they do at the customer.
    pub role: ContactRole,
    /// E-mail addresses, the first one preferred.
    #[serde(default)]
    pub emails: Vec<Personal<String>>,
    /// Telephone numbers, the first one preferred.
    #[serde(default)]
    pub phones: Vec<Personal<Phone>>,
    /// Language, BCP 47.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether this is the one to turn to; at most one of an account.
    #[serde(default)]
    pub is_primary: bool,
    /// Whether they can be reached.
    #[serde(default)]
    pub status: ContactStatus,
    /// Whether they asked not to be written to.
    #[serde(default)]
    pub opted_out: bool,
    /// The legal entities that see the person, sorted; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entity_visibility: Vec<EntityCode>,
}

/// An address of the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Which address.
    pub id: AddressId,
    /// What it is for, at least one.
    pub kinds: Vec<AddressKind>,
    /// Up to four lines, sealed under the account.
    pub lines: Personal<Vec<String>>,
    /// City.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// State or province, ISO 3166-2 without the country or in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_province: Option<String>,
    /// Postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Whether it is the default of its kinds; at most one default of each kind, of the master record and of each entity.
    #[serde(default)]
    pub is_default: bool,
    /// The legal entity that alone has this address; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityCode>,
    /// UN/LOCODE of the place, for example `USCHI`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub un_locode: Option<String>,
    /// Global location number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gln: Option<String>,
    /// When goods are taken in, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dock_hours: Option<String>,
    /// Whether a delivery needs an appointment.
    #[serde(default)]
    pub appointment_required: bool,
    /// First day on which it is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// Last day on which it is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// Whether mail reaches it.
    #[serde(default)]
    pub verification: Verification,
}

/// Where the account belongs in the organisation's own order (D§1.8): one value of each kind, an entity's own before the
/// master's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimension {
    /// Kind, for example `department`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Code of the value, for example `SALES`.
    pub value: String,
    /// The legal entity that alone has it; `None` for the master record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityCode>,
}

impl Dimension {
    /// What names it among an account's: its kind and its entity.
    pub(super) fn place(&self) -> String {
        let entity = self.entity.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{}@{entity}", self.kind)
    }

    /// Whether another one stands at the same place.
    #[must_use]
    pub fn same_place(&self, other: &Self) -> bool {
        self.kind == other.kind && self.entity == other.entity
    }
}

/// An agreement with the customer, as a row: its own life comes with contracts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Which agreement.
    pub id: AgreementId,
    /// Its number.
    pub number: String,
    /// What kind.
    pub kind: AgreementKind,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<Date>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
}

/// A note that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Which note.
    pub id: NoteId,
    /// What it says, sealed under the account.
    pub text: Personal<String>,
    /// Who wrote it; `None` for Kith itself.
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
}
