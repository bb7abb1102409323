//! The vault: every data subject's own key, in a store of its own. Key destroyed means data erased (D§5.5).

mod cache;
mod keys;
mod sealer;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use kith_domain::value::{Secret, join, split};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::Value;

use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::keeper::Keeper;
use crate::sealed::{self, Part};
use crate::secrets::{Key, random_key};
use cache::{Cache, Known};
pub use sealer::Sealer;

/// How old the knowledge of another node's erasures may be.
const NOTICE_AFTER: Duration = Duration::from_secs(1);
/// Seals and opens personal values, and forgets subjects. Usable from many threads.
pub struct Vault {
    master: LessSafeKey,
    random: SystemRandom,
    keeper: Keeper,
    dialect: Dialect,
    cache: Mutex<Cache>,
    /// Keys made and not yet stored, wrapped; SQLite only. Stored before any data that they seal.
    fresh: Mutex<BTreeMap<String, (Key, Vec<u8>)>>,
    /// When another node's erasures were last asked for, and how many there were; PostgreSQL only.
    noticed: Mutex<(Option<Instant>, i64)>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(…)")
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn aead(key: &Key) -> Result<LessSafeKey, Fault> {
    UnboundKey::new(&CHACHA20_POLY1305, key).map(LessSafeKey::new).map_err(Fault::ring)
}

impl Vault {
    pub(crate) fn new(master: &Key, keeper: Keeper, dialect: Dialect) -> Result<Self, Fault> {
        Ok(Self {
            master: aead(master)?,
            random: SystemRandom::new(),
            keeper,
            dialect,
            cache: Mutex::new(Cache::new(random_key()?)),
            fresh: Mutex::default(),
            noticed: Mutex::default(),
        })
    }

    fn seal_with(&self, key: &LessSafeKey, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce).map_err(Fault::ring)?;
        let mut text = plain.to_vec();
        let tag =
            key.seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(bound), &mut text);
        let tag = tag.map_err(Fault::ring)?;
        Ok([nonce.as_slice(), &text, tag.as_ref()].concat())
    }

    fn open_with(key: &LessSafeKey, bound: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, text) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut text = text.to_vec();
        let plain = key.open_in_place(nonce, Aad::from(bound), &mut text).ok()?;
        Some(plain.to_vec())
    }

    fn unwrapped(&self, subject: &str, wrapped: Option<&[u8]>) -> Result<Known, Fault> {
        let Some(wrapped) = wrapped else { return Ok(Known::Destroyed) };
        let key = Self::open_with(&self.master, subject.as_bytes(), wrapped);
        let key = key.and_then(|key| Key::try_from(key).ok());
        key.map(Known::Key).ok_or_else(|| Fault::corrupt("a key of the vault"))
    }

    /// What is known of these subjects without asking the store.
    fn at_hand(&self, subjects: &[&str]) -> Vec<Option<Known>> {
        let mut known: Vec<_> = {
            let mut cache = lock(&self.cache);
            subjects.iter().map(|subject| cache.get(subject)).collect()
        };
        let fresh = lock(&self.fresh);
        if !fresh.is_empty() {
            for (subject, known) in subjects.iter().zip(&mut known).filter(|(_, known)| known.is_none()) {
                *known = fresh.get(*subject).map(|(key, _)| Known::Key(*key));
            }
        }
        known
    }

    /// What is known of these subjects, `None` for those never met; asks the store once for all.
    fn look_up(&self, subjects: &[&str]) -> Result<Vec<Option<Known>>, Fault> {
        self.notice_erasures()?;
        let mut known = self.at_hand(subjects);
        let missing = subjects.iter().zip(&known).filter(|(_, known)| known.is_none());
        let missing: Vec<String> = missing.map(|(subject, _)| (*subject).to_owned()).collect();
        if missing.is_empty() {
            return Ok(known);
        }
        let mut found = BTreeMap::new();
        for (subject, wrapped) in self.keeper.run(move |sql| keys::find(sql, &missing))? {
            let key = self.unwrapped(&subject, wrapped.as_deref())?;
            lock(&self.cache).put(&subject, key);
            found.insert(subject, key);
        }
        for (subject, known) in subjects.iter().zip(&mut known) {
            *known = known.or_else(|| found.get(*subject).copied());
        }
        Ok(known)
    }

    /// Drops every cached key once another node has destroyed one; asks at most once a second.
    fn notice_erasures(&self) -> Result<(), Fault> {
        if self.dialect == Dialect::Sqlite {
            return Ok(());
        }
        let mut noticed = lock(&self.noticed);
        if noticed.0.is_some_and(|at| at.elapsed() < NOTICE_AFTER) {
            return Ok(());
        }
        let count = self.keeper.run(keys::erasures)?;
        if count != noticed.1 {
            lock(&self.cache).clear();
        }
        *noticed = (Some(Instant::now()), count);
        Ok(())
    }

    fn known_or_made(&self, subjects: &[&str]) -> Result<Vec<Known>, Fault> {
        let known = self.look_up(subjects)?;
        let missing = subjects.iter().zip(&known).filter(|(_, known)| known.is_none());
        let missing: BTreeSet<&str> = missing.map(|(subject, _)| *subject).collect();
        let made = if missing.is_empty() { BTreeMap::new() } else { self.make(&missing)? };
        let all =
            subjects.iter().zip(known).map(|(subject, known)| known.or_else(|| made.get(*subject).copied()));
        all.map(|known| known.ok_or_else(|| Fault::corrupt("a key of the vault was not kept"))).collect()
    }

    /// Makes keys for subjects that have none.
    fn make(&self, subjects: &BTreeSet<&str>) -> Result<BTreeMap<String, Known>, Fault> {
        let mut made = BTreeMap::new();
        let mut rows = Vec::new();
        for subject in subjects {
            let key = random_key()?;
            let wrapped = self.seal_with(&self.master, subject.as_bytes(), &key)?;
            if self.dialect == Dialect::Postgres {
                rows.push(((*subject).to_owned(), wrapped));
                continue;
            }
            // Another thread may have made one meanwhile: the first stands.
            let mut fresh = lock(&self.fresh);
            let cached = lock(&self.cache).get(subject);
            let known = cached.unwrap_or_else(|| {
                Known::Key(fresh.entry((*subject).to_owned()).or_insert((key, wrapped)).0)
            });
            made.insert((*subject).to_owned(), known);
        }
        if rows.is_empty() {
            return Ok(made);
        }
        // Another node may make some at the same time: what the database keeps are the keys.
        let kept = self.keeper.run(move |sql| {
            keys::keep(sql, &rows)?;
            let subjects: Vec<String> = rows.into_iter().map(|(subject, _)| subject).collect();
            keys::find(sql, &subjects)
        })?;
        for (subject, wrapped) in kept {
            let known = self.unwrapped(&subject, wrapped.as_deref())?;
            lock(&self.cache).put(&subject, known);
            made.insert(subject, known);
        }
        Ok(made)
    }

    /// Stores the keys made since the last call. Runs before every commit of data.
    pub(crate) fn persist(&self) -> Result<(), Fault> {
        let mut fresh = lock(&self.fresh);
        if fresh.is_empty() {
            return Ok(());
        }
        let rows: Vec<(String, Vec<u8>)> =
            fresh.iter().map(|(subject, (_, wrapped))| (subject.clone(), wrapped.clone())).collect();
        self.keeper.run(move |sql| keys::keep(sql, &rows))?;
        let mut cache = lock(&self.cache);
        for (subject, (key, _)) in std::mem::take(&mut *fresh) {
            cache.put(&subject, Known::Key(key));
        }
        Ok(())
    }

    /// Makes the keys of these subjects, durably, where they have none, and has them all at hand: worth its
    /// one round trip before a batch is sealed or opened.
    ///
    /// # Errors
    /// [`Fault`] when the vault's store cannot be read or written.
    pub fn ensure_keys(&self, subjects: &[&str]) -> Result<(), Fault> {
        self.known_or_made(subjects)?;
        self.persist()
    }

    /// Seals bytes under the subject's key, made if need be, and binds them to their place.
    ///
    /// For a subject that was erased nothing is kept: the answer is empty, and opens as erased.
    ///
    /// # Errors
    /// [`Fault`] when the vault's store cannot be read or written.
    pub fn seal(&self, subject: &str, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        match self.known_or_made(&[subject])?.first() {
            Some(Known::Key(key)) => self.seal_with(&aead(key)?, bound, plain),
            _ => Ok(Vec::new()),
        }
    }

    /// Opens what [`Vault::seal`] gave; `None` when the subject was erased.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] when the bytes were changed or belong elsewhere, or the key is missing.
    pub fn open(&self, subject: &str, bound: &[u8], sealed: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        if sealed.is_empty() {
            return Ok(None);
        }
        match self.look_up(&[subject])?.pop().flatten() {
            Some(Known::Key(key)) => Self::open_with(&aead(&key)?, bound, sealed)
                .map(Some)
                .ok_or_else(|| Fault::corrupt("sealed data was changed, or does not belong here")),
            Some(Known::Destroyed) => Ok(None),
            None => Err(Fault::corrupt("the key of sealed data is missing")),
        }
    }

    /// Destroys a subject's key: what was sealed under it can never be opened again. Says whether there
    /// was a key. The subject gets no new one. Other nodes notice within a second.
    ///
    /// # Errors
    /// [`Fault`] when the vault's store cannot be written; ask again until it answers.
    pub fn destroy(&self, subject: &str) -> Result<bool, Fault> {
        self.persist()?;
        let existed = matches!(self.look_up(&[subject])?.first(), Some(Some(Known::Key(_))));
        let asked = subject.to_owned();
        self.keeper.run(move |sql| keys::destroy(sql, &asked))?;
        lock(&self.cache).replace(subject, Known::Destroyed);
        Ok(existed)
    }

    /// Takes the personal values out of `body` and seals them, each subject's under its own key, bound to
    /// their place. Gives the sealed block, empty when nothing was personal.
    ///
    /// # Errors
    /// [`Fault`] when the vault's store cannot be read or written.
    pub fn split_and_seal(&self, bound: &str, body: &mut Value) -> Result<Vec<u8>, Fault> {
        let mut parts = Vec::new();
        let secrets = split(body);
        if secrets.len() > 1 {
            // All at once, so that new ones cost one round trip.
            let subjects: Vec<&str> = secrets.iter().map(|secret| secret.subject.as_str()).collect();
            self.known_or_made(&subjects)?;
        }
        for Secret { subject, values } in secrets {
            let plain = Value::Array(values).to_string();
            let text = self.seal(&subject, bound.as_bytes(), plain.as_bytes())?;
            parts.push(Part { subject, text });
        }
        Ok(sealed::encode(&parts))
    }

    /// Has the keys of these sealed blocks at hand, in one round trip.
    pub(crate) fn load<'a>(&self, blocks: impl Iterator<Item = &'a [u8]>) -> Result<(), Fault> {
        let mut subjects = BTreeSet::new();
        for block in blocks {
            subjects.extend(sealed::decode(block)?.into_iter().map(|part| part.subject));
        }
        let subjects: Vec<&str> = subjects.iter().map(String::as_str).collect();
        if subjects.is_empty() { Ok(()) } else { self.look_up(&subjects).map(drop) }
    }

    /// Puts back into `body` what the keys still open of a block that [`Vault::split_and_seal`] gave.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] when the block was changed or belongs elsewhere.
    pub fn open_and_join(&self, bound: &str, body: &mut Value, block: &[u8]) -> Result<(), Fault> {
        let mut secrets = Vec::new();
        for Part { subject, text } in sealed::decode(block)? {
            let Some(plain) = self.open(&subject, bound.as_bytes(), &text)? else { continue };
            let values = serde_json::from_slice(&plain);
            let values = values.map_err(|_| Fault::corrupt("a sealed block is not JSON"))?;
            secrets.push(Secret { subject, values });
        }
        join(body, &secrets);
        Ok(())
    }
}
