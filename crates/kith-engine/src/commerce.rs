//! Commands to price lists, teams, documents and vehicles: who may, then decide and append.

use kith_domain::access::Grant;
use kith_domain::account::Account;
use kith_domain::document::{self, Document};
use kith_domain::price_list::{self, PriceList};
use kith_domain::refusal::Refusal;
use kith_domain::team::{self, Team};
use kith_domain::vehicle::{self, Vehicle};
use kith_store::Fault;

use crate::answer::Answer;
use crate::effect::Effect;
use crate::execute::{Request, Walk};
use crate::noun::{NEVER, load};
use crate::{facts, permit};

/// The record moved on, or was made meanwhile.
fn moved(request: &Request, version: u64) -> Option<Refusal> {
    request
        .expected_version
        .filter(|expected| *expected != version)
        .map(|expected| permit::stale(expected, version))
}

impl Walk<'_, '_> {
    pub(crate) fn price_list(
        &mut self,
        id: &str,
        command: &price_list::Command,
        request: &Request,
    ) -> Result<Answer, Fault> {
        let mut loaded = load::<PriceList>(self.unit, id)?;
        if let Some(stale) = moved(request, loaded.version) {
            return Ok(Answer::Refused(stale));
        }
        let facts = facts::price_list(self)?;
        self.plain(&mut loaded, &facts, command)
    }

    pub(crate) fn team(
        &mut self,
        id: &str,
        command: &team::Command,
        request: &Request,
    ) -> Result<Answer, Fault> {
        let mut loaded = load::<Team>(self.unit, id)?;
        if let Some(stale) = moved(request, loaded.version) {
            return Ok(Answer::Refused(stale));
        }
        let facts = facts::team(self, command, &loaded.state)?;
        self.plain(&mut loaded, &facts, command)
    }

    /// A document is seen by whoever sees its account; what may be done with it is asked for the account's entity.
    pub(crate) fn document(&mut self, id: &str, command: &document::Command) -> Result<Answer, Fault> {
        let mut loaded = load::<Document>(self.unit, id)?;
        let account = match command {
            document::Command::Receive(received) => received.account,
            _ => loaded.state.account,
        };
        let owner = load::<Account>(self.unit, &account.to_string())?.state;
        let seen =
            owner.exists() && self.caller.principal.may(Grant::AccountsRead, Some(&owner.owning_entity));
        if !seen {
            let receiving = matches!(command, document::Command::Receive(_));
            return Ok(Answer::Refused(if receiving { permit::no_account() } else { no_document() }));
        }
        let grant = command.operation().grant();
        if !self.caller.principal.may(grant, Some(&owner.owning_entity)) {
            return Ok(Answer::Refused(permit::denied_for(grant, &owner.owning_entity)));
        }
        let facts = facts::document(self, command)?;
        let answer = self.plain(&mut loaded, &facts, command)?;
        if matches!(&answer, Answer::Done(receipt) if receipt.changed) {
            let expires_on = self.unit.document_expiry(&account.to_string(), NEVER)?;
            self.effects.push(Effect::Document { account, expires_on });
        }
        Ok(answer)
    }

    pub(crate) fn vehicle(
        &mut self,
        id: &str,
        command: &vehicle::Command,
        request: &Request,
    ) -> Result<Answer, Fault> {
        let mut loaded = load::<Vehicle>(self.unit, id)?;
        if loaded.version > 0 && !self.sees_vehicle(&loaded.state)? {
            return Ok(Answer::Refused(permit::missing("vehicle.not_found", "There is no such vehicle.")));
        }
        if let Some(stale) = moved(request, loaded.version) {
            return Ok(Answer::Refused(stale));
        }
        let facts = facts::vehicle(self, command)?;
        let answer = self.plain(&mut loaded, &facts, command)?;
        if matches!(&answer, Answer::Done(receipt) if receipt.changed) {
            let accounts: Vec<String> = loaded.state.accounts().iter().map(ToString::to_string).collect();
            self.unit.put_vehicle_accounts(id, &accounts)?;
        }
        Ok(answer)
    }

    /// Whether the caller sees one of the accounts that a vehicle has to do with, or it has to do with none.
    fn sees_vehicle(&mut self, state: &Vehicle) -> Result<bool, Fault> {
        let accounts = state.accounts();
        for id in &accounts {
            let account = load::<Account>(self.unit, &id.to_string())?.state;
            if self.caller.principal.may(Grant::AccountsRead, Some(&account.owning_entity)) {
                return Ok(true);
            }
        }
        Ok(accounts.is_empty())
    }
}

/// There is no such document, or none that the caller may know of.
pub(crate) fn no_document() -> Refusal {
    permit::missing("document.not_found", "There is no such document.")
}
