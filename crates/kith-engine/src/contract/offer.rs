//! What onboarding needs of contracts: offer one from the default template, and ask whether it is validated.

use kith_domain::contract::{Command, Contract, ContractDraft, ContractState};
use kith_domain::refusal::Refusal;
use kith_domain::value::{AccountId, ContractId};
use kith_store::{Fault, Noun};

use super::send::SentLink;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::read;

/// Hours for which the links of an offer work.
const OFFER_HOURS: u16 = 14 * 24;

/// A contract that was offered.
#[derive(Debug, Clone)]
pub struct Offered {
    /// Which contract.
    pub contract: ContractId,
    /// Where it stands: `in_review` where its template wants a review by a person, else mostly `sent`.
    pub state: ContractState,
    /// The links, if it was sent just now.
    pub links: Vec<SentLink>,
}

impl Engine {
    /// Drafts a contract from the default template and sends it. Asked again, it goes on with the one that there is:
    /// one that is on its way, or one that holds. A template that wants a review leaves it `in_review`.
    ///
    /// # Errors
    /// [`Fault`] when the store or the archive cannot write.
    pub async fn contract_offer(
        &self,
        caller: &Caller,
        account: AccountId,
    ) -> Result<Result<Offered, Refusal>, Fault> {
        let open = self.contracts_of(account).await?.into_iter().find(|contract| !contract.has_ended());
        let contract = match open {
            Some(contract) => contract.id,
            None => {
                let id = ContractId(self.new_uuid()?);
                let draft = Box::new(ContractDraft::default());
                let command = Command::Create { id, account, origin: None, draft };
                if let Err(refusal) = self.contract_act(caller, id, command, None).await? {
                    return Ok(Err(refusal));
                }
                id
            }
        };
        let (loaded, _) = match self.load_contract(caller, &contract.to_string()).await? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut links = Vec::new();
        if loaded.state.state == ContractState::Draft {
            let sent = if loaded.state.template.reviewed {
                self.contract_act(caller, contract, Command::Submit, None).await?.map(|_| Vec::new())
            } else {
                self.contract_send(caller, &contract.to_string(), OFFER_HOURS).await?
            };
            match sent {
                Ok(sent) => links = sent,
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
        let found = self.load_contract(caller, &contract.to_string()).await?;
        Ok(found.map(|(loaded, _)| Offered { contract, state: loaded.state.state, links }))
    }

    /// Whether a contract with the account is validated and has not ended.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn contract_is_validated(&self, account: AccountId) -> Result<bool, Fault> {
        let contracts = self.contracts_of(account).await?;
        Ok(contracts.iter().any(|contract| contract.validated_at.is_some() && !contract.has_ended()))
    }

    /// The contracts of an account, newest first.
    pub(crate) async fn contracts_of(&self, account: AccountId) -> Result<Vec<Contract>, Fault> {
        let page = self.store().read(move |reader| {
            reader.list_newest(Noun::Contract, &[("account_id", (&account.to_string()).into())], None, 1_000)
        });
        page.await?.into_iter().map(|document| Ok(read::<Contract>(document)?.state)).collect()
    }
}
