//! Contact files: people of accounts, joined to the accounts' drafts by the account's external id.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::csv::Row;
use crate::map::{Field, Mapping};
use crate::row::{Known, RowError, RowOptions, check};

/// A contact that a row describes.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactDraft {
    /// The row as a spreadsheet shows it.
    pub row: u64,
    /// The external id of its account; for want of one the account's name.
    pub account: AccountKey,
    /// A row of `contacts[]` in the body of `POST /api/v1/accounts`.
    pub body: Value,
}

/// How a contact names its account.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AccountKey {
    /// By the id of the system that both files come from.
    ExternalId(String),
    /// By name, without case.
    Name(String),
}

/// Reads a row of a contact file.
///
/// # Errors
/// Every fault of the row.
pub fn contact(
    row: &Row,
    header: &[String],
    mapping: &Mapping,
    known: &Known,
    options: &RowOptions,
) -> Result<ContactDraft, Vec<RowError>> {
    let drafter = crate::row::Drafter::new(header, mapping, known, options);
    let cell = |field| drafter.cell(row, field);
    let fault = |field, code, message: &str, value: &str| {
        RowError::new(row.number, drafter.column(field), code, message, value)
    };
    let mut errors = Vec::new();
    let id = cell(Field::AccountExternalId);
    // HubSpot lists every company of a contact; the first one is the primary one.
    let id = id.and_then(|id| id.split(';').map(str::trim).find(|id| !id.is_empty()));
    let account = match (id, cell(Field::AccountName)) {
        (Some(id), _) => Some(AccountKey::ExternalId(id.to_owned())),
        (None, Some(name)) => Some(AccountKey::Name(name.to_lowercase())),
        (None, None) => None,
    };
    if account.is_none() {
        let message = "The contact names no account, neither by id nor by name.";
        errors.push(fault(Field::AccountExternalId, "account_missing", message, ""));
    }
    let names = [cell(Field::ContactFirstName), cell(Field::ContactLastName)];
    let joined = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let name = cell(Field::ContactName).map_or(joined, str::to_owned);
    let email = cell(Field::ContactEmail);
    if let Some(email) = email.filter(|email| !check::email(email)) {
        errors.push(fault(Field::ContactEmail, "email_invalid", "This is no e-mail address.", email));
    }
    let shown = if name.is_empty() { email.unwrap_or_default() } else { &name };
    if shown.is_empty() {
        let message = "The contact has neither a name nor an e-mail address.";
        errors.push(fault(Field::ContactLastName, "name_missing", message, ""));
    }
    let mut body = Map::new();
    body.insert("name".to_owned(), Value::from(shown));
    for (field, member) in
        [(Field::ContactTitle, "title"), (Field::ContactRole, "role"), (Field::Language, "language")]
    {
        if let Some(text) = cell(field) {
            body.insert(member.to_owned(), Value::from(text));
        }
    }
    if let Some(email) = email {
        body.insert("emails".to_owned(), json!([email]));
    }
    let phones: Vec<&str> =
        [Field::ContactPhone, Field::ContactMobile].into_iter().filter_map(cell).collect();
    if !phones.is_empty() {
        body.insert("phones".to_owned(), json!(phones));
    }
    if cell(Field::EmailOptOut).and_then(crate::map::value::truth) == Some(true) {
        body.insert("opted_out".to_owned(), Value::Bool(true));
    }
    match account.filter(|_| errors.is_empty()) {
        Some(account) => Ok(ContactDraft { row: row.number, account, body: Value::Object(body) }),
        None => Err(errors),
    }
}

/// Contacts by account, for the drafts of the accounts of the same export ([`crate::row::Drafter::with_contacts`]).
#[derive(Debug, Default)]
pub struct ContactIndex {
    /// The bodies as JSON text: a million of them have to fit into memory.
    by_account: HashMap<AccountKey, Vec<Box<str>>>,
}

impl ContactIndex {
    /// Adds a contact.
    pub fn add(&mut self, contact: ContactDraft) {
        self.by_account.entry(contact.account).or_default().push(contact.body.to_string().into());
    }

    /// The contacts of an account, in the order of their file.
    #[must_use]
    pub fn of(&self, external_id: Option<&str>, name: Option<&str>) -> Vec<Value> {
        let keys = [
            external_id.map(|id| AccountKey::ExternalId(id.to_owned())),
            name.map(|name| AccountKey::Name(name.to_lowercase())),
        ];
        let texts = keys.into_iter().flatten().filter_map(|key| self.by_account.get(&key)).flatten();
        texts.filter_map(|text| serde_json::from_str(text).ok()).collect()
    }

    /// Accounts that contacts name.
    pub fn accounts(&self) -> impl Iterator<Item = &AccountKey> {
        self.by_account.keys()
    }
}

#[cfg(test)]
mod tests;
