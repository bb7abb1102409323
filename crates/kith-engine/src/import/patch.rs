//! What a row brings to an account that is there: given values replace, lists grow, nothing is taken away.

use kith_connect::map::{Field, Mapping};
use kith_domain::account::{Account, Address, Contact, Key};
use kith_domain::value::{IdentifierKind, email_key, normalise};
use serde_json::{Map, Value, json};

/// What a row may change of an account (D§6.1).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Manner<'m> {
    /// Only what is blank is filled.
    pub(super) blank_only: bool,
    /// Members that the row clears.
    pub(super) empty: &'m [&'static str],
}

/// The body of a row as a patch of the account (D§6.1: overwrite with what is not empty).
///
/// The stage stays what it is, the owning entity too unless the file names one; identifiers, contacts and
/// addresses that the account has are not added again, and tags and roles are joined with its own.
pub(super) fn patch(body: &Value, account: &Account, mapping: &Mapping, manner: Manner<'_>) -> Value {
    let mut members = body.as_object().cloned().unwrap_or_default();
    members.remove("stage");
    if !mapping.gives(Field::OwningEntity) {
        members.remove("owning_entity");
    }
    if !mapping.gives(Field::Email) {
        members.remove("email"); // A contact's address was lent to the account.
    }
    rows(&mut members, "identifiers", |row| identifier(row, account));
    rows(&mut members, "contacts", |row| contact(row, account));
    rows(&mut members, "addresses", |row| address(row, account));
    rows(&mut members, "dimensions", |row| Some(added(row)));
    if let Some(tax) = members.get("tax_id")
        && same_tax(tax, account)
    {
        members.remove("tax_id");
    }
    let tags: Vec<Value> = account.tags.iter().map(|tag| json!(tag)).collect();
    join(&mut members, "tags", tags, |tag| tag.as_str().map(str::to_lowercase));
    let roles = account.party_roles.iter().filter_map(|role| serde_json::to_value(role).ok()).collect();
    let role = |role: &Value| role.as_str().or_else(|| role.get("role")?.as_str()).map(str::to_owned);
    join(&mut members, "party_roles", roles, role);
    if manner.blank_only {
        fill_blank_only(&mut members, account);
    } else {
        for name in manner.empty {
            members.entry(*name).or_insert(Value::Null);
        }
    }
    Value::Object(members)
}

/// Leaves out what the account has a value for; rows of lists are only added.
fn fill_blank_only(members: &mut Map<String, Value>, account: &Account) {
    let own = serde_json::to_value(account).unwrap_or_default();
    let is_blank = |name: &str| match own.get(name) {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Object(value)) if value.contains_key("$value") => {
            value.get("$value").is_none_or(Value::is_null)
        }
        Some(_) => false,
    };
    members.retain(|name, value| match name.as_str() {
        "identifiers" | "contacts" | "addresses" => {
            let rows = value.as_array_mut();
            rows.is_some_and(|rows| {
                rows.retain(|row| row.get("action").and_then(Value::as_str) == Some("add"));
                !rows.is_empty()
            })
        }
        "dimensions" => {
            let of = |row: &Value, name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
            let known = |row: &Value| {
                let (kind, entity) = (of(row, "type"), of(row, "entity"));
                account.dimensions.iter().any(|held| {
                    Some(&held.kind) == kind.as_ref()
                        && held.entity.as_ref().map(ToString::to_string) == entity
                })
            };
            let rows = value.as_array_mut();
            rows.is_some_and(|rows| {
                rows.retain(|row| !known(row));
                !rows.is_empty()
            })
        }
        "custom" => value.as_object_mut().is_some_and(|given| {
            given.retain(|name, _| !account.custom.contains_key(name));
            !given.is_empty()
        }),
        "overrides" => value.as_object_mut().is_some_and(|given| {
            for (entity, said) in given.iter_mut() {
                let held = account.overrides.iter().find(|(code, _)| code.to_string() == *entity);
                let held = held.map(|(_, own)| own.fields()).unwrap_or_default();
                if let Some(said) = said.as_object_mut() {
                    said.retain(|field, _| !held.contains(&field.as_str()));
                }
            }
            given.retain(|_, said| said.as_object().is_some_and(|said| !said.is_empty()));
            !given.is_empty()
        }),
        "tags" | "party_roles" => true,
        "metadata" => {
            let given = value.as_object_mut();
            let known = account.metadata.as_ref().and_then(|known| known.get()).and_then(Value::as_object);
            given.is_some_and(|given| {
                given.retain(|name, _| known.is_none_or(|known| known.get(name).is_none_or(Value::is_null)));
                !given.is_empty()
            })
        }
        name => is_blank(name),
    });
}

/// Replaces the rows of a list by what is to be done about each.
fn rows(members: &mut Map<String, Value>, name: &str, act: impl Fn(&Map<String, Value>) -> Option<Value>) {
    let Some(Value::Array(list)) = members.remove(name) else { return };
    let acts: Vec<Value> = list.iter().filter_map(Value::as_object).filter_map(act).collect();
    if !acts.is_empty() {
        members.insert(name.to_owned(), Value::Array(acts));
    }
}

/// The account's own items, and those of the row that it has not; nothing when there are none of those.
fn join(
    members: &mut Map<String, Value>,
    name: &str,
    own: Vec<Value>,
    key: impl Fn(&Value) -> Option<String>,
) {
    let Some(Value::Array(given)) = members.remove(name) else { return };
    let known: Vec<Option<String>> = own.iter().map(&key).collect();
    let fresh: Vec<Value> = given.into_iter().filter(|item| !known.contains(&key(item))).collect();
    if !fresh.is_empty() {
        members.insert(name.to_owned(), own.into_iter().chain(fresh).collect());
    }
}

fn added(row: &Map<String, Value>) -> Value {
    let mut row = row.clone();
    row.insert("action".to_owned(), json!("add"));
    Value::Object(row)
}

fn text<'v>(row: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    row.get(name).and_then(Value::as_str)
}

fn identifier(row: &Map<String, Value>, account: &Account) -> Option<Value> {
    let kind: Option<IdentifierKind> = text(row, "kind").and_then(|kind| kind.parse().ok());
    let key = kind.map(|kind| Key::identifier(&kind, text(row, "value").unwrap_or_default()));
    let has = key.is_some_and(|key| account.keys().contains(&key));
    (!has).then(|| added(row))
}

/// The same number needs no change, even where the row does not say its kind.
fn same_tax(tax: &Value, account: &Account) -> bool {
    let value = tax.get("value").and_then(Value::as_str).unwrap_or_default();
    let kind = tax.get("kind").and_then(Value::as_str);
    account.tax_id.as_ref().is_some_and(|own| {
        let same_kind = kind.is_none_or(|kind| own.kind.as_ref().is_some_and(|own| own.to_string() == kind));
        same_kind && normalise(&own.value) == normalise(value)
    })
}

/// A contact is the same person by address, else by name.
fn contact(row: &Map<String, Value>, account: &Account) -> Option<Value> {
    let given: Vec<&str> = texts(row, "emails");
    let same = |contact: &&Contact| {
        let own: Vec<String> =
            contact.emails.iter().filter_map(|email| email.get()).map(|email| email_key(email)).collect();
        let by_email = given.iter().any(|email| own.contains(&email_key(email)));
        let name = contact.name.get().map(|name| name.to_lowercase());
        let by_name = name.is_some() && name == text(row, "name").map(str::to_lowercase);
        by_email || (by_name && (given.is_empty() || own.is_empty()))
    };
    let Some(own) = account.contacts.iter().find(same) else {
        let mut row = row.clone();
        if !account.contacts.is_empty() {
            row.remove("is_primary");
        }
        return Some(added(&row));
    };
    let mut row = row.clone();
    row.remove("is_primary");
    let emails: Vec<Value> =
        own.emails.iter().filter_map(|email| email.get()).map(|email| json!(email)).collect();
    join(&mut row, "emails", emails, |email| email.as_str().map(email_key));
    let phones = own.phones.iter().filter_map(|phone| phone.get()).map(|phone| json!(phone.raw)).collect();
    let digits = |phone: &Value| Some(phone.as_str()?.chars().filter(char::is_ascii_digit).collect());
    join(&mut row, "phones", phones, digits);
    row.insert("action".to_owned(), json!("update"));
    row.insert("id".to_owned(), json!(own.id.to_string()));
    Some(Value::Object(row))
}

/// The same place is left alone; another default address of the same kinds takes the place of the old one.
fn address(row: &Map<String, Value>, account: &Account) -> Option<Value> {
    let lines = texts(row, "lines");
    let same_place = |own: &&Address| {
        own.lines.get().is_some_and(|own| own.iter().map(String::as_str).eq(lines.iter().copied()))
            && own.city.as_deref() == text(row, "city")
            && own.state_province.as_deref() == text(row, "state_province")
            && own.postal_code.as_deref() == text(row, "postal_code")
            && own.country.as_str() == text(row, "country").unwrap_or_default()
    };
    if account.addresses.iter().any(|own| same_place(&own)) {
        return None;
    }
    let kinds = row.get("kinds");
    let replaced = account
        .addresses
        .iter()
        .find(|own| own.is_default && serde_json::to_value(&own.kinds).ok().as_ref() == kinds);
    let Some(own) = replaced else { return Some(added(row)) };
    let mut row = row.clone();
    for name in ["city", "state_province", "postal_code"] {
        // Half of the old place and half of the new one would be no place at all.
        row.entry(name).or_insert(Value::Null);
    }
    row.insert("action".to_owned(), json!("update"));
    row.insert("id".to_owned(), json!(own.id.to_string()));
    Some(Value::Object(row))
}

fn texts<'v>(row: &'v Map<String, Value>, name: &str) -> Vec<&'v str> {
    let items = row.get(name).and_then(Value::as_array);
    items.into_iter().flatten().filter_map(Value::as_str).collect()
}
