//! Personal data: a value that names the person it belongs to, so that it can be sealed and forgotten.
//!
//! Wherever a stored type holds a [`Personal`], [`split`] takes the clear values out of its JSON before a
//! byte is stored, and [`join`] puts back what the key of the subject still opens. The type is the rule:
//! there is no list of fields to keep in step.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Whose data a value is: the identifier of an account (sole trader, shared mailbox), a contact or a user.
pub type Subject = String;

/// A value of personal data. `None` means that the subject's key is gone: the value was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Personal<T> {
    /// Whose data it is, for example `con_…`.
    #[serde(rename = "$subject")]
    pub subject: Subject,
    /// The value, or `None` after erasure.
    #[serde(rename = "$value")]
    pub value: Option<T>,
}

/// Nobody's data and no value: what a state holds before its first event.
impl<T> Default for Personal<T> {
    fn default() -> Self {
        Self { subject: Subject::new(), value: None }
    }
}

impl<T> Personal<T> {
    /// A value that belongs to a subject.
    #[expect(clippy::needless_pass_by_value, reason = "ids are small, and calls read better without a borrow")]
    pub fn new(subject: impl ToString, value: T) -> Self {
        Self { subject: subject.to_string(), value: Some(value) }
    }

    /// The value, unless it was erased.
    pub fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }
}

/// What [`split`] took out for one subject, in the order in which it was met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Secret {
    /// Whose data it is.
    pub subject: Subject,
    /// The values; their places are written in the clear part.
    pub values: Vec<Value>,
}

/// Takes every personal value out of `body`, leaving `{"$subject": …, "$sealed": n}` in its place.
#[must_use]
pub fn split(body: &mut Value) -> Vec<Secret> {
    let mut secrets = Vec::new();
    take(body, &mut secrets);
    secrets
}

fn take(node: &mut Value, secrets: &mut Vec<Secret>) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(|item| take(item, secrets)),
        Value::Object(members) => {
            let subject = members.get("$subject").and_then(Value::as_str).map(str::to_owned);
            let Some(subject) = subject else {
                members.values_mut().for_each(|member| take(member, secrets));
                return;
            };
            let Some(value) = members.remove("$value").filter(|value| !value.is_null()) else { return };
            let known = secrets.iter().position(|secret| secret.subject == subject);
            let place = known.unwrap_or_else(|| {
                secrets.push(Secret { subject, values: Vec::new() });
                secrets.len().saturating_sub(1)
            });
            if let Some(secret) = secrets.get_mut(place) {
                members.insert("$sealed".into(), secret.values.len().into());
                secret.values.push(value);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Puts opened values back. A subject that is missing from `secrets` stays erased (`$value: null`).
pub fn join(body: &mut Value, secrets: &[Secret]) {
    match body {
        Value::Array(items) => items.iter_mut().for_each(|item| join(item, secrets)),
        Value::Object(members) => {
            let subject = members.get("$subject").and_then(Value::as_str).map(str::to_owned);
            let Some(subject) = subject else {
                members.values_mut().for_each(|member| join(member, secrets));
                return;
            };
            let place =
                members.remove("$sealed").and_then(|n| n.as_u64()).and_then(|n| usize::try_from(n).ok());
            let secret = secrets.iter().find(|secret| secret.subject == subject);
            let value = place.zip(secret).and_then(|(place, secret)| secret.values.get(place));
            members.insert("$value".into(), value.cloned().unwrap_or(Value::Null));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
