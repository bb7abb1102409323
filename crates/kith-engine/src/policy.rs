//! The approval policy on its way: proposed by a change of its own, read by version.

use kith_domain::access::Grant;
use kith_domain::approval::diff;
use kith_domain::command::Command as AnyCommand;
use kith_domain::decider::Decider as _;
use kith_domain::policy::{Command, Event, Facts, Policy, Rules};
use kith_domain::refusal::{FieldFault, Refusal};
use kith_store::Fault;
use serde_json::Value;

use crate::answer::{Answer, Receipt};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::gate::{self, Shown};
use crate::noun::{POLICY, json_of, load};
use crate::permit;

/// What a proposed policy would alter.
pub(crate) fn shown(before: &Rules, command: &Command) -> Result<Shown, Fault> {
    let Command::Set { rules } = command;
    let diff = diff(&json_of(before)?, &json_of(rules)?);
    Ok(Shown { diff, ..Shown::default() })
}

/// Proposes other rules: decided now, so that nonsense is refused at once, and held for its approvers.
pub(crate) fn propose(
    walk: &mut Walk<'_, '_>,
    command: &Command,
    whole: &AnyCommand,
) -> Result<Answer, Fault> {
    let mut loaded = load::<Policy>(walk.unit, POLICY)?;
    let Command::Set { rules } = command;
    let currency = walk.organisation.currency;
    let currency = currency.ok_or_else(|| Fault::corrupt("an organisation without a currency"))?;
    let mut condition_faults = gate::condition_faults(rules, currency);
    let named = rules.credit.sources.keys().chain(&rules.credit.extracts);
    let unknown = named.filter(|code| walk.organisation.entity(code).is_none());
    condition_faults.extend(unknown.map(|code| {
        let message = format!("there is no legal entity {code}");
        FieldFault::new(format!("/credit/sources/{code}"), "entity_unknown", message)
    }));
    condition_faults.extend(crate::scorecard::faults(walk.unit, rules)?);
    let facts = Facts { condition_faults };
    match loaded.state.decide(walk.context, &facts, command) {
        Err(refusal) => return Ok(Answer::Refused(refusal)),
        Ok(events) if events.is_empty() => {
            let id = POLICY.to_owned();
            return Ok(Answer::Done(Receipt { id, version: loaded.state.version, changed: false }));
        }
        Ok(_) => {}
    }
    let shown = shown(&loaded.state.rules, command)?;
    let base = Some(loaded.state.version);
    match gate::hold(walk, whole, POLICY, base, shown)? {
        Some(answer) => Ok(answer),
        // A policy change stays red, so this is not met; were it, it would be written like any command.
        None => walk.plain(&mut loaded, &facts, command),
    }
}

/// Lays a JSON merge patch (RFC 7396) over a value.
pub(crate) fn merge(value: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        if !patch.is_null() {
            value.clone_from(patch);
        }
        return;
    };
    if !value.is_object() {
        *value = Value::Object(serde_json::Map::new());
    }
    let Some(members) = value.as_object_mut() else { return };
    for (name, given) in patch {
        if given.is_null() {
            members.remove(name);
        } else {
            merge(members.entry(name.clone()).or_insert(Value::Null), given);
        }
    }
}

impl Engine {
    /// The policy that holds, or one that held.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn policy(
        &self,
        caller: &Caller,
        version: Option<u64>,
    ) -> Result<Result<Policy, Refusal>, Fault> {
        if !caller.principal.may(Grant::ChangesRead, None) {
            return Ok(Err(permit::denied(Grant::ChangesRead)));
        }
        let missing = || permit::missing("policy.not_found", "There is no such version of the policy.");
        self.store()
            .read(move |reader| {
                let loaded = load::<Policy>(reader, POLICY)?;
                let asked = version.unwrap_or(loaded.state.version);
                if asked == loaded.state.version {
                    return Ok(Ok(loaded.state));
                }
                if asked == 0 || asked > loaded.state.version {
                    return Ok(Err(missing()));
                }
                let mut policy = Policy::default();
                let records = reader.stream(&loaded.stream(), 0, u32::try_from(asked).unwrap_or(u32::MAX))?;
                for record in records {
                    let event: Event = serde_json::from_value(record.header.body)
                        .map_err(|_| Fault::corrupt("an event of the policy"))?;
                    if policy.version < asked {
                        policy.evolve(&event);
                    }
                }
                Ok(Ok(policy))
            })
            .await
    }

    /// The rules that a merge patch makes of those that hold.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn patched_policy(&self, patch: &Value) -> Result<Value, Fault> {
        let patch = patch.clone();
        self.store()
            .read(move |reader| {
                let mut body = json_of(&load::<Policy>(reader, POLICY)?.state.rules)?;
                merge(&mut body, &patch);
                Ok(body)
            })
            .await
    }
}
