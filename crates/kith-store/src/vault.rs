//! The vault: every data subject's own key, in a store of its own. Key destroyed means data erased (D§5.5).

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use kith_domain::value::{Secret, join, split};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::Value;

use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::keeper::Keeper;
use crate::sealed::{self, Part};
use crate::secrets::{Key, random_key};
use crate::sql::{Param, Sql, one};

/// Keys that stay in memory: two generations of this many subjects.
const CACHED: usize = 100_000;

/// What the vault knows of a subject.
#[derive(Clone, Copy)]
enum Known {
    Key(Key),
    Destroyed,
}

/// Two generations: what was not asked for since the last change of generation falls out.
#[derive(Default)]
struct Cache {
    young: HashMap<String, Known>,
    old: HashMap<String, Known>,
}

impl Cache {
    fn get(&mut self, subject: &str) -> Option<Known> {
        if let Some(known) = self.young.get(subject) {
            return Some(*known);
        }
        let known = self.old.get(subject).copied()?;
        self.put(subject, known);
        Some(known)
    }

    fn put(&mut self, subject: &str, known: Known) {
        if self.young.len() >= CACHED {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(subject.to_owned(), known);
    }
}

/// Seals and opens personal values, and forgets subjects. Usable from many threads.
pub struct Vault {
    master: LessSafeKey,
    random: SystemRandom,
    keeper: Keeper,
    dialect: Dialect,
    cache: Mutex<Cache>,
    /// Keys made and not yet stored, wrapped; SQLite only. Stored before any data that they seal.
    fresh: Mutex<BTreeMap<String, (Key, Vec<u8>)>>,
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

const FIND: &str = "SELECT wrapped FROM subject_key WHERE subject = $1";
const KEEP: &str =
    "INSERT INTO subject_key (subject, wrapped, destroyed) VALUES ($1, $2, 0) ON CONFLICT (subject) DO NOTHING";
const DESTROY: &str = "INSERT INTO subject_key (subject, wrapped, destroyed) VALUES ($1, NULL, 1) \
                       ON CONFLICT (subject) DO UPDATE SET wrapped = NULL, destroyed = 1";

/// A stored key: `None` for a subject never met, `Some(None)` for one whose key was destroyed.
type Wrapped = Option<Option<Vec<u8>>>;

fn find(sql: &mut dyn Sql, subject: &str) -> Result<Wrapped, Fault> {
    one(sql, FIND, &[subject.into()], |row| Ok(row.maybe_blob(0)?.map(<[u8]>::to_vec)))
}

impl Vault {
    pub(crate) fn new(master: &Key, keeper: Keeper, dialect: Dialect) -> Result<Self, Fault> {
        Ok(Self {
            master: aead(master)?,
            random: SystemRandom::new(),
            keeper,
            dialect,
            cache: Mutex::default(),
            fresh: Mutex::default(),
        })
    }

    fn seal_with(&self, key: &LessSafeKey, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce).map_err(Fault::ring)?;
        let mut text = plain.to_vec();
        let tag = key.seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(bound),
            &mut text,
        );
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

    fn unwrapped(&self, subject: &str, wrapped: &[u8]) -> Result<Key, Fault> {
        let key = Self::open_with(&self.master, subject.as_bytes(), wrapped);
        key.and_then(|key| Key::try_from(key).ok()).ok_or_else(|| Fault::corrupt("a key of the vault"))
    }

    fn look_up(&self, subject: &str) -> Result<Option<Known>, Fault> {
        if let Some(known) = lock(&self.cache).get(subject) {
            return Ok(Some(known));
        }
        if let Some((key, _)) = lock(&self.fresh).get(subject) {
            return Ok(Some(Known::Key(*key)));
        }
        let asked = subject.to_owned();
        let known = match self.keeper.run(move |sql| find(sql, &asked))? {
            None => return Ok(None),
            Some(None) => Known::Destroyed,
            Some(Some(wrapped)) => Known::Key(self.unwrapped(subject, &wrapped)?),
        };
        lock(&self.cache).put(subject, known);
        Ok(Some(known))
    }

    fn known_or_made(&self, subject: &str) -> Result<Known, Fault> {
        if let Some(known) = self.look_up(subject)? {
            return Ok(known);
        }
        let key = random_key()?;
        let wrapped = self.seal_with(&self.master, subject.as_bytes(), &key)?;
        match self.dialect {
            Dialect::Sqlite => {
                // Another thread may have made one meanwhile: the first stands.
                let mut fresh = lock(&self.fresh);
                if let Some(known) = lock(&self.cache).get(subject) {
                    return Ok(known);
                }
                let (key, _) = fresh.entry(subject.to_owned()).or_insert((key, wrapped));
                Ok(Known::Key(*key))
            }
            Dialect::Postgres => {
                // Another node may make one at the same time: what the database keeps is the key.
                let asked = subject.to_owned();
                let kept = self.keeper.run(move |sql| {
                    sql.execute(KEEP, &[(&asked).into(), Param::Blob(&wrapped)])?;
                    find(sql, &asked)
                })?;
                let known = match kept.flatten() {
                    None => Known::Destroyed,
                    Some(wrapped) => Known::Key(self.unwrapped(subject, &wrapped)?),
                };
                lock(&self.cache).put(subject, known);
                Ok(known)
            }
        }
    }

    /// Stores the keys made since the last call. Runs before every commit of data.
    pub(crate) fn persist(&self) -> Result<(), Fault> {
        let mut fresh = lock(&self.fresh);
        if fresh.is_empty() {
            return Ok(());
        }
        let rows: Vec<(String, Vec<u8>)> =
            fresh.iter().map(|(subject, (_, wrapped))| (subject.clone(), wrapped.clone())).collect();
        self.keeper.run(move |sql| {
            sql.batch("BEGIN IMMEDIATE")?;
            for (subject, wrapped) in &rows {
                sql.execute(KEEP, &[subject.into(), Param::Blob(wrapped)])?;
            }
            sql.batch("COMMIT")
        })?;
        let mut cache = lock(&self.cache);
        for (subject, (key, _)) in std::mem::take(&mut *fresh) {
            cache.put(&subject, Known::Key(key));
        }
        Ok(())
    }

    /// Makes the keys of these subjects, durably, where they have none.
    ///
    /// # Errors
    /// [`Fault`] when the vault's store cannot be read or written.
    pub fn ensure_keys(&self, subjects: &[&str]) -> Result<(), Fault> {
        for subject in subjects {
            self.known_or_made(subject)?;
        }
        self.persist()
    }

    /// Seals bytes under the subject's key, made if need be, and binds them to their place.
    ///
    /// For a subject that was erased nothing is kept: the answer is empty, and opens as erased.
    ///
    /// # Errors
    /// [`Fault`] when the vault's store cannot be read or written.
    pub fn seal(&self, subject: &str, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        match self.known_or_made(subject)? {
            Known::Key(key) => self.seal_with(&aead(&key)?, bound, plain),
            Known::Destroyed => Ok(Vec::new()),
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
        match self.look_up(subject)? {
            Some(Known::Key(key)) => Self::open_with(&aead(&key)?, bound, sealed)
                .map(Some)
                .ok_or_else(|| Fault::corrupt("sealed data was changed, or does not belong here")),
            Some(Known::Destroyed) => Ok(None),
            None => Err(Fault::corrupt("the key of sealed data is missing")),
        }
    }

    /// Destroys a subject's key: what was sealed under it can never be opened again. Says whether there
    /// was a key. The subject gets no new one.
    ///
    /// # Errors
    /// [`Fault`] when the vault's store cannot be written.
    pub fn destroy(&self, subject: &str) -> Result<bool, Fault> {
        self.persist()?;
        let existed = matches!(self.look_up(subject)?, Some(Known::Key(_)));
        let asked = subject.to_owned();
        let dialect = self.dialect;
        self.keeper.run(move |sql| {
            sql.execute(DESTROY, &[(&asked).into()])?;
            // The log of the key store must not keep the old page either.
            if dialect == Dialect::Sqlite { sql.batch("PRAGMA wal_checkpoint(TRUNCATE)") } else { Ok(()) }
        })?;
        let mut cache = lock(&self.cache);
        cache.old.remove(subject);
        cache.put(subject, Known::Destroyed);
        Ok(existed)
    }

    /// Takes the personal values out of `body` and seals them, each subject's under its own key, bound to
    /// their place. Gives the sealed block, empty when nothing was personal.
    ///
    /// # Errors
    /// [`Fault`] when the vault's store cannot be read or written.
    pub fn split_and_seal(&self, bound: &str, body: &mut Value) -> Result<Vec<u8>, Fault> {
        let mut parts = Vec::new();
        for Secret { subject, values } in split(body) {
            let plain = Value::Array(values).to_string();
            let text = self.seal(&subject, bound.as_bytes(), plain.as_bytes())?;
            parts.push(Part { subject, text });
        }
        Ok(sealed::encode(&parts))
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
