//! Opening a store: secrets, schema, checks, threads.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::thread::{Builder, JoinHandle};

use data_encoding::HEXLOWER;
use tokio::sync::watch;

use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::keeper::Keeper;
use crate::migrate::{self, KEYS, MAIN};
use crate::postgres::Postgres;
use crate::queue::Queue;
use crate::secrets::{Secrets, random_key};
use crate::seen::{self, Seen};
use crate::sql::{Sql, one};
use crate::sqlite::Sqlite;
use crate::store::{Inner, Location, Reads, Shared, Store, Writes};
use crate::unit::Heads;
use crate::vault::Vault;
use crate::{attempt, worker, writer};

/// Jobs that may wait before the store says that it is busy.
const WAITING: usize = 8192;
/// Threads that read.
const READERS: usize = 4;
/// Threads that write to PostgreSQL.
const WORKERS: usize = 4;
/// File names in a data directory.
pub(crate) const MAIN_FILE: &str = "kith.db";
pub(crate) const KEYS_FILE: &str = "keys.db";
pub(crate) const SEEN_FOLDER: &str = "seen";
const LOCK_FILE: &str = "kith.lock";

/// Opens a store; `create` makes what is missing.
pub(crate) fn open(location: &Location, create: bool) -> Result<Store, Fault> {
    open_with(location, create, seen::MERGE_AT)
}

/// As [`open`], with the number of touchpoints from which the dedupe index is merged.
pub(crate) fn open_with(location: &Location, create: bool, merge_at: usize) -> Result<Store, Fault> {
    match location {
        Location::Sqlite(dir) => open_sqlite(location, dir, create, merge_at),
        Location::Postgres { url, dir } => open_postgres(location, url, dir, create),
    }
}

fn open_sqlite(location: &Location, dir: &Path, create: bool, merge_at: usize) -> Result<Store, Fault> {
    let path = dir.join(MAIN_FILE);
    if !path.exists() && !create {
        return Err(Fault::Absent);
    }
    fs::create_dir_all(dir).map_err(Fault::unavailable)?;
    let lock = lock_directory(dir)?;
    // A file without a schema is what a first start left that broke off.
    let mut main = Sqlite::open(&path, false)?;
    own_alone(&path)?;
    let fresh = migrate::schema(&mut main)? == 0;
    let secrets = open_secrets(dir, fresh && create)?;
    migrate::run(&mut main, MAIN)?;
    let epoch = identity(&mut main, &secrets)?;
    let keys = dir.join(KEYS_FILE);
    let keeper = Keeper::start("kith-vault", move || {
        let mut opened = Sqlite::open(&keys, true)?;
        own_alone(&keys)?;
        migrate::run(&mut opened, KEYS)?;
        Ok(opened)
    })?;
    crate::secrets::sync_folder(&path)?;
    let vault = Vault::new(secrets.master(), keeper, Dialect::Sqlite)?;
    let heads = heads(&mut main)?;
    let seen = Seen::open(dir, &epoch, heads.touchpoint, &mut main, merge_at)?;
    let shared = shared(location, vault, secrets, Some(seen), heads, epoch);
    let (writes, reads): (Arc<Writes>, Arc<Reads>) =
        (Arc::new(Queue::new(WAITING)), Arc::new(Queue::new(WAITING)));
    let mut threads = Vec::new();
    for _ in 0..READERS {
        let mut reader = Sqlite::open_to_read(&path)?;
        threads.push(reader_thread(&shared, &reads, move |shared, reads| {
            serve_reads(&mut reader, shared, reads);
        })?);
    }
    let (own_shared, own_writes) = (Arc::clone(&shared), Arc::clone(&writes));
    threads.push(spawn("kith-writer", move || {
        writer::run(&mut main, &own_shared, &own_writes);
        drop(lock);
    })?);
    Ok(Store::from_inner(Inner { shared, writes, reads, threads: Mutex::new(threads) }))
}

/// Only the owner of the process may read the file.
fn own_alone(path: &Path) -> Result<(), Fault> {
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(path, mode).map_err(Fault::unavailable)?;
    }
    Ok(())
}

fn open_postgres(location: &Location, url: &str, dir: &Path, create: bool) -> Result<Store, Fault> {
    let mut main = Postgres::connect(url, None)?;
    let fresh = migrate::schema(&mut main)? == 0;
    if fresh && !create {
        return Err(Fault::Absent);
    }
    fs::create_dir_all(dir).map_err(Fault::unavailable)?;
    let secrets = open_secrets(dir, fresh && create)?;
    migrate::run(&mut main, MAIN)?;
    let epoch = identity(&mut main, &secrets)?;
    let own_url = url.to_owned();
    let keeper = Keeper::start("kith-vault", move || {
        let mut keys = Postgres::connect(&own_url, Some("kith_keys"))?;
        migrate::run(&mut keys, KEYS)?;
        Ok(keys)
    })?;
    let vault = Vault::new(secrets.master(), keeper, Dialect::Postgres)?;
    let heads = heads(&mut main)?;
    let shared = shared(location, vault, secrets, None, heads, epoch);
    let (writes, reads): (Arc<Writes>, Arc<Reads>) =
        (Arc::new(Queue::new(WAITING)), Arc::new(Queue::new(WAITING)));
    let mut threads = Vec::new();
    for _ in 0..READERS {
        let mut reader = Postgres::connect(url, None)?;
        threads.push(reader_thread(&shared, &reads, move |shared, reads| {
            serve_reads(&mut reader, shared, reads);
        })?);
    }
    for _ in 0..WORKERS {
        let mut connection = Postgres::connect(url, None)?;
        let (shared, writes) = (Arc::clone(&shared), Arc::clone(&writes));
        threads.push(spawn("kith-worker", move || worker::run(&mut connection, &shared, &writes))?);
    }
    Ok(Store::from_inner(Inner { shared, writes, reads, threads: Mutex::new(threads) }))
}

fn shared(
    location: &Location,
    vault: Vault,
    secrets: Secrets,
    seen: Option<Seen>,
    heads: Heads,
    epoch: String,
) -> Arc<Shared> {
    let (location, stopped) = (location.clone(), AtomicBool::new(false));
    Arc::new(Shared { location, vault, secrets, seen, heads: watch::Sender::new(heads), stopped, epoch })
}

fn serve_reads(sql: &mut dyn Sql, shared: &Shared, reads: &Reads) {
    while let Some(task) = reads.take(1).pop() {
        attempt::read(sql, shared, task);
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Fault> {
    Builder::new().name(name.to_owned()).spawn(run).map_err(Fault::unavailable)
}

fn reader_thread(
    shared: &Arc<Shared>,
    reads: &Arc<Reads>,
    serve: impl FnOnce(&Shared, &Reads) + Send + 'static,
) -> Result<JoinHandle<()>, Fault> {
    let (shared, reads) = (Arc::clone(shared), Arc::clone(reads));
    spawn("kith-reader", move || serve(&shared, &reads))
}

/// Holds the directory for this process; the lock goes with the file.
pub(crate) fn lock_directory(dir: &Path) -> Result<File, Fault> {
    let file = File::options().create(true).truncate(false).write(true).open(dir.join(LOCK_FILE));
    let file = file.map_err(Fault::unavailable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Fault::InUse),
        Err(TryLockError::Error(error)) => Err(Fault::unavailable(error)),
    }
}

fn open_secrets(dir: &Path, make: bool) -> Result<Secrets, Fault> {
    if make && !Secrets::exist(dir) { Secrets::create(dir) } else { Secrets::open(dir) }
}

fn setting(sql: &mut dyn Sql, name: &str) -> Result<Option<String>, Fault> {
    let text = "SELECT value FROM setting WHERE name = $1";
    one(sql, text, &[name.into()], |row| row.text(0).map(str::to_owned))
}

/// Checks that the secrets belong to this database, or writes down which do; gives the epoch.
fn identity(sql: &mut dyn Sql, secrets: &Secrets) -> Result<String, Fault> {
    let text = "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    sql.execute(text, &["secrets".into(), (&secrets.fingerprint()).into()])?;
    if setting(sql, "secrets")? != Some(secrets.fingerprint()) {
        return Err(Fault::Secrets { what: "it belongs to another store".to_owned() });
    }
    sql.execute(text, &["epoch".into(), (&new_epoch()?).into()])?;
    setting(sql, "epoch")?.ok_or_else(|| Fault::corrupt("the epoch is missing"))
}

/// A name for a history of the logs.
pub(crate) fn new_epoch() -> Result<String, Fault> {
    let key = random_key()?;
    Ok(HEXLOWER.encode(key.get(..16).unwrap_or_default()))
}

/// The last positions of both logs.
pub(crate) fn heads(sql: &mut dyn Sql) -> Result<Heads, Fault> {
    let mut heads = Heads::default();
    sql.query("SELECT log, position FROM head", &[], &mut |row| {
        match row.text(0)? {
            "ledger" => heads.ledger = row.count(1)?,
            _ => heads.touchpoint = row.count(1)?,
        }
        Ok(())
    })?;
    Ok(heads)
}
