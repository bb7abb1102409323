//! Who signs, and what shows that they did. STORED FORMAT: add optional members, never change one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::account::words;
use crate::value::{ContactId, DocumentId, Personal, UserId};

words! {
    /// For whom somebody signs.
    SignerSide {
        /// For us.
        Supplier = "supplier",
        /// For the customer.
        Customer = "customer",
    } default Customer

    /// How it was signed: the levels of eIDAS, or with ink.
    SignatureMethod {
        /// A simple electronic signature: a click behind a link of one's own.
        Ses = "ses",
        /// An advanced one.
        Aes = "aes",
        /// A qualified one.
        Qes = "qes",
        /// Ink on paper; the scan is a document.
        Wet = "wet",
    } default Ses
}

/// What shows that somebody signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// How.
    pub method: SignatureMethod,
    /// The name that they typed, or that stands under the ink.
    pub name: Personal<String>,
    /// When.
    pub at: Timestamp,
    /// From which network address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Personal<String>>,
    /// SHA-256 of the document that was signed, hexadecimal.
    pub sha256: String,
    /// The envelope in which it was sent.
    pub envelope: String,
    /// Of ink: the scan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan: Option<DocumentId>,
    /// Of ink: SHA-256 of the scan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan_sha256: Option<String>,
}

/// Why somebody may sign for their side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authority {
    /// The reason, for example `contact is decision_maker`.
    pub basis: String,
    /// Who confirmed it; `None` when it follows from the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
}

/// The link of one signer: works until it is used or over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Keyed digest of the secret, hexadecimal.
    pub digest: String,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Somebody who signs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Signer {
    /// For whom.
    pub side: SignerSide,
    /// The name; sealed under the contact, or under the user of ours.
    pub name: Personal<String>,
    /// The e-mail address.
    pub email: Personal<String>,
    /// Their job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Personal<String>>,
    /// Which contact of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
    /// Which user of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// The place in the order, from 1; people of one place sign side by side.
    pub order: u8,
    /// Why they may sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<Authority>,
    /// The link that was sent to them last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// What shows that they signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<Evidence>,
}

impl Signer {
    /// Whether they signed a document with this digest.
    #[must_use]
    pub fn signed(&self, sha256: &str) -> bool {
        self.signature.as_ref().is_some_and(|evidence| evidence.sha256 == sha256)
    }

    /// The same person before anything was sent.
    pub(super) fn fresh(&self) -> Self {
        Self { link: None, signature: None, ..self.clone() }
    }
}
