//! Steps that are decided by the documents of the account.

use kith_domain::contract::ContractState;
use kith_domain::document::{Document, DocumentKind, DocumentStatus};
use kith_domain::onboarding::mandatory_papers;
use kith_domain::value::DocumentId;
use kith_store::Fault;

use super::{Desk, Finding, Proof, StepWork, Work};
use crate::caller::Caller;

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

/// Whether a contract holds. Where none does and none is on its way, one is offered from the default template.
pub(super) struct Contract;

impl StepWork for Contract {
    fn run<'d>(&self, desk: &'d Desk) -> Work<'d> {
        Box::pin(contract(desk))
    }
}

async fn contract(desk: &Desk) -> Result<Finding, Fault> {
    if desk.engine.contract_is_validated(desk.account.id).await? {
        let proof = Proof::of("contract", "signed by all, unchanged, by people with authority");
        return Ok(Finding::passed("The contract is validated.").with([proof]));
    }
    let ours = desk.engine.contracts_of(desk.account.id).await?;
    // What Kith has sent counts once it is validated, and in no other way.
    let sent = ours.iter().any(|contract| contract.sending.is_some() && !contract.has_ended());
    let papers: Vec<DocumentId> =
        ours.iter().filter_map(|contract| Some(contract.sending.as_ref()?.document)).collect();
    if let Some(finding) = on_paper(desk, &papers).filter(|_| !sent) {
        return Ok(finding);
    }
    let offered = match desk.engine.contract_offer(&Caller::system(), desk.account.id).await? {
        Ok(offered) => offered,
        Err(refusal) => return Ok(Finding::ours(format!("{} {}", refusal.sentence, refusal.clears))),
    };
    let proof = [Proof::of("contract", offered.contract.to_string())];
    Ok(match offered.state {
        ContractState::Sent | ContractState::PartiallySigned => {
            Finding::awaiting("The contract is out to be signed.").with(proof)
        }
        ContractState::Signed => Finding::ours("To confirm: the authority of who signed.").with(proof),
        _ => Finding::ours("The contract is to be reviewed and sent.").with(proof),
    })
}

/// What a signed contract that lies among the documents means; what Kith itself drew up is none.
fn on_paper(desk: &Desk, drawn_up: &[DocumentId]) -> Option<Finding> {
    let signed =
        |document: &&Document| document.kind == DocumentKind::Contract && !drawn_up.contains(&document.id);
    let contracts = desk.documents.iter().filter(signed);
    let mut unread = false;
    for document in contracts {
        match document.status(desk.today) {
            DocumentStatus::Verified => {
                let proof = Proof { document: Some(document.id), ..Proof::of("document", "signed contract") };
                return Some(Finding::passed("The contract is signed and verified.").with([proof]));
            }
            DocumentStatus::Received | DocumentStatus::Scanned => unread = true,
            DocumentStatus::Rejected | DocumentStatus::Expired | DocumentStatus::Deleted => {}
        }
    }
    unread.then(|| Finding::ours("To verify: the signed contract."))
}
