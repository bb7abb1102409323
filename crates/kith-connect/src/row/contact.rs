//! The people of a row: the contact in it, and those of a contact file.

use serde_json::{Map, Value, json};

use super::account::Draft;
use super::check;
use crate::map::Field;

impl Draft<'_> {
    /// The contact in the row itself, then those of the contact file.
    pub(super) fn contact(&mut self) {
        let mut contacts: Vec<Value> = self.own_contact().into_iter().collect();
        if let Some(index) = self.drafter.contacts {
            let external_id = self.text(Field::ExternalId);
            let name = self.body.get("name").and_then(Value::as_str);
            contacts.extend(index.of(external_id.as_deref(), name));
        }
        if let Some(Value::Object(first)) = contacts.first_mut() {
            first.insert("is_primary".to_owned(), Value::Bool(true));
        }
        if !contacts.is_empty() {
            self.body.insert("contacts".to_owned(), Value::Array(contacts));
        }
    }

    fn own_contact(&mut self) -> Option<Value> {
        let parts = [self.cell(Field::ContactFirstName), self.cell(Field::ContactLastName)];
        let joined = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let name = self.cell(Field::ContactName).map_or(joined, str::to_owned);
        let mut contact = Map::new();
        let email = self.cell(Field::ContactEmail);
        match email {
            Some(email) if check::email(email) => drop(contact.insert("emails".to_owned(), json!([email]))),
            Some(email) => self.email(Field::ContactEmail, "", email),
            None => {}
        }
        if name.is_empty() && contact.is_empty() {
            return None;
        }
        let name = if name.is_empty() { email.unwrap_or_default() } else { &name };
        contact.insert("name".to_owned(), Value::from(name));
        for (field, member) in [(Field::ContactTitle, "title"), (Field::ContactRole, "role")] {
            if let Some(text) = self.cell(field) {
                contact.insert(member.to_owned(), Value::from(text));
            }
        }
        let phones: Vec<&str> = [Field::ContactPhone, Field::ContactMobile]
            .into_iter()
            .filter_map(|field| self.cell(field))
            .collect();
        if !phones.is_empty() {
            contact.insert("phones".to_owned(), json!(phones));
        }
        Some(Value::Object(contact))
    }

    /// The first address of a contact, lent to an account that has none.
    pub(super) fn email_of_contact(&self) -> Option<String> {
        let contacts = self.body.get("contacts")?.as_array()?;
        let mut emails = contacts.iter().filter_map(|contact| contact.pointer("/emails/0"));
        emails.next().and_then(Value::as_str).map(str::to_owned)
    }
}
