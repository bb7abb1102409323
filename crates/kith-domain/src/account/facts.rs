//! What the rules of an account need and the account does not own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::check::{checked_identifier, checked_tax};
use super::{Command, Conduct, Key, KinFacts, MoneyDraft, Other, Standing};
use crate::organisation::{Catalogues, CustomFields};
use crate::team::KnownTeam;
use crate::value::{AccountId, Currency, DocumentId, EntityCode, Money, Personal, UserId};

/// What the rules need to know. The engine looks up the keys of [`wanted_keys`] and the users of
/// [`wanted_users`] before it asks for a decision.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The legal entities and their currencies.
    pub entities: BTreeMap<EntityCode, Currency>,
    /// The codes that the organisation has for payment terms, tax and so on.
    pub catalogues: Arc<Catalogues>,
    /// The fields that the organisation added to accounts.
    pub custom_fields: Arc<CustomFields>,
    /// Of the accounts that custom fields name, those that there are.
    pub accounts: BTreeSet<AccountId>,
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
    /// The teams, where the command names one.
    pub teams: BTreeMap<String, KnownTeam>,
    /// Today, in the zone of the organisation.
    pub today: Option<Date>,
    /// What is open with the account; for deactivating and deleting.
    pub standing: Standing,
    /// How it pays and buys; for leaving probation.
    pub conduct: Conduct,
    /// The steps of its onboarding that are open; for admitting. None where it has no case.
    pub steps_open: Option<Vec<String>>,
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
    let drafts = || std::iter::once(&**draft).chain(draft.overrides.iter().map(|said| &*said.values));
    let named = drafts().flat_map(|draft| [&draft.account_manager, &draft.sales_rep]);
    named.flatten().flatten().filter_map(|id| id.trim().parse().ok()).collect()
}

/// Whether a command names a team: what the engine looks up for [`Facts::teams`].
#[must_use]
pub fn names_team(command: &Command) -> bool {
    let (Command::Create { draft, .. } | Command::Update { draft }) = command else { return false };
    let mut drafts = std::iter::once(&**draft).chain(draft.overrides.iter().map(|said| &*said.values));
    drafts.any(|draft| matches!(draft.team, Some(Some(_))))
}

/// The documents that a command names: what the engine looks up for [`Facts::documents`].
#[must_use]
pub fn wanted_documents(command: &Command) -> BTreeSet<DocumentId> {
    let (Command::Create { draft, .. } | Command::Update { draft }) = command else { return BTreeSet::new() };
    let named = draft.tax_profiles.iter().filter_map(|row| row.row.certificate_document.as_ref()?.as_ref());
    named.filter_map(|id| id.trim().parse().ok()).collect()
}

/// The codes of price lists and of price groups that a command names.
#[must_use]
pub fn wanted_prices(command: &Command) -> (BTreeSet<String>, BTreeSet<String>) {
    let (Command::Create { draft, .. } | Command::Update { draft }) = command else {
        return Default::default();
    };
    let drafts = || std::iter::once(&**draft).chain(draft.overrides.iter().map(|said| &*said.values));
    let lists = drafts().filter_map(|draft| draft.price_list.clone().flatten());
    let groups = drafts().filter_map(|draft| draft.price_group.clone().flatten());
    let normal = |code: String| crate::price_list::normal_code(&code);
    (lists.map(normal).collect(), groups.map(normal).collect())
}

/// The accounts that custom fields of a command name: what the engine looks up for [`Facts::accounts`].
#[must_use]
pub fn wanted_accounts(command: &Command) -> BTreeSet<AccountId> {
    let (Command::Create { draft, .. } | Command::Update { draft }) = command else { return BTreeSet::new() };
    let custom =
        draft.custom.iter().flatten().filter_map(Personal::get).filter_map(|custom| custom.as_object());
    let texts = custom.flat_map(|custom| custom.values()).filter_map(|value| value.as_str());
    texts.filter_map(|text| text.trim().parse().ok()).collect()
}

/// The credit limits that a command asks for, for [`crate::policy::LaneFacts::over_million`]; `default` is the currency of
/// a limit that names none.
#[must_use]
pub fn asked_credit_limits(command: &Command, default: Currency) -> Vec<Money> {
    let (Command::Create { draft, .. } | Command::Update { draft }) = command else { return Vec::new() };
    let drafts = std::iter::once(&**draft).chain(draft.overrides.iter().map(|said| &*said.values));
    let limits =
        drafts.flat_map(|draft| [&draft.credit_limit, &draft.group_credit_limit]).flatten().flatten();
    let read = |limit: &MoneyDraft| {
        let currency = match &limit.currency {
            Some(code) => code.trim().to_ascii_uppercase().parse().ok()?,
            None => default,
        };
        Money::parse(limit.amount.trim(), currency).ok()
    };
    limits.filter_map(read).collect()
}
