//! What the rules of a change must know about whoever decides: roles, relations, delegations, working hours.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kith_domain::access::{Principal, delegable};
use kith_domain::account::Account;
use kith_domain::approval::{Change, Delegated, Facts, Operation, Relations};
use kith_domain::delegation::Delegation;
use kith_domain::import::Import;
use kith_domain::organisation::Organisation;
use kith_domain::policy::{Calendar, Policy};
use kith_domain::user::User;
use kith_domain::value::{EntityCode, UserId, email_key};
use kith_store::{Fault, Noun, Reader};
use serde_json::Value;

use super::judge::names;
use crate::noun::{POLICY, json_of, load, read};

/// Most delegations that are looked at for one person.
const DELEGATIONS_MAX: u32 = 1_000;

/// The entity whose people decide.
pub(crate) fn entity_of(change: &Change) -> Option<&EntityCode> {
    change.steps.iter().find_map(|step| step.entity.as_ref())
}

/// A person with everything that the rules ask about them, read once for many changes.
#[derive(Debug)]
pub(crate) struct Desk<'o> {
    principal: Principal,
    organisation: &'o Organisation,
    now: Timestamp,
    calendar: Calendar,
    user: User,
    /// Delegations to the person that hold now, each with who delegates.
    delegations: Vec<(Delegation, User)>,
}

impl<'o> Desk<'o> {
    pub(crate) fn new(
        reader: &mut Reader<'_>,
        organisation: &'o Organisation,
        principal: &Principal,
        now: Timestamp,
    ) -> Result<Self, Fault> {
        let calendar = load::<Policy>(reader, POLICY)?.state.rules.calendar;
        let mut desk = Desk {
            principal: principal.clone(),
            organisation,
            now,
            calendar,
            user: User::default(),
            delegations: Vec::new(),
        };
        let Some(user) = principal.user().map(|user| user.to_string()) else { return Ok(desk) };
        desk.user = load::<User>(reader, &user)?.state;
        for document in
            reader.list(Noun::Delegation, &[("to_user", (&user).into())], None, DELEGATIONS_MAX)?
        {
            let delegation = read::<Delegation>(document)?.state;
            if !delegation.is_active(now) {
                continue;
            }
            let from = load::<User>(reader, &delegation.from.to_string())?.state;
            if from.is_active() && delegable(&from.roles, &principal.roles) {
                desk.delegations.push((delegation, from));
            }
        }
        Ok(desk)
    }

    /// Who has decisions of an operation made in their place by the person, now.
    pub(crate) fn delegators(&self, operation: Operation) -> BTreeSet<UserId> {
        let covering = self
            .delegations
            .iter()
            .filter(|(delegation, _)| delegation.covers(operation, false, None, self.now));
        covering.map(|(_, from)| from.id).collect()
    }

    /// Whether the step that is next could be the person's at all: what is cheap to know.
    pub(crate) fn could_decide(&self, change: &Change) -> bool {
        change.next_step().is_some_and(|(_, step)| {
            let entity = step.entity.as_ref();
            !self.delegations.is_empty() || step.roles().any(|role| self.principal.holds(role, entity))
        })
    }

    /// The facts for one change.
    pub(crate) fn facts(&self, reader: &mut Reader<'_>, change: &Change) -> Result<Facts, Fault> {
        let principal = self.principal.clone();
        let relations = relations(reader, &self.user, change)?;
        let mut delegated = Vec::new();
        for (delegation, from) in &self.delegations {
            if self.covers(delegation, change) {
                let relations = self::relations(reader, from, change)?;
                delegated.push(Delegated {
                    id: delegation.id,
                    from: from.id,
                    roles: from.roles.clone(),
                    relations,
                });
            }
        }
        let edits = change.operation.map(Operation::grant);
        let may_edit = edits.is_some_and(|grant| principal.may(grant, entity_of(change)));
        let (calendar, zone) = (self.calendar.clone(), zone(self.organisation, entity_of(change)));
        Ok(Facts { principal, relations, delegated, may_edit, calendar, zone })
    }

    fn covers(&self, delegation: &Delegation, change: &Change) -> bool {
        let Some(operation) = change.operation else { return false };
        let cap = delegation.terms.as_ref().and_then(|terms| terms.amount_cap);
        let in_cap = match (change.amount, cap) {
            (Some(amount), Some(cap)) if amount.currency == cap.currency => Some(amount),
            (Some(amount), Some(cap)) => {
                self.organisation.day.and_then(|day| self.organisation.convert(amount, cap.currency, day))
            }
            _ => None,
        };
        delegation.covers(operation, change.amount.is_some(), in_cap, self.now)
    }
}

/// The facts of Kith itself, for a change of an entity.
pub(crate) fn system_facts(
    reader: &mut Reader<'_>,
    organisation: &Organisation,
    entity: Option<&EntityCode>,
) -> Result<Facts, Fault> {
    let calendar = load::<Policy>(reader, POLICY)?.state.rules.calendar;
    Ok(Facts { calendar, zone: zone(organisation, entity), ..Facts::of(Principal::system()) })
}

fn zone(organisation: &Organisation, entity: Option<&EntityCode>) -> String {
    let of_entity = entity.and_then(|code| organisation.entity(code));
    of_entity.map_or(&organisation.timezone, |entity| &entity.timezone).clone()
}

fn relations(reader: &mut Reader<'_>, user: &User, change: &Change) -> Result<Relations, Fault> {
    let mut relations = Relations::default();
    let Some(target) = change.targets.first().filter(|_| user.exists()) else { return Ok(relations) };
    if matches!(change.operation, Some(Operation::ImportExecute | Operation::ImportRevert)) {
        let import = load::<Import>(reader, target)?.state;
        relations.imported = import.staged_by.is_some_and(|actor| actor.user == Some(user.id));
    }
    if target.starts_with("acc_") {
        let account = load::<Account>(reader, target)?;
        relations.serves = account.state.is_served_by(user.id)
            || names(&change.diff, "/account_manager", user.id)
            || names(&change.diff, "/sales_rep", user.id);
        relations.represents = represents(&account.state, user, change)?;
        if matches!(change.operation, Some(Operation::HoldRelease | Operation::ComplianceHoldRelease)) {
            let first = reader.stream(&account.stream(), 0, 1)?;
            let by = first.first().and_then(|record| record.header.actor.get("user")?.as_str());
            relations.created = by == Some(user.id.to_string().as_str());
        }
    }
    Ok(relations)
}

/// Whether an address of the account, as it is or as it would be, is the user's own.
fn represents(account: &Account, user: &User, change: &Change) -> Result<bool, Fault> {
    let Some(email) = user.email.get().map(|email| email_key(email)) else { return Ok(false) };
    let mut after = change.diff.iter().map(|diff| &diff.after);
    Ok(after.any(|value| has_address(value, &email)) || has_address(&json_of(account)?, &email))
}

/// Whether a mail address stands anywhere in a record.
fn has_address(value: &Value, email: &str) -> bool {
    match value {
        Value::String(text) => text.contains('@') && email_key(text) == email,
        Value::Array(items) => items.iter().any(|item| has_address(item, email)),
        Value::Object(members) => members.values().any(|member| has_address(member, email)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
