//! Steps that are decided by the documents of the account.

use kith_domain::document::{DocumentKind, DocumentStatus};
use kith_domain::onboarding::mandatory_papers;
use kith_store::Fault;

use super::{Desk, Finding, Proof};

/// Whether every paper that a customer of this type must bring is verified and holds.
pub(super) fn documents(desk: &Desk) -> Result<Finding, Fault> {
    let (mut missing, mut unread, mut proofs) = (Vec::new(), Vec::new(), Vec::new());
    for paper in mandatory_papers(desk.account.customer_type, desk.case.application.prepay) {
        match paper.found(&desk.documents, desk.today) {
            Some((document, DocumentStatus::Verified)) => {
                let document = Some(document.id);
                proofs.push(Proof { document, ..Proof::of("document", paper.title) });
            }
            Some((_, DocumentStatus::Received | DocumentStatus::Scanned)) => unread.push(paper.title),
            Some((_, DocumentStatus::Expired)) => missing.push(format!("{} (expired)", paper.title)),
            Some((_, DocumentStatus::Rejected)) => missing.push(format!("{} (rejected)", paper.title)),
            Some((_, DocumentStatus::Deleted)) | None => missing.push(paper.title.to_owned()),
        }
    }
    Ok(if !missing.is_empty() {
        Finding::awaiting(format!("Missing: {}.", missing.join(", "))).with(proofs)
    } else if !unread.is_empty() {
        Finding::ours(format!("To verify: {}.", unread.join(", "))).with(proofs)
    } else {
        Finding::passed("Every paper is verified.").with(proofs)
    })
}

/// Whether a signed contract is on record and verified.
pub(super) fn contract(desk: &Desk) -> Result<Finding, Fault> {
    let contracts = desk.documents.iter().filter(|document| document.kind == DocumentKind::Contract);
    let mut seen = false;
    for document in contracts {
        match document.status(desk.today) {
            DocumentStatus::Verified => {
                let proof = Proof { document: Some(document.id), ..Proof::of("document", "signed contract") };
                return Ok(Finding::passed("The contract is signed and verified.").with([proof]));
            }
            DocumentStatus::Received | DocumentStatus::Scanned => seen = true,
            DocumentStatus::Rejected | DocumentStatus::Expired | DocumentStatus::Deleted => {}
        }
    }
    Ok(if seen {
        Finding::ours("To verify: the signed contract.")
    } else {
        Finding::ours("Send the contract, and put the signed one on record.")
    })
}
