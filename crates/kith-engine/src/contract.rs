//! Commands to contracts and their templates: who may, the facts, decide and append, and what follows by itself.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use kith_domain::access::Grant;
use kith_domain::account::Account;
use kith_domain::contract::{
    Command, Contract, ContractDraft, Facts, Origin, OurSigner, wanted_documents, wanted_prices, wanted_users,
};
use kith_domain::contract_template::{self, ContractTemplate, STANDARD};
use kith_domain::decider::Decider;
use kith_domain::document::Document;
use kith_domain::price_list::{PriceList, PriceListKind, price_list_id};
use kith_domain::refusal::Refusal;
use kith_domain::user::User;
use kith_domain::value::{ContractId, DocumentId, EntityCode, UserId};
use kith_store::{Fault, Noun, Reader};

use crate::answer::{Answer, Receipt};
use crate::directory::Agreed;
use crate::effect::Effect;
use crate::execute::{Request, Walk};
use crate::noun::{Loaded, load, read};
use crate::permit;

mod calendar;
mod door;
mod offer;
mod paper;
mod provision;
mod react;
mod send;
mod tend;

pub use door::DoorView;
pub use offer::Offered;
pub(crate) use provision::{Person, give};
pub use send::SentLink;
pub(crate) use send::{link_digest, link_secret};

/// Templates: dozens, not thousands.
const TEMPLATES_MAX: u32 = 1_000;
/// Contracts of one account that are looked at.
const CONTRACTS_MAX: u32 = 10_000;

/// There is no such contract, or none that the caller may know of.
pub(crate) fn no_contract() -> Refusal {
    permit::missing("contract.not_found", "There is no such contract.")
}

/// A template by its code; the one that is built in where nobody saved another one.
pub(crate) fn template(reader: &mut Reader<'_>, code: &str) -> Result<Option<ContractTemplate>, Fault> {
    let loaded = load::<ContractTemplate>(reader, code)?;
    Ok(match loaded.version {
        0 if code == STANDARD => Some(ContractTemplate::standard()),
        0 => None,
        _ => Some(loaded.state),
    })
}

/// Every template, the built-in one among them.
pub(crate) fn templates(reader: &mut Reader<'_>) -> Result<Vec<ContractTemplate>, Fault> {
    let page = reader.list(Noun::ContractTemplate, &[], None, TEMPLATES_MAX)?;
    let read = page.into_iter().map(|document| Ok(read::<ContractTemplate>(document)?.state));
    let mut found = read.collect::<Result<Vec<_>, Fault>>()?;
    if found.iter().all(|template| template.code != STANDARD) {
        found.insert(0, ContractTemplate::standard());
    }
    Ok(found)
}

/// The template that onboarding drafts from: the default that was saved last, else the built-in one.
pub(crate) fn default_template(reader: &mut Reader<'_>) -> Result<Option<ContractTemplate>, Fault> {
    let open = templates(reader)?.into_iter().filter(|one| one.is_open() && one.is_default);
    match open.max_by_key(|one| one.saved_at) {
        Some(template) => Ok(Some(template)),
        None => template(reader, STANDARD),
    }
}

impl Walk<'_, '_> {
    pub(crate) fn contract_template(
        &mut self,
        id: &str,
        command: &contract_template::Command,
    ) -> Result<Answer, Fault> {
        let mut loaded = load::<ContractTemplate>(self.unit, id)?;
        if loaded.version == 0 && id == STANDARD && *command == contract_template::Command::Retire {
            // It is built in: to retire it, it becomes a version first.
            loaded.state = ContractTemplate::standard();
        }
        self.plain(&mut loaded, &(), command)
    }

    /// What the rules say against a command.
    pub(crate) fn contract_refused(&mut self, id: &str, command: &Command) -> Result<Option<Refusal>, Fault> {
        let loaded = load::<Contract>(self.unit, id)?;
        let account = self.contract_account(&loaded.state, command)?;
        if let Some(refusal) = self.contract_denied(&loaded, &account, command) {
            return Ok(Some(refusal));
        }
        let facts = self.contract_facts(&loaded.state, &account, command)?;
        Ok(loaded.state.decide(self.context, &facts, command).err())
    }

    /// A contract is seen by whoever sees its account; what may be done with it is asked for the account's entity.
    pub(crate) fn contract(
        &mut self,
        id: &str,
        command: &Command,
        request: &Request,
    ) -> Result<Answer, Fault> {
        let mut loaded = load::<Contract>(self.unit, id)?;
        let account = self.contract_account(&loaded.state, command)?;
        if let Some(refusal) = self.contract_denied(&loaded, &account, command) {
            return Ok(Answer::Refused(refusal));
        }
        if let Some(expected) = request.expected_version.filter(|expected| *expected != loaded.version) {
            return Ok(Answer::Refused(permit::stale(expected, loaded.version)));
        }
        let mut facts = self.contract_facts(&loaded.state, &account, command)?;
        let events = match loaded.state.decide(self.context, &facts, command) {
            Err(refusal) => return Ok(Answer::Refused(refusal)),
            Ok(_) if matches!(command, Command::Create { .. }) => {
                // Only now: what is refused takes no number.
                facts.number = format!("CT-{:06}", self.unit.next_contract()?);
                match loaded.state.decide(self.context, &facts, command) {
                    Ok(events) => events,
                    Err(refusal) => return Ok(Answer::Refused(refusal)),
                }
            }
            Ok(events) => events,
        };
        loaded.append(self.unit, self.engine.store().secrets(), self.context, &events, None)?;
        if !events.is_empty() {
            react::follow(self, &loaded.state, &account, &events)?;
            self.effects.push(Effect::Contract {
                id: loaded.id.clone(),
                account: account.id,
                state: loaded.state.state.as_str(),
                agreed: Agreed::of(&loaded.state),
            });
        }
        Ok(Answer::Done(Receipt { id: loaded.id, version: loaded.version, changed: !events.is_empty() }))
    }

    fn contract_account(&mut self, state: &Contract, command: &Command) -> Result<Account, Fault> {
        let account = match command {
            Command::Create { account, .. } => *account,
            _ => state.account,
        };
        Ok(load::<Account>(self.unit, &account.to_string())?.state)
    }

    fn contract_denied(
        &self,
        loaded: &Loaded<Contract>,
        account: &Account,
        command: &Command,
    ) -> Option<Refusal> {
        let creating = matches!(command, Command::Create { .. });
        let principal = &self.caller.principal;
        if !permit::sees(principal, account) || (!creating && !loaded.state.exists()) {
            return Some(if creating { permit::no_account() } else { no_contract() });
        }
        let grant = command.operation().grant();
        let may = principal.may(grant, Some(&account.owning_entity));
        (!may).then(|| permit::denied_for(grant, &account.owning_entity))
    }

    fn contract_facts(
        &mut self,
        state: &Contract,
        account: &Account,
        command: &Command,
    ) -> Result<Facts, Fault> {
        let none = ContractDraft::default();
        let (draft, origin) = match command {
            Command::Create { draft, origin, .. } => (&**draft, *origin),
            Command::Update { draft } => (&**draft, None),
            _ => (&none, None),
        };
        let template = match (command, &draft.template) {
            (Command::Create { .. }, Some(code)) => template(self.unit, code.trim())?,
            (Command::Create { .. }, None) => default_template(self.unit)?,
            _ => None,
        };
        let open_amendment = match origin {
            Some(Origin::Amends(id)) => self.open_amendment(id, account)?,
            _ => None,
        };
        let origin = match origin.or(state.origin) {
            Some(Origin::Amends(id) | Origin::Renews(id)) => {
                let former = load::<Contract>(self.unit, &id.to_string())?.state;
                Some(Box::new(former)).filter(|former| former.exists() && former.account == account.id)
            }
            None => None,
        };
        let mut users = wanted_users(draft);
        users.extend(account.account_manager);
        users.extend(state.terms.signers.iter().filter_map(|signer| signer.user));
        users.extend(origin.iter().flat_map(|former| &former.terms.signers).filter_map(|signer| signer.user));
        let entity = if state.exists() { &state.terms.entity } else { &account.owning_entity };
        Ok(Facts {
            today: Some(self.today_of(entity)),
            documents: self.documents_of(account, draft)?,
            price_refs: self.price_refs(draft)?,
            users: self.signers(users)?,
            entities: self.entity_names(),
            account: Some(Box::new(account.clone())),
            template: template.map(Box::new),
            number: "CT-".to_owned(),
            origin,
            open_amendment,
        })
    }

    /// The amendment of a contract that is drafted or out, in words.
    fn open_amendment(&mut self, of: ContractId, account: &Account) -> Result<Option<String>, Fault> {
        let account = account.id.to_string();
        let all =
            self.unit.list(Noun::Contract, &[("account_id", (&account).into())], None, CONTRACTS_MAX)?;
        for document in all {
            let one = read::<Contract>(document)?.state;
            let amends = one.origin == Some(Origin::Amends(of));
            if amends && !one.is_in_force() && !one.has_ended() {
                return Ok(Some(format!("{} ({}, revision {})", one.id, one.number, one.revision)));
            }
        }
        Ok(None)
    }

    /// Today in the zone of an entity.
    pub(crate) fn today_of(&self, entity: &EntityCode) -> Date {
        let organisation = &self.organisation;
        let zone = organisation.entity(entity).map_or(&organisation.timezone, |entity| &entity.timezone);
        self.engine.today_in(zone)
    }

    pub(crate) fn entity_names(&self) -> BTreeMap<EntityCode, String> {
        self.organisation.entities.iter().map(|entity| (entity.code.clone(), entity.name.clone())).collect()
    }

    fn documents_of(
        &mut self,
        account: &Account,
        draft: &ContractDraft,
    ) -> Result<BTreeSet<DocumentId>, Fault> {
        let mut found = BTreeSet::new();
        for id in wanted_documents(draft) {
            let document = load::<Document>(self.unit, &id.to_string())?.state;
            if document.exists() && document.account == account.id {
                found.insert(id);
            }
        }
        Ok(found)
    }

    fn price_refs(&mut self, draft: &ContractDraft) -> Result<BTreeSet<String>, Fault> {
        let mut found = BTreeSet::new();
        for code in wanted_prices(draft) {
            if load::<PriceList>(self.unit, &price_list_id(PriceListKind::List, &code))?.state.exists() {
                found.insert(code);
            }
        }
        Ok(found)
    }

    fn signers(&mut self, ids: BTreeSet<UserId>) -> Result<BTreeMap<UserId, OurSigner>, Fault> {
        let mut found = BTreeMap::new();
        for id in ids {
            let user = load::<User>(self.unit, &id.to_string())?.state;
            if user.is_active() && user.portal.is_none() {
                let approves = user.roles.iter().any(|held| held.role.approves());
                found.insert(id, OurSigner { name: user.name, email: user.email, approves });
            }
        }
        Ok(found)
    }
}

/// Whether somebody may read the personal data of an account.
pub(crate) fn reads_personal(caller: &crate::caller::Caller, account: &Account) -> bool {
    caller.principal.may(Grant::PersonalRead, Some(&account.owning_entity))
}
