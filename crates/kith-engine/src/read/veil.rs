//! What the audit trail tells nobody: secrets, and what a secret is checked by. That they changed is told, by whom and when.

use kith_domain::approval::Diff;
use serde_json::Value;

/// What stands in the place of a secret.
pub(crate) const VEILED: &str = "•••••";

/// Members that are secret, by the noun whose stream they are in.
const SECRET: [(&str, &[&str]); 4] = [
    ("user/", &["hash", "password_hash", "digest"]),
    ("token/", &["hash"]),
    ("webhook/", &["secret"]),
    ("contract/", &["digest"]),
];

/// The secret members of a stream.
pub(crate) fn secret(stream: &str) -> &'static [&'static str] {
    SECRET.iter().find(|(noun, _)| stream.starts_with(noun)).map_or(&[], |(_, members)| members)
}

/// Covers secret members, however deep they are.
pub(crate) fn veil(value: &mut Value, secret: &[&str]) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| veil(item, secret)),
        Value::Object(members) => {
            for (name, member) in members {
                match secret.contains(&name.as_str()) {
                    true => cover(member),
                    false => veil(member, secret),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The same of one line of a difference.
pub(crate) fn veil_line(diff: &mut Diff, secret: &[&str]) {
    if diff.path.split('/').any(|part| secret.contains(&part)) {
        cover(&mut diff.before);
        cover(&mut diff.after);
    } else {
        veil(&mut diff.before, secret);
        veil(&mut diff.after, secret);
    }
}

/// Nothing stays nothing.
fn cover(value: &mut Value) {
    if !value.is_null() {
        *value = VEILED.into();
    }
}

#[cfg(test)]
mod tests;
