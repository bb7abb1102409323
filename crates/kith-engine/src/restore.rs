//! Bringing back what a field was: the patch of the account's today that makes it as it was.

use std::collections::BTreeSet;

use kith_domain::access::Grant;
use kith_domain::account::{Account, Command as AccountCommand, Draft};
use kith_domain::command::Command;
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::value::AccountId;
use kith_store::Fault;
use serde_json::{Map, Value, json};

use crate::answer::{Answer, Outcome};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::Loaded;
use crate::past::replay;
use crate::permit;

/// The code of a member that a request cannot have.
const UNKNOWN_MEMBER: &str = "member_unknown";

/// What brings a past state back.
#[derive(Debug, Clone, PartialEq)]
pub struct Restoring {
    /// The version that the patch is based on.
    pub version: u64,
    /// A patch as `PATCH /api/v1/accounts/{id}` takes it; empty when nothing differs.
    pub patch: Map<String, Value>,
}

impl Engine {
    /// The patch that makes an account what it was at a version, in the fields named or in all that can be edited.
    /// `editable` says which fields a patch may name.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn restoring(
        &self,
        caller: &Caller,
        name: &str,
        version: u64,
        fields: &[String],
        editable: &BTreeSet<String>,
    ) -> Result<Result<Restoring, Refusal>, Fault> {
        let now = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let entity = &now.state.owning_entity;
        // What the caller may not see would be read as absent, and absent clears.
        for grant in [Grant::PersonalRead, Grant::CreditRead] {
            if !caller.principal.may(grant, Some(entity)) {
                return Ok(Err(permit::denied_for(grant, entity)));
            }
        }
        if version == 0 || version > now.version {
            return Ok(Err(no_version(version, now.version)));
        }
        let faults = unknown(fields, editable);
        if !faults.is_empty() {
            let refusal = Refusal::new(
                RefusalKind::Unprocessable,
                "account.invalid",
                "Some fields cannot be restored.",
                "Name fields that can be edited.",
            );
            return Ok(Err(refusal.with_fields(faults)));
        }
        let id = now.id.clone();
        let past = self
            .store()
            .read(move |reader| replay::<Account>(reader, &id, |record| record.header.version <= version))
            .await?;
        let past = Loaded { id: now.id.clone(), state: past.state, version: past.version, row: now.row };
        let view = |loaded: &Loaded<Account>| {
            serde_json::to_value(self.account_view(caller, loaded, &[]))
                .map_err(|_| Fault::corrupt("an account"))
        };
        let wanted =
            |field: &String| editable.contains(field) && (fields.is_empty() || fields.contains(field));
        let (today, then) = (view(&now)?, view(&past)?);
        Ok(Ok(Restoring { version: now.version, patch: patch(&today, &then, wanted) }))
    }
}

impl Engine {
    /// Asks for what [`Engine::restoring`] found, like for any edit.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn restore(
        &self,
        caller: &Caller,
        id: AccountId,
        restoring: Restoring,
        key: Option<String>,
    ) -> Result<Outcome, Fault> {
        let ids = self.clone();
        let mut made = move || ids.new_uuid().unwrap_or_default();
        let mut patch = Value::Object(restoring.patch);
        let (mut draft, mut faults) = Draft::read_patch(&patch, id, &mut made);
        if faults.iter().any(|fault| fault.code == UNKNOWN_MEMBER) {
            // What a row shows and nobody can edit, such as who verified it, is not brought back: it is found out again.
            leave_out(&mut patch, &faults);
            (draft, faults) = Draft::read_patch(&patch, id, &mut made);
        }
        if !faults.is_empty() {
            let sentence = "What was on record then can no longer be put on record.";
            let refusal = Refusal::new(
                RefusalKind::Unprocessable,
                "account.invalid",
                sentence,
                "Edit the fields by hand.",
            );
            return Ok(Outcome { answer: Answer::Refused(refusal.with_fields(faults)), replayed: false });
        }
        let command = AccountCommand::Update { draft: Box::new(draft) };
        let command = Command::Account { id, command };
        self.execute(caller, Request { command, key, expected_version: Some(restoring.version) }).await
    }
}

/// Takes the members away that no edit may name.
fn leave_out(patch: &mut Value, faults: &[FieldFault]) {
    for fault in faults.iter().filter(|fault| fault.code == UNKNOWN_MEMBER) {
        let Some((row, member)) = fault.pointer.rsplit_once('/') else { continue };
        if let Some(row) = patch.pointer_mut(row).and_then(Value::as_object_mut) {
            row.remove(member);
        }
    }
}

fn no_version(asked: u64, last: u64) -> Refusal {
    let sentence = format!("There is no version {asked}; the last one is {last}.");
    Refusal::new(
        RefusalKind::Unprocessable,
        "account.no_version",
        sentence,
        "Take a version of the account's history.",
    )
}

fn unknown(fields: &[String], editable: &BTreeSet<String>) -> Vec<FieldFault> {
    let not_editable = |(at, _): (usize, &String)| {
        FieldFault::new(format!("/fields/{at}"), "not_editable", "this is no field that can be edited")
    };
    fields.iter().enumerate().filter(|(_, field)| !editable.contains(*field)).map(not_editable).collect()
}

/// What makes `now` what `then` was, in the fields wanted.
pub(crate) fn patch(now: &Value, then: &Value, wanted: impl Fn(&String) -> bool) -> Map<String, Value> {
    let (Some(now), Some(then)) = (now.as_object(), then.as_object()) else { return Map::new() };
    let mut patch = Map::new();
    for (field, today) in now.iter().filter(|(field, _)| wanted(field)) {
        let before = then.get(field).unwrap_or(&Value::Null);
        if before == today {
            continue;
        }
        let change = match (today, before) {
            (Value::Array(today), Value::Array(before)) if has_rows(today) || has_rows(before) => {
                Value::Array(rows(today, before))
            }
            (Value::Object(today), Value::Object(before)) => Value::Object(merge(today, before)),
            _ => before.clone(),
        };
        patch.insert(field.clone(), change);
    }
    patch
}

/// RFC 7396: members that differ, and null for those that were not there.
fn merge(now: &Map<String, Value>, then: &Map<String, Value>) -> Map<String, Value> {
    let gone = now.keys().filter(|name| !then.contains_key(*name)).map(|name| (name.clone(), Value::Null));
    let mut patch: Map<String, Value> = gone.collect();
    for (name, before) in then.iter().filter(|(name, before)| now.get(*name) != Some(before)) {
        let change = match (now.get(name), before) {
            (Some(Value::Object(today)), Value::Object(before)) => Value::Object(merge(today, before)),
            _ => before.clone(),
        };
        patch.insert(name.clone(), change);
    }
    patch
}

fn has_rows(items: &[Value]) -> bool {
    items.iter().any(Value::is_object)
}

/// Rows that came back, went or changed. A row is known by its id, or by its kind and value.
fn rows(now: &[Value], then: &[Value]) -> Vec<Value> {
    let same = |left: &Value, right: &Value| match left.get("id") {
        Some(id) => Some(id) == right.get("id"),
        None if left.get("type").is_some() => {
            ["type", "entity"].iter().all(|name| left.get(name) == right.get(name))
        }
        None => left.get("kind") == right.get("kind") && left.get("value") == right.get("value"),
    };
    // A row without an id is named by what it is.
    let named = |row: &Value| {
        let mut members = Map::from_iter([("action".to_owned(), json!("delete"))]);
        for name in ["type", "entity", "kind", "value"] {
            members.extend(
                row.get(name).filter(|value| !value.is_null()).map(|value| (name.to_owned(), value.clone())),
            );
        }
        Value::Object(members)
    };
    let with = |row: &Value, action: &str, id: bool| {
        let mut members = row.as_object().cloned().unwrap_or_default();
        members.retain(|name, value| (id || name != "id") && (!value.is_null() || action == "update"));
        members.insert("action".to_owned(), json!(action));
        Value::Object(members)
    };
    let gone = now.iter().filter(|row| !then.iter().any(|other| same(row, other)));
    let mut actions: Vec<Value> = gone
        .map(|row| match row.get("id") {
            Some(id) => json!({"action": "delete", "id": id}),
            None => named(row),
        })
        .collect();
    for row in then {
        match now.iter().find(|other| same(row, other)) {
            None => actions.push(with(row, "add", false)),
            Some(today) if today != row && row.get("id").is_some() => actions.push(with(row, "update", true)),
            // Adding puts it in place of what is there.
            Some(today) if today != row => actions.push(with(row, "add", false)),
            Some(_) => {}
        }
    }
    actions
}

#[cfg(test)]
mod tests;
