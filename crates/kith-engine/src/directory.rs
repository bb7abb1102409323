//! All accounts in memory: where each stands, how it is found, and the master fields as columns.
//!
//! A projection of the account documents, held so that a list, a filter or an incoming touchpoint never
//! waits for the database. Rows are dense and never change hands.

mod agreed;
mod column;
mod custom;
mod derived;
mod field;
mod key;
mod kin;
mod merged;
mod named;
mod names;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use jiff::civil::Date;
use kith_domain::access::Grant;
use kith_domain::account::{Account, Key, KeyKind};
use kith_domain::organisation::Organisation;
use kith_domain::value::{AccountId, EntityCode};
use kith_profile::MasterInputs;
use kith_risk::RiskClass;
use siphasher::sip128::{Hasher128, SipHasher13};

use crate::caller::Caller;
use crate::table::text_place;

pub(crate) use agreed::Agreed;
use agreed::InForce;
pub(crate) use column::{CHUNK_ROWS, MasterChunk};
use custom::{custom_cells, open_values};
pub(crate) use custom::{custom_field_id, custom_fields, open_fields};
pub(crate) use derived::{BALANCE_TO_LIMIT, Derived, balance_to_limit};
pub(crate) use field::{Cell, FIELD_IDS, SHAPES, Shape, epoch_day, master_fields, place_of};
use field::{Labels, cells, day as day_cell, document_cell, risk_cells};
use key::KeyIndex;
pub(crate) use kin::Branch;
use kin::Kin;
use merged::Redirects;
use names::NameIndex;
pub(crate) use names::plain;

/// An account as the directory holds it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Which account.
    pub(crate) id: AccountId,
    /// Version of the document that it shows.
    pub(crate) version: u64,
    /// The owning entity.
    pub(crate) entity: EntityCode,
    /// Account number for people.
    pub(crate) number: Box<str>,
    /// Name for people.
    pub(crate) name: Box<str>,
    /// Texts of the text fields, in their order, parted by [`PART`].
    texts: Box<str>,
    /// Custom metadata, if there is any.
    pub(crate) metadata: Option<Arc<serde_json::Value>>,
    /// Values of the custom fields that are not personal, if there are any.
    pub(crate) custom: Option<Arc<BTreeMap<String, serde_json::Value>>>,
    /// Whether it has tax profiles, which may expire.
    pub(crate) taxed: bool,
    /// What scores use of the master record.
    pub(crate) master: MasterInputs,
    /// Hashes of the keys it is found by.
    keys: Box<[u128]>,
}

/// Parts the texts of an entry and the items of a list.
const PART: char = '\u{1f}';
const ITEM: char = '\u{1e}';

impl Entry {
    /// The text field at a place among the text fields.
    pub(crate) fn text(&self, place: usize) -> Option<&str> {
        self.texts.split(PART).nth(place).filter(|text| !text.is_empty())
    }

    /// The text list at a place among the text fields.
    pub(crate) fn list(&self, place: usize) -> impl Iterator<Item = &str> {
        self.text(place).into_iter().flat_map(|text| text.split(ITEM))
    }
}

#[derive(Debug, Default)]
pub(crate) struct Inner {
    entries: Vec<Option<Entry>>,
    by_id: HashMap<AccountId, u32>,
    by_number: HashMap<Box<str>, u32>,
    by_key: KeyIndex,
    names: NameIndex,
    chunks: Vec<MasterChunk>,
    managers: HashMap<String, String>,
    redirects: Redirects,
    /// How often a redirect was set or ended.
    moves: u64,
    kin: Kin,
    /// The open day, on which the family fields stand; none while all is loaded.
    day: Option<Date>,
    /// Rows of deleted accounts.
    gone: HashSet<u32>,
    /// The last days of an account's documents, days since 1970, the earliest first.
    documents: HashMap<AccountId, Vec<i64>>,
    contracts: InForce,
    /// Score and class of the risk of those of whom something is known.
    risks: HashMap<AccountId, (f32, RiskClass)>,
}

/// All accounts in memory.
#[derive(Debug)]
pub(crate) struct Directory {
    hash_key: [u8; 16],
    inner: RwLock<Inner>,
    /// How often something was changed.
    changes: AtomicU64,
}

impl Directory {
    pub(crate) fn new(hash_key: [u8; 16]) -> Self {
        Self { hash_key, inner: RwLock::default(), changes: AtomicU64::new(0) }
    }

    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Inner> {
        self.inner.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Inner> {
        let inner = self.inner.write().unwrap_or_else(PoisonError::into_inner);
        self.changes.fetch_add(1, Ordering::Relaxed);
        inner
    }

    /// How often something was changed: what was read before another number may be old.
    pub(crate) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    /// The hash under which a key is held: keyed, so that no address can be guessed from memory dumps.
    pub(crate) fn digest(&self, key: &Key) -> u128 {
        self.digest_of(&[key.kind.as_str(), "\0", &key.value])
    }

    fn digest_of(&self, parts: &[&str]) -> u128 {
        let mut hasher = SipHasher13::new_with_key(&self.hash_key);
        parts.iter().for_each(|part| std::hash::Hasher::write(&mut hasher, part.as_bytes()));
        hasher.finish128().as_u128()
    }

    /// Shows a version of an account; an older one than is shown already changes nothing. Gives the rows whose facts are
    /// others now, since the account was merged or taken out again.
    pub(crate) fn show(
        &self,
        row: u32,
        version: u64,
        account: &Account,
        master: MasterInputs,
        organisation: &Organisation,
    ) -> Vec<u32> {
        if account.deleted_at.is_some() {
            self.write().hide(row, account.id);
            return Vec::new();
        }
        let keys: Box<[u128]> = account.own_keys().iter().map(|key| self.digest(key)).collect();
        let mut inner = self.write();
        let documents = inner.documents.get(&account.id).and_then(|days| days.first().copied());
        let risk = inner.risks.get(&account.id).copied();
        let agreed = agreed::cells_of(inner.contracts.get(&account.id));
        let labels = Labels { organisation, managers: &inner.managers, documents, risk, agreed };
        let (cells, texts) = cells(account, &labels);
        let own = custom_cells(account, organisation);
        let metadata = account.metadata.as_ref().and_then(|metadata| metadata.get().cloned());
        let entry = Entry {
            id: account.id,
            version,
            entity: account.owning_entity.clone(),
            number: account.account_number.as_str().into(),
            name: account.name.as_str().into(),
            texts: texts.into(),
            metadata: metadata
                .filter(|value| value.as_object().is_some_and(|map| !map.is_empty()))
                .map(Arc::new),
            custom: Some(open_values(account)).filter(|values| !values.is_empty()).map(Arc::new),
            taxed: !account.tax_profiles.is_empty(),
            master,
            keys,
        };
        if !inner.place(row, entry, (&cells, &own), account.legal_name.as_deref()) {
            return Vec::new();
        }
        inner.mark(row, account)
    }

    /// Sets the day on which the family fields stand.
    pub(crate) fn set_day(&self, day: Option<Date>) {
        let mut inner = self.write();
        if inner.day != day {
            inner.day = day;
            inner.count_children();
        }
    }

    /// Notes the last days of an account's documents, the earliest first.
    pub(crate) fn note_documents(&self, account: AccountId, expires_on: Vec<i64>) {
        let mut inner = self.write();
        let first = expires_on.first().copied();
        match first {
            Some(_) => inner.documents.insert(account, expires_on),
            None => inner.documents.remove(&account),
        };
        let Some(row) = inner.row(account) else { return };
        let at = usize_of(row);
        if let Some(chunk) = inner.chunks.get_mut(at / CHUNK_ROWS) {
            let (column, cell) = document_cell(first);
            chunk.set_one(at % CHUNK_ROWS, column, &cell);
        }
    }

    /// Notes the score and class of an account's risk; says whether the class is another now.
    pub(crate) fn note_risk(&self, account: AccountId, risk: Option<(f32, RiskClass)>) -> bool {
        let mut inner = self.write();
        let before = match risk {
            Some(risk) => inner.risks.insert(account, risk),
            None => inner.risks.remove(&account),
        };
        if before == risk {
            return false;
        }
        let Some(row) = inner.row(account) else { return false };
        let at = usize_of(row);
        if let Some(chunk) = inner.chunks.get_mut(at / CHUNK_ROWS) {
            for (column, cell) in risk_cells(risk) {
                chunk.set_one(at % CHUNK_ROWS, column, &cell);
            }
        }
        before.map(|risk| risk.1) != risk.map(|risk| risk.1)
    }

    /// Whether an account, by its identifier, has a text in a text field.
    pub(crate) fn has(&self, account: &str, field: &str, value: &str) -> bool {
        let place = FIELD_IDS.iter().position(|id| *id == field).map(text_place);
        let inner = self.read();
        let row = account.parse().ok().and_then(|id| inner.row(id));
        let entry = row.and_then(|row| inner.entry(row));
        entry.zip(place).is_some_and(|(entry, place)| entry.text(place) == Some(value))
    }

    /// Names of the users, for the account managers' names.
    pub(crate) fn name_users(&self, names: HashMap<String, String>) {
        self.write().managers = names;
    }

    /// The row of an account.
    pub(crate) fn row(&self, id: AccountId) -> Option<u32> {
        self.read().row(id)
    }

    /// The row of the account with another system's identifier: as [`Self::row_of_key`], without making the key.
    pub(crate) fn row_of_external(&self, system: &str, id: &str) -> Option<u32> {
        let kind = KeyKind::External.as_str();
        let digest = self.digest_of(&[kind, "\0", system, ":", id.trim()]);
        self.read().row_of_key(digest)
    }

    /// The row of the account that has a key, unless several have it. A key that came with a merge names the account
    /// that it came from.
    pub(crate) fn row_of_key(&self, key: &Key) -> Option<u32> {
        self.read().row_of_key(self.digest(key))
    }

    /// The account that has a key, or that several have it; for reports.
    pub(crate) fn holder(&self, key: &Key) -> Option<String> {
        let inner = self.read();
        let digest = self.digest(key);
        inner.by_key.rows(digest).next()?;
        let row = inner.row_of_key(digest).map(|row| inner.canonical(row));
        let one = row.and_then(|row| inner.entry(row)).map(|entry| entry.id.to_string());
        Some(one.unwrap_or_else(|| "several accounts".to_owned()))
    }

    /// The row of an account number.
    pub(crate) fn row_of_number(&self, number: &str) -> Option<u32> {
        self.read().row_numbered(number)
    }
}

impl Inner {
    /// Puts a version in its place; says whether it is newer than what stood there.
    fn place(
        &mut self,
        row: u32,
        entry: Entry,
        (cells, own): (&[Cell], &[Cell]),
        alias: Option<&str>,
    ) -> bool {
        let at = usize_of(row);
        if self.entries.len() <= at {
            self.entries.resize_with(at.saturating_add(1), || None);
        }
        let old = self.entries.get(at).cloned().flatten();
        if self.gone.contains(&row) || old.as_ref().is_some_and(|old| old.version >= entry.version) {
            return false;
        }
        if let Some(old) = &old {
            old.keys.iter().for_each(|key| self.by_key.remove(*key, row));
            self.names.remove(row, &old.name);
        }
        entry.keys.iter().for_each(|key| self.by_key.add(*key, row));
        self.by_id.insert(entry.id, row);
        self.by_number.insert(entry.number.clone(), row);
        self.names.add(row, &entry.name);
        if let Some(alias) = alias {
            self.names.add(row, alias);
        }
        let chunk = at / CHUNK_ROWS;
        while self.chunks.len() <= chunk {
            self.chunks.push(MasterChunk::new());
        }
        if let Some(chunk) = self.chunks.get_mut(chunk) {
            chunk.set(at % CHUNK_ROWS, cells);
            chunk.set_custom(at % CHUNK_ROWS, own);
        }
        if let Some(slot) = self.entries.get_mut(at) {
            *slot = Some(entry);
        }
        true
    }

    /// Marks where an account stands among others: merged, dormant, whose child. Gives the rows whose facts moved.
    fn mark(&mut self, row: u32, account: &Account) -> Vec<u32> {
        let before = self.canonical(row);
        let into = account.merged_into.as_ref().map(|merged| merged.survivor);
        let moved = self.redirects.set(row, into);
        let at = usize_of(row);
        if let Some(chunk) = self.chunks.get_mut(at / CHUNK_ROWS) {
            chunk.mark(at % CHUNK_ROWS, into.is_none(), account.is_dormant());
        }
        if into.is_some() {
            self.names.remove(row, &account.name);
        }
        if self.kin.set(row, account) || moved {
            self.count_children();
        }
        self.count_children_of(row);
        if !moved {
            return Vec::new();
        }
        self.moves = self.moves.saturating_add(1);
        BTreeSet::from([row, before, self.canonical(row)]).into_iter().collect()
    }

    /// Takes a deleted account out; its row stays empty.
    fn hide(&mut self, row: u32, id: AccountId) {
        let at = usize_of(row);
        if self.entries.len() <= at {
            self.entries.resize_with(at.saturating_add(1), || None);
        }
        while self.chunks.len() <= at / CHUNK_ROWS {
            self.chunks.push(MasterChunk::new());
        }
        if let Some(old) = self.entries.get_mut(at).and_then(Option::take) {
            old.keys.iter().for_each(|key| self.by_key.remove(*key, row));
            self.names.remove(row, &old.name);
            self.by_number.remove(&old.number);
        }
        self.by_id.remove(&id);
        self.kin.set(row, &Account::default());
        if let Some(chunk) = self.chunks.get_mut(at / CHUNK_ROWS) {
            chunk.mark(at % CHUNK_ROWS, false, false);
        }
        self.gone.insert(row);
        self.count_children();
    }

    /// The row of the one account that has a key. Where an account and one merged into it have it both, it is the survivor's.
    fn row_of_key(&self, digest: u128) -> Option<u32> {
        let mut rows = self.by_key.rows(digest);
        let first = rows.next()?;
        let ends_in = self.canonical(first);
        let mut found = first;
        for row in rows {
            if self.canonical(row) != ends_in {
                return None;
            }
            found = ends_in;
        }
        Some(found)
    }

    /// How often a redirect was set or ended.
    pub(crate) fn moves(&self) -> u64 {
        self.moves
    }

    /// How many accounts there are, those merged among them.
    pub(crate) fn count(&self) -> usize {
        self.entries.len().saturating_sub(self.gone.len())
    }

    /// The row of an account, for whoever holds the lock already: it is not taken twice.
    pub(crate) fn row(&self, id: AccountId) -> Option<u32> {
        self.by_id.get(&id).copied()
    }

    /// How many documents of an account end on one of the days from `today` on, so many days at most.
    pub(crate) fn expiring(&self, row: u32, today: i64, days: i64) -> i64 {
        let held = self.entry(row).and_then(|entry| self.documents.get(&entry.id));
        let soon = |day: &&i64| (today..=today.saturating_add(days)).contains(*day);
        held.map_or(0, |held| i64::try_from(held.iter().filter(soon).count()).unwrap_or(i64::MAX))
    }

    pub(crate) fn entry(&self, row: u32) -> Option<&Entry> {
        self.entries.get(usize_of(row)).and_then(Option::as_ref)
    }

    /// Every row that holds an account.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (u32, &Entry)> {
        (0_u32..).zip(&self.entries).filter_map(|(row, entry)| Some((row, entry.as_ref()?)))
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn chunk(&self, index: usize) -> Option<&MasterChunk> {
        self.chunks.get(index)
    }

    pub(crate) fn manager_name(&self, user: &str) -> Option<&str> {
        self.managers.get(user).map(String::as_str)
    }

    /// The row of an account number.
    pub(crate) fn row_numbered(&self, number: &str) -> Option<u32> {
        self.by_number.get(number).copied()
    }

    /// Rows whose name somebody may mean who types, best first: beginnings of words count, and letters may be wrong.
    pub(crate) fn recall(&self, text: &str, most: usize) -> Vec<(u32, f64)> {
        self.names.recall(text, most)
    }

    /// Rows that a text may name, best first.
    pub(crate) fn find(&self, text: &str) -> Vec<(u32, f32)> {
        if let Some(row) = self.by_number.get(text.to_uppercase().as_str()) {
            return vec![(self.canonical(*row), 1.0)];
        }
        self.names.find(text)
    }
}

/// A row as an index: rows are 32 bits, so this never loses anything on machines that Kith runs on.
pub(crate) fn usize_of(row: u32) -> usize {
    usize::try_from(row).unwrap_or(usize::MAX)
}

impl crate::engine::Engine {
    /// The id of an account named by its id or its number, whether or not the caller may see it.
    #[must_use]
    pub fn account_id(&self, name: &str) -> Option<String> {
        self.find_account(name).map(|(_, id)| id.to_string())
    }

    /// The legal entity that owns an account.
    pub(crate) fn owner_of(&self, account: AccountId) -> Option<EntityCode> {
        let inner = self.directory().read();
        inner.row(account).and_then(|row| inner.entry(row)).map(|entry| entry.entity.clone())
    }

    /// Whether the caller may know of an account.
    pub(crate) fn sees_account(&self, caller: &Caller, account: AccountId) -> bool {
        self.owner_of(account).is_some_and(|owner| caller.principal.may(Grant::AccountsRead, Some(&owner)))
    }

    /// The name of an account; empty when there is none.
    pub(crate) fn account_title(&self, account: AccountId) -> String {
        let inner = self.directory().read();
        let entry = inner.row(account).and_then(|row| inner.entry(row));
        entry.map(|entry| entry.name.to_string()).unwrap_or_default()
    }

    /// The name of an account, as memory holds it, whether or not the caller may see it.
    #[must_use]
    pub fn account_name(&self, name: &str) -> Option<String> {
        let (row, _) = self.find_account(name)?;
        self.directory().read().entry(row).map(|entry| entry.name.to_string())
    }
}
