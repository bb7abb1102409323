//! What the rules of contracts need to know and a contract does not own.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Contract, Signer, SignerSide};
use crate::account::{Account, ContactRole, Stage};
use crate::contract_template::ContractTemplate;
use crate::value::{DocumentId, EntityCode, Personal, UserId};

/// A user of ours who may sign.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OurSigner {
    /// The name.
    pub name: Personal<String>,
    /// The e-mail address.
    pub email: Personal<String>,
    /// Whether they hold a role that approves: then they may sign for us.
    pub approves: bool,
}

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Today, in the zone of the entity.
    pub today: Option<Date>,
    /// The account; `None` when there is none.
    pub account: Option<Box<Account>>,
    /// The template that the draft names, or the default one.
    pub template: Option<Box<ContractTemplate>>,
    /// The legal entities and their names.
    pub entities: BTreeMap<EntityCode, String>,
    /// Of the documents that the draft names, those of the account.
    pub documents: BTreeSet<DocumentId>,
    /// Of the price lists that the draft names, those that there are.
    pub price_refs: BTreeSet<String>,
    /// Of the users that are to sign, those who are active.
    pub users: BTreeMap<UserId, OurSigner>,
    /// The number of a new contract.
    pub number: String,
    /// The contract that it amends or renews.
    pub origin: Option<Box<Contract>>,
    /// The open amendment of the contract that a draft wants to amend, if there is one: `ctr_…` with number and revision.
    pub open_amendment: Option<String>,
}

impl Facts {
    /// Why somebody may sign, as far as the record tells.
    pub(super) fn authority(&self, signer: &Signer) -> Option<String> {
        match signer.side {
            SignerSide::Supplier => {
                let user = self.users.get(&signer.user?)?;
                user.approves.then(|| "user holds an approving role".to_owned())
            }
            SignerSide::Customer => {
                let contacts = &self.account.as_ref()?.contacts;
                let contact = contacts.iter().find(|contact| Some(contact.id) == signer.contact)?;
                let may = matches!(
                    contact.role,
                    ContactRole::DecisionMaker | ContactRole::EconomicBuyer | ContactRole::ExecutiveSponsor
                );
                may.then(|| format!("contact is {}", contact.role.as_str()))
            }
        }
    }

    /// Whether something may be agreed with the account.
    pub(super) fn account_is_open(&self) -> bool {
        self.account.as_ref().is_some_and(|account| {
            let ended = matches!(account.stage, Stage::Closed | Stage::Erased | Stage::Rejected);
            account.exists() && account.deleted_at.is_none() && account.merged_into.is_none() && !ended
        })
    }
}
