//! What a contract says besides its text. STORED FORMAT: add optional members, never change one.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Signer;
use crate::account::{AgreementKind, Tier, words};
use crate::contract_template::Renewal;
use crate::value::{ContactId, DocumentId, EntityCode, Money, Personal};

words! {
    /// Which side a party is on.
    PartySide {
        /// We.
        Supplier = "supplier",
        /// The customer.
        Customer = "customer",
        /// Who answers for the customer.
        Guarantor = "guarantor",
        /// Another party.
        Other = "other",
    } default Other

    /// What a committed volume is counted over.
    Period {
        /// A month.
        Month = "month",
        /// Three months.
        Quarter = "quarter",
        /// A year.
        Year = "year",
    } default Year
}

/// A party of a contract.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// On which side.
    pub side: PartySide,
    /// Its name in the contract.
    pub name: String,
}

/// How much the customer commits to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommittedVolume {
    /// As money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// As a quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// Of what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// In each of these.
    pub period: Period,
}

/// What service is promised.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SlaTargets {
    /// Deliveries on time and in full, tenths of a percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otif_permille: Option<u16>,
    /// Hours until an inquiry is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_hours: Option<u16>,
    /// Days within which a claim is filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim_days: Option<u16>,
}

/// The terms of a contract.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// What kind of contract.
    pub kind: AgreementKind,
    /// What people call it.
    pub title: String,
    /// The legal entity that makes it.
    pub entity: EntityCode,
    /// Its parties, ours and the customer first.
    pub parties: Vec<Party>,
    /// First day.
    pub starts_on: Option<Date>,
    /// Last day of the running term; `None` where there is no end.
    pub ends_on: Option<Date>,
    /// What happens then.
    pub renewal: Renewal,
    /// Days of notice.
    pub notice_days: u16,
    /// Months of a term.
    pub auto_renew_term_months: u16,
    /// How much the customer commits to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub committed_volume: Option<CommittedVolume>,
    /// Codes of the price lists that hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub price_refs: Vec<String>,
    /// What service is promised.
    pub sla: SlaTargets,
    /// How well the customer is served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// Which law governs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub governing_law: Option<String>,
    /// Documents that belong to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<DocumentId>,
    /// Values of the template's fields, as they are written; sealed under the account.
    pub fields: Personal<BTreeMap<String, String>>,
    /// Who signs.
    pub signers: Vec<Signer>,
    /// Whether they sign one after the other.
    pub in_order: bool,
    /// Contacts who get access to the portal besides the customer's signers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub portal_contacts: Vec<ContactId>,
}
