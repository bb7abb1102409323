//! The approval policy over REST.

use kith_api::conform;
use kith_api::problem::Problem;
use kith_api::view::PolicyRules;
use kith_domain::command::Command;
use kith_domain::policy::{Command as PolicyCommand, Rules};
use kith_domain::refusal::FieldFault;
use kith_engine::{Answer, Request};
use serde_json::{Value, json as object};

use super::{Call, invalid, take_reason};
use crate::reply::{Reply, Stop, json, with_header};

pub(super) async fn get(call: Call) -> Reply {
    let version = match call.param("version") {
        Some(text) => Some(
            text.parse().map_err(|_| invalid("version", "version_invalid", "Expected a whole number."))?,
        ),
        None => None,
    };
    shown(&call, version).await
}

async fn shown(call: &Call, version: Option<u64>) -> Reply {
    let policy = call.engine.policy(&call.caller, version).await??;
    let mut body = serde_json::to_value(&policy.rules)
        .map_err(|_| Stop::new(500, "fault", "The policy cannot be written."))?;
    if let Value::Object(members) = &mut body {
        members.insert("version".to_owned(), object!(policy.version));
        let by = policy.set_by.and_then(|actor| actor.user).map(|user| user.to_string());
        members.insert("set_by".to_owned(), object!(by));
        members.insert("set_at".to_owned(), object!(policy.set_at.map(|at| at.to_string())));
    }
    json(200, &body)
}

pub(super) async fn set(call: Call) -> Reply {
    let body = call.value()?;
    propose(call, body).await
}

pub(super) async fn edit(call: Call) -> Reply {
    let mut patch = call.value()?;
    if !patch.is_object() {
        return Err(invalid("", "type", "expected an object"));
    }
    let reason = patch.as_object_mut().and_then(|members| members.remove("reason"));
    let mut body = call.engine.patched_policy(&patch).await?;
    if let (Some(reason), Some(members)) = (reason, body.as_object_mut()) {
        members.insert("reason".to_owned(), reason);
    }
    propose(call, body).await
}

/// Reads the whole policy, every fault at its place, and proposes it.
async fn propose(mut call: Call, mut body: Value) -> Reply {
    let read = conform::read::<PolicyRules>(body.clone());
    let mut faults = read.faults;
    call.caller.reason = take_reason(&mut body, &mut faults);
    if faults.is_empty() {
        faults.extend(words(&body));
    }
    if !faults.is_empty() {
        return Err(Problem::invalid(faults).into());
    }
    let rules: Rules = serde_json::from_value(body).map_err(|error| {
        Stop::from(Problem::invalid(vec![FieldFault::new("", "malformed", error.to_string())]))
    })?;
    let command = Command::Policy(PolicyCommand::Set { rules: Box::new(rules) });
    let request = Request { command, key: call.key()?, expected_version: None };
    let outcome = call.engine.execute(&call.caller, request).await?;
    let reply = match outcome.answer {
        Answer::Refused(refusal) => return Err(refusal.into()),
        Answer::Done(_) => shown(&call, None).await,
        Answer::Waiting(change) => {
            let view = call.engine.change_view(&call.caller, &change);
            let location = format!("/api/v1/changes/{}", view.id);
            with_header(json(202, &view), "location", &location)
        }
    };
    if outcome.replayed { with_header(reply, "idempotent-replayed", "true") } else { reply }
}

/// Words that name nothing: each is tried as the type that it must be.
fn words(body: &Value) -> Vec<FieldFault> {
    use kith_domain::access::Role;
    use kith_domain::approval::Operation;
    use kith_domain::policy::{Holiday, Lane, Pack};
    let mut faults = Vec::new();
    for (place, row) in rows(body, "rows") {
        word::<Operation>(
            row.get("operation"),
            &format!("{place}/operation"),
            "operation_unknown",
            &mut faults,
        );
        word::<Lane>(row.get("lane"), &format!("{place}/lane"), "lane_unknown", &mut faults);
        for (number, step) in row.get("steps").and_then(Value::as_array).into_iter().flatten().enumerate() {
            word::<Role>(
                step.get("role"),
                &format!("{place}/steps/{number}/role"),
                "role_unknown",
                &mut faults,
            );
        }
    }
    for (place, successor) in rows(body, "escalation") {
        for name in ["role", "backup", "manager"] {
            word::<Role>(successor.get(name), &format!("{place}/{name}"), "role_unknown", &mut faults);
        }
    }
    for (place, pack) in rows(body, "packs") {
        word::<Pack>(Some(pack), &place, "pack_unknown", &mut faults);
    }
    if let Some(calendar) = body.get("calendar") {
        for name in ["opens", "closes"] {
            let place = format!("/calendar/{name}");
            word::<jiff::civil::Time>(calendar.get(name), &place, "time_invalid", &mut faults);
        }
        for (place, holiday) in rows(calendar, "holidays") {
            word::<Holiday>(Some(holiday), &format!("/calendar{place}"), "holiday_invalid", &mut faults);
        }
    }
    faults
}

fn rows<'v>(body: &'v Value, name: &str) -> Vec<(String, &'v Value)> {
    let items = body.get(name).and_then(Value::as_array).into_iter().flatten();
    items.enumerate().map(|(place, item)| (format!("/{name}/{place}"), item)).collect()
}

fn word<T: serde::de::DeserializeOwned>(
    value: Option<&Value>,
    place: &str,
    code: &str,
    faults: &mut Vec<FieldFault>,
) {
    let Some(value) = value.filter(|value| !value.is_null()) else { return };
    if let Err(error) = serde_json::from_value::<T>(value.clone()) {
        faults.push(FieldFault::new(place, code, error.to_string()));
    }
}
