//! Where an account would stand if a change were applied: limit, exposure, what is left, before and after.

mod group;

use std::collections::BTreeSet;

use kith_api::view::CreditEffectView;
use kith_domain::access::Grant;
use kith_domain::account::Account;
use kith_domain::approval::{Change, Diff, Operation};
use kith_domain::refusal::Refusal;
use kith_domain::value::{AccountId, EntityCode};
use kith_store::Fault;
use serde_json::{Map, Value};

use super::Told;
use super::act::Act;
use super::desk::Sitting;
use super::known::Customer;
use super::show::{credit_view, entity_unknown};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::json_of;
use crate::permit;

/// Fields that bear on credit, of the master record and of a legal entity.
const FIELDS: [&str; 2] = ["credit_limit", "payment_terms"];

/// A version that no record has: what is only imagined is never taken for what stands.
const IMAGINED: u64 = u64::MAX;

impl Engine {
    /// What a change would do to credit, with each legal entity whose limit or terms it touches; nothing for other changes,
    /// and for whoever may not see credit.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub(crate) async fn credit_effects(
        &self,
        caller: &Caller,
        change: &Change,
    ) -> Result<Vec<CreditEffectView>, Fault> {
        let account = change.targets.first().and_then(|id| id.parse::<AccountId>().ok());
        let Some(account) = account.filter(|_| change.base_version.is_some()) else { return Ok(Vec::new()) };
        let mut effects = Vec::new();
        for entity in self.entities_touched(account, change) {
            if !caller.principal.may(Grant::CreditRead, Some(&entity)) {
                continue;
            }
            let act = Act::Foresee(account, entity, change.diff.clone());
            match self.teller().ask(self, caller, act).await? {
                Ok(Told::Foreseen(effect)) => effects.push(*effect),
                Ok(_) => return Err(Fault::corrupt("another answer where an effect was asked for")),
                // An account or an entity that is gone by now: nothing can be said.
                Err(_) => {}
            }
        }
        Ok(effects)
    }

    fn entities_touched(&self, account: AccountId, change: &Change) -> BTreeSet<EntityCode> {
        let releases = change.operation == Some(Operation::HoldRelease);
        let owner = || self.owner_of(account);
        let mut found: BTreeSet<EntityCode> =
            change.diff.iter().filter_map(|diff| touched(&diff.path, owner)).collect();
        found.extend(owner().filter(|_| releases && found.is_empty()));
        found
    }
}

/// The entity whose credit a place of the record bears on; the master record's is that of its owner.
fn touched(path: &str, owner: impl Fn() -> Option<EntityCode>) -> Option<EntityCode> {
    let mut parts = path.split('/').skip(1);
    match parts.next()? {
        "overrides" => {
            let entity = parts.next()?.parse().ok()?;
            // Without more, all that the entity says is new or gone.
            parts.next().is_none_or(|field| FIELDS.contains(&field)).then_some(entity)
        }
        field => FIELDS.contains(&field).then(owner).flatten(),
    }
}

/// The record with the values of a change in their places.
fn imagined(account: &Account, diffs: &[Diff]) -> Result<Account, Fault> {
    let mut record = json_of(account)?;
    for diff in
        diffs.iter().filter(|diff| touched(&diff.path, || Some(account.owning_entity.clone())).is_some())
    {
        put(&mut record, &diff.path, &diff.after);
    }
    serde_json::from_value(record).map_err(|_| Fault::corrupt("a change that does not fit its account"))
}

/// Puts a value at a JSON Pointer; null takes it away.
fn put(record: &mut Value, path: &str, value: &Value) {
    let Some((above, name)) = path.rsplit_once('/') else { return };
    let mut place = record;
    for part in above.split('/').skip(1) {
        let Some(members) = place.as_object_mut() else { return };
        place = members.entry(unescaped(part)).or_insert_with(|| Value::Object(Map::new()));
    }
    let Some(members) = place.as_object_mut() else { return };
    if value.is_null() {
        members.remove(&unescaped(name));
    } else {
        members.insert(unescaped(name), value.clone());
    }
}

fn unescaped(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

impl Sitting<'_, '_> {
    /// Where an account stands with an entity, and where it would stand.
    pub(super) fn foresee(
        &mut self,
        account: AccountId,
        code: &EntityCode,
        diffs: &[Diff],
    ) -> Result<Result<Told, Refusal>, Fault> {
        let Some(entity) = self.entity(code) else { return Ok(Err(entity_unknown())) };
        let Some(customer) = self.customer(account)? else { return Ok(Err(permit::no_account())) };
        let before = self.standing(&customer, &entity, None)?;
        let shared_before = self.sharers(&customer, &entity);
        let would_be =
            Customer { version: IMAGINED, row: customer.row, account: imagined(&customer.account, diffs)? };
        let key = (customer.account.id, code.clone());
        self.memory.terms.remove(&key);
        let after = self.standing(&would_be, &entity, None)?;
        let shared_after = self.sharers(&would_be, &entity);
        self.memory.terms.remove(&key);
        self.memory.classes.remove(&customer.row);
        Ok(Ok(Told::Foreseen(Box::new(CreditEffectView {
            before: credit_view(code, &before, shared_before),
            after: credit_view(code, &after, shared_after),
        }))))
    }
}

#[cfg(test)]
mod tests;
