//! What a customer of a type must bring: fields and papers (D§2.3).

use jiff::civil::Date;

use crate::account::{Account, AddressKind, CustomerType};
use crate::document::{Document, DocumentKind, DocumentStatus};

/// A paper that is asked for: any of these kinds will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// What people call it.
    pub title: &'static str,
    /// Kinds of documents that are this paper.
    pub kinds: &'static [DocumentKind],
}

const fn paper(title: &'static str, kinds: &'static [DocumentKind]) -> Paper {
    Paper { title, kinds }
}

const REGISTRY: Paper = paper("registry extract", &[DocumentKind::RegistryExtract]);
const TAX: Paper = paper("tax form", &[DocumentKind::TaxCertificate]);
const CREDIT: Paper = paper("credit application", &[DocumentKind::CreditApplication]);
const AUTHORITY: Paper = paper("purchase authority", &[DocumentKind::Other, DocumentKind::RegistryExtract]);
const DETERMINATION: Paper =
    paper("determination letter", &[DocumentKind::Other, DocumentKind::RegistryExtract]);
const EXEMPTION: Paper = paper("exemption certificate", &[DocumentKind::TaxCertificate]);
const IDENTITY: Paper = paper("identity document", &[DocumentKind::IdDocument]);

/// The papers that a customer of a type must bring. Who pays in advance brings no credit application.
#[must_use]
pub fn mandatory_papers(kind: CustomerType, prepay: bool) -> Vec<Paper> {
    let papers = match kind {
        CustomerType::Enterprise | CustomerType::Wholesale | CustomerType::Distributor => {
            vec![REGISTRY, TAX, CREDIT]
        }
        CustomerType::Government => vec![AUTHORITY],
        CustomerType::Nonprofit => vec![DETERMINATION, EXEMPTION],
        CustomerType::Retail => vec![IDENTITY],
        CustomerType::Other => vec![REGISTRY, TAX],
    };
    papers.into_iter().filter(|paper| !(prepay && *paper == CREDIT)).collect()
}

impl Paper {
    /// The document that is this paper, the one that stands best.
    #[must_use]
    pub fn found<'d>(
        &self,
        documents: &'d [Document],
        today: Date,
    ) -> Option<(&'d Document, DocumentStatus)> {
        let rank = |status: DocumentStatus| match status {
            DocumentStatus::Verified => 0,
            DocumentStatus::Scanned => 1,
            DocumentStatus::Received => 2,
            DocumentStatus::Expired => 3,
            DocumentStatus::Rejected | DocumentStatus::Deleted => 4,
        };
        let fitting = documents.iter().filter(|document| self.kinds.contains(&document.kind));
        let stands = fitting.map(|document| (document, document.status(today)));
        stands
            .filter(|(_, status)| *status != DocumentStatus::Deleted)
            .min_by_key(|(_, status)| rank(*status))
    }
}

/// The fields that an application of a customer of this type must have and this one lacks.
#[must_use]
pub fn missing_fields(account: &Account) -> Vec<&'static str> {
    let person = account.customer_type == CustomerType::Retail;
    let company = |missing: bool| missing && !person;
    let checks = [
        (account.name.is_empty(), "name"),
        (account.email.get().is_none(), "email"),
        (company(account.legal_name.is_none()), "legal_name"),
        (company(account.tax_id.is_none()), "tax_id"),
        (account.contacts.is_empty(), "contacts"),
        (account.address(AddressKind::Billing).is_none(), "addresses"),
        (account.payment_terms.is_none() && !person, "payment_terms"),
    ];
    checks.into_iter().filter_map(|(missing, field)| missing.then_some(field)).collect()
}
