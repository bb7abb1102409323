//! The keys under which an account is found.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Account;
use crate::value::{IdentifierKind, email_key, normalise};

/// What kind of key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// Tax number with its kind, `vat:DE136695976`: one account only.
    Tax,
    /// Another system's identifier, `erp:4711`: one account only.
    External,
    /// Tax number alone: how a touchpoint's `tax:<id>` finds its account.
    TaxNumber,
    /// E-mail address of the account or of one of its contacts, in lower case.
    Email,
    /// Any other identifier, `lei:…`.
    Identifier,
}

impl KeyKind {
    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tax => "tax",
            Self::External => "external",
            Self::TaxNumber => "tax_number",
            Self::Email => "email",
            Self::Identifier => "identifier",
        }
    }

    /// Whether one account only may have it.
    #[must_use]
    pub fn unique(self) -> bool {
        matches!(self, Self::Tax | Self::External)
    }
}

/// A key in its normalised form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    /// What kind.
    pub kind: KeyKind,
    /// The normalised value.
    pub value: String,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.as_str(), self.value)
    }
}

impl Key {
    /// The key of a tax number with its kind.
    #[must_use]
    pub fn tax(kind: Option<&IdentifierKind>, value: &str) -> Self {
        let kind = kind.map_or_else(|| "tax".to_owned(), ToString::to_string);
        Self { kind: KeyKind::Tax, value: format!("{kind}:{}", normalise(value)) }
    }

    /// The key of a tax number alone.
    #[must_use]
    pub fn tax_number(value: &str) -> Self {
        Self { kind: KeyKind::TaxNumber, value: normalise(value) }
    }

    /// The key of another system's identifier.
    #[must_use]
    pub fn external(system: &str, id: &str) -> Self {
        Self { kind: KeyKind::External, value: format!("{system}:{}", id.trim()) }
    }

    /// The key of an e-mail address.
    #[must_use]
    pub fn email(address: &str) -> Self {
        Self { kind: KeyKind::Email, value: email_key(address) }
    }

    /// The key of an identifier.
    #[must_use]
    pub fn identifier(kind: &IdentifierKind, value: &str) -> Self {
        match kind {
            IdentifierKind::External(system) => Self::external(system, value),
            _ => Self { kind: KeyKind::Identifier, value: format!("{kind}:{}", normalise(value)) },
        }
    }

    /// The key of a touchpoint's `subject` where it is not an account's id: `external:<system>:<id>`,
    /// `tax:<id>` or `email:<address>`.
    #[must_use]
    pub fn from_subject(subject: &str) -> Option<Self> {
        let (kind, rest) = subject.split_once(':')?;
        match kind {
            "external" => {
                let (system, id) = rest.split_once(':')?;
                (!system.is_empty() && !id.trim().is_empty()).then(|| Self::external(system, id))
            }
            "tax" => Some(Self::tax_number(rest)).filter(|key| !key.value.is_empty()),
            "email" => Some(Self::email(rest)).filter(|key| !key.value.is_empty()),
            _ => None,
        }
    }
}

impl Account {
    /// Every key under which the account is found, sorted: what it has, and what a merge replaced. Erased values give none.
    #[must_use]
    pub fn keys(&self) -> BTreeSet<Key> {
        let mut keys = self.keys_now();
        if !self.merged.is_empty() {
            keys.extend(self.own_keys());
        }
        keys
    }

    /// The keys of what it has now.
    pub(super) fn keys_now(&self) -> BTreeSet<Key> {
        let mut keys = BTreeSet::new();
        if let Some(tax) = &self.tax_id {
            keys.insert(Key::tax(tax.kind.as_ref(), &tax.value));
            keys.insert(Key::tax_number(&tax.value));
        }
        for row in &self.identifiers {
            keys.insert(Key::identifier(&row.kind, &row.value));
        }
        let contacts = self.contacts.iter().flat_map(|contact| &contact.emails);
        for email in std::iter::once(&self.email).chain(&self.billing_email).chain(contacts) {
            keys.extend(email.get().map(|address| Key::email(address)));
        }
        keys
    }
}
