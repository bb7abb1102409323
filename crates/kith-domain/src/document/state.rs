//! The state of a document.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Event;
use crate::account::words;
use crate::value::{AccountId, DocumentId, Personal, UserId};

/// Longest file (D§1.9).
pub const SIZE_MAX: u64 = 50 * 1024 * 1024;

words! {
    /// What a document is (D§1.9).
    DocumentKind {
        /// A contract.
        Contract = "contract",
        /// An amendment of one.
        Amendment = "amendment",
        /// An application for credit.
        CreditApplication = "credit_application",
        /// A tax certificate.
        TaxCertificate = "tax_certificate",
        /// An extract of a register.
        RegistryExtract = "registry_extract",
        /// Who owns whom.
        OwnershipChart = "ownership_chart",
        /// An identity document.
        IdDocument = "id_document",
        /// A letter of a bank.
        BankLetter = "bank_letter",
        /// Financial statements.
        Financials = "financials",
        /// A certificate of insurance.
        InsuranceCertificate = "insurance_certificate",
        /// A bill of lading.
        Bol = "bol",
        /// A proof of delivery.
        Pod = "pod",
        /// An invoice.
        Invoice = "invoice",
        /// A customs paper.
        Customs = "customs",
        /// A photograph.
        Photo = "photo",
        /// Something else.
        Other = "other",
    } default Other

    /// How long a document is kept (D§5.6).
    RetentionClass {
        /// As the books: 10 years.
        Books = "books",
        /// As a contract: 10 years after its end.
        Contract = "contract",
        /// As proof of who somebody is: 5 years after the relationship.
        Kyb = "kyb",
        /// As freight papers: 3 years.
        Freight = "freight",
        /// As long as the account.
        Account = "account",
    } default Account

    /// Where a document stands on a day.
    DocumentStatus {
        /// It came in, and its content could not be told or does not fit its media type.
        Received = "received",
        /// Its content fits its media type.
        Scanned = "scanned",
        /// Somebody verified it.
        Verified = "verified",
        /// Somebody rejected it.
        Rejected = "rejected",
        /// Its last day has passed.
        Expired = "expired",
        /// It was deleted.
        Deleted = "deleted",
    } default Received
}

impl RetentionClass {
    /// The class of a kind of document.
    #[must_use]
    pub fn of(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::Contract | DocumentKind::Amendment => Self::Contract,
            DocumentKind::RegistryExtract
            | DocumentKind::OwnershipChart
            | DocumentKind::IdDocument
            | DocumentKind::BankLetter => Self::Kyb,
            DocumentKind::Bol | DocumentKind::Pod => Self::Freight,
            DocumentKind::Invoice
            | DocumentKind::TaxCertificate
            | DocumentKind::Customs
            | DocumentKind::Financials
            | DocumentKind::CreditApplication => Self::Books,
            DocumentKind::InsuranceCertificate | DocumentKind::Photo | DocumentKind::Other => Self::Account,
        }
    }
}

/// What somebody who looked at a document says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Whether it is what it should be.
    pub verified: bool,
    /// Who looked.
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A document of an account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// Which document.
    pub id: DocumentId,
    /// Whose it is.
    pub account: AccountId,
    /// What kind.
    pub kind: DocumentKind,
    /// The name of the file.
    pub name: Personal<String>,
    /// Media type.
    pub mime: String,
    /// Length in bytes.
    pub size: u64,
    /// Where its content is kept.
    pub digest: String,
    /// SHA-256 of the content.
    pub sha256: Personal<String>,
    /// Whether its content was found to fit its media type.
    pub scanned: bool,
    /// The first document of the account with the same content.
    pub duplicate_of: Option<DocumentId>,
    /// Day of issue.
    pub issued_on: Option<Date>,
    /// Last day.
    pub expires_on: Option<Date>,
    /// How long it is kept.
    pub retention: RetentionClass,
    /// Whether it is held for legal reasons.
    pub legal_hold: bool,
    /// Why it is, or was last.
    pub hold_reason: Option<String>,
    /// Who brought it.
    pub received_by: Option<UserId>,
    /// When; `None` before that.
    pub received_at: Option<Timestamp>,
    /// What was decided about it.
    pub decision: Option<Decision>,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
}

impl Document {
    /// Whether it is there.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.received_at.is_some() && self.deleted_at.is_none()
    }

    /// Where it stands on a day.
    #[must_use]
    pub fn status(&self, day: Date) -> DocumentStatus {
        let verified = self.decision.as_ref().map(|decision| decision.verified);
        match verified {
            _ if self.deleted_at.is_some() => DocumentStatus::Deleted,
            Some(false) => DocumentStatus::Rejected,
            _ if self.expires_on.is_some_and(|last| last < day) => DocumentStatus::Expired,
            Some(true) => DocumentStatus::Verified,
            None if self.scanned => DocumentStatus::Scanned,
            None => DocumentStatus::Received,
        }
    }

    /// The day on which it expires, where anybody should care: neither deleted nor rejected.
    #[must_use]
    pub fn watched_until(&self) -> Option<Date> {
        let rejected = self.decision.as_ref().is_some_and(|decision| !decision.verified);
        self.expires_on.filter(|_| self.exists() && !rejected)
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Received {
                id,
                account,
                kind,
                name,
                mime,
                size,
                digest,
                sha256,
                scanned,
                duplicate_of,
                issued_on,
                expires_on,
                retention,
                by,
                at,
            } => {
                *self = Self {
                    id: *id,
                    account: *account,
                    kind: *kind,
                    name: name.clone(),
                    mime: mime.clone(),
                    size: *size,
                    digest: digest.clone(),
                    sha256: sha256.clone(),
                    scanned: *scanned,
                    duplicate_of: *duplicate_of,
                    issued_on: *issued_on,
                    expires_on: *expires_on,
                    retention: *retention,
                    received_by: *by,
                    received_at: Some(*at),
                    ..Self::default()
                };
            }
            Event::Decided { decision } => self.decision = Some(decision.clone()),
            Event::LegalHoldSet { on, reason, .. } => {
                self.legal_hold = *on;
                self.hold_reason = Some(reason.clone());
            }
            Event::Deleted { at } => self.deleted_at = Some(*at),
        }
    }
}
