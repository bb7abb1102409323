//! What the rules of an account need and the account does not own.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::check::{checked_identifier, checked_tax};
use super::{Command, Key, KinFacts, Other, Standing};
use crate::value::{AccountId, Currency, DocumentId, EntityCode, Money, UserId};

/// What the rules need to know. The engine looks up the keys of [`wanted_keys`] and the users of
/// [`wanted_users`] before it asks for a decision.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The legal entities and their currencies.
    pub entities: BTreeMap<EntityCode, Currency>,
    /// The codes of payment terms.
    pub payment_terms: BTreeSet<String>,
    /// Of the users named by the command, those that exist and are active.
    pub users: BTreeSet<UserId>,
    /// Of the unique keys in the command, those that an account has, and which account.
    pub taken: BTreeMap<Key, AccountId>,
    /// Whether the note that a command adds is there already.
    pub note_known: bool,
    /// Of the documents named by the command, those that there are, and whose they are.
    pub documents: BTreeMap<DocumentId, AccountId>,
    /// Of the price lists named by the command, those that there are.
    pub price_lists: BTreeSet<String>,
    /// Of the price groups named by the command, those that there are.
    pub price_groups: BTreeSet<String>,
    /// Today, in the zone of the organisation.
    pub today: Option<Date>,
    /// What is open with the account; for deactivating and deleting.
    pub standing: Standing,
    /// The other account; for merging and unmerging.
    pub other: Option<Box<Other>>,
    /// Its family; for setting a parent.
    pub kin: KinFacts,
    /// Whether the account that a relationship names is there.
    pub related_found: bool,
}

/// The unique keys that a command brings: what the engine looks up for [`Facts::taken`].
#[must_use]
pub fn wanted_keys(command: &Command) -> BTreeSet<Key> {
    let (Command::Create { draft, .. } | Command::Update { draft }) = command else { return BTreeSet::new() };
    let tax = draft.tax_id.iter().flatten().filter_map(|tax| checked_tax(tax).ok());
    let mut keys: BTreeSet<Key> = tax.map(|tax| Key::tax(tax.kind.as_ref(), &tax.value)).collect();
    let rows = draft.identifiers.iter().filter_map(|row| checked_identifier(&row.row).ok());
    keys.extend(rows.map(|(kind, value)| Key::identifier(&kind, &value)).filter(|key| key.kind.unique()));
    keys
}

/// The users that a command names: what the engine looks up for [`Facts::users`].
#[must_use]
pub fn wanted_users(command: &Command) -> BTreeSet<UserId> {
    let (Command::Create { draft, .. } | Command::Update { draft }) = command else { return BTreeSet::new() };
    let named = [&draft.account_manager, &draft.sales_rep];
    named.into_iter().flatten().flatten().filter_map(|id| id.trim().parse().ok()).collect()
}

/// The documents that a command names: what the engine looks up for [`Facts::documents`].
#[must_use]
pub fn wanted_documents(command: &Command) -> BTreeSet<DocumentId> {
    let (Command::Create { draft, .. } | Command::Update { draft }) = command else { return BTreeSet::new() };
    let named = draft.tax_profiles.iter().filter_map(|row| row.row.certificate_document.as_ref()?.as_ref());
    named.filter_map(|id| id.trim().parse().ok()).collect()
}

/// The codes of the price list and of the price group that a command names.
#[must_use]
pub fn wanted_prices(command: &Command) -> (Option<String>, Option<String>) {
    let (Command::Create { draft, .. } | Command::Update { draft }) = command else { return (None, None) };
    let code = |given: &Option<Option<String>>| {
        given.as_ref()?.as_ref().map(|code| crate::price_list::normal_code(code))
    };
    (code(&draft.price_list), code(&draft.price_group))
}

/// The credit limit that a command asks for, for [`crate::policy::LaneFacts::over_million`]; `default` is the currency of a
/// limit that names none.
#[must_use]
pub fn asked_credit_limit(command: &Command, default: Currency) -> Option<Money> {
    let (Command::Create { draft, .. } | Command::Update { draft }) = command else { return None };
    let limit = draft.credit_limit.as_ref()?.as_ref()?;
    let currency = match &limit.currency {
        Some(code) => code.trim().to_ascii_uppercase().parse().ok()?,
        None => default,
    };
    Money::parse(limit.amount.trim(), currency).ok()
}
