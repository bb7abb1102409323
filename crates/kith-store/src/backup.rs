//! Backups of a data directory while it is in use, and their restoring (SQLite).
//!
//! A backup counts once it was read back: every copy is opened, checked page by page and its ledger
//! verified. PostgreSQL has backups of its own; the secrets file must be kept with them.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use ring::digest::{Context, SHA256};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::open::{KEYS_FILE, MAIN_FILE, heads, new_epoch};
use crate::secrets::{self, Secrets, sync_folder, write_private};
use crate::sql::{Sql as _, one};
use crate::sqlite::{Sqlite, fault};
use crate::store::{Location, Store};
use crate::{verify, working};

const MANIFEST_FILE: &str = "manifest.json";
const FORMAT: u32 = 1;
/// Pages copied between two reports.
const STEP: i32 = 4_096;

/// One file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupFile {
    /// Its name in the directory.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256, hexadecimal.
    pub sha256: String,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Format of the backup.
    pub format: u32,
    /// When it was made.
    pub at: Timestamp,
    /// The history of logs that it belongs to.
    pub epoch: String,
    /// Last position of the ledger.
    pub ledger: u64,
    /// Root of the tree over the ledger, hexadecimal.
    pub root: String,
    /// Last position of the touchpoint log.
    pub touchpoint: u64,
    /// The files.
    pub files: Vec<BackupFile>,
}

fn damaged(what: &str) -> Fault {
    Fault::corrupt(format!("the backup: {what}"))
}

fn described(dir: &Path, name: &str) -> Result<BackupFile, Fault> {
    let mut file = fs::File::open(dir.join(name)).map_err(Fault::unavailable)?;
    let (mut context, mut bytes, mut buffer) = (Context::new(&SHA256), 0_u64, vec![0; 1 << 16]);
    loop {
        let count = file.read(&mut buffer).map_err(Fault::unavailable)?;
        if count == 0 {
            break;
        }
        context.update(buffer.get(..count).unwrap_or_default());
        bytes = bytes.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
    }
    Ok(BackupFile { name: name.to_owned(), bytes, sha256: HEXLOWER.encode(context.finish().as_ref()) })
}

/// Makes the directory, or accepts an empty one.
fn empty_directory(dir: &Path) -> Result<(), Fault> {
    fs::create_dir_all(dir).map_err(Fault::unavailable)?;
    if fs::read_dir(dir).map_err(Fault::unavailable)?.next().is_some() {
        return Err(Fault::Exists);
    }
    #[cfg(unix)]
    {
        let owner_only = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        fs::set_permissions(dir, owner_only).map_err(Fault::unavailable)?;
    }
    Ok(())
}

/// Copies a database from one snapshot, whatever is written to it meanwhile.
fn copy(from: &Path, to: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<(), Fault> {
    let source = Sqlite::open_to_read(from)?;
    let source = source.connection();
    // An open read transaction keeps the copy from starting again after every commit.
    source.execute_batch("BEGIN").map_err(fault)?;
    source.query_row("SELECT COUNT(*) FROM sqlite_master", [], |_| Ok(())).map_err(fault)?;
    let mut target = Connection::open(to).map_err(fault)?;
    let backup = Backup::new(source, &mut target).map_err(fault)?;
    loop {
        let step = backup.step(STEP).map_err(fault)?;
        let (all, left) = (backup.progress().pagecount, backup.progress().remaining);
        let pages = |count: i32| u64::try_from(count).unwrap_or(0);
        progress(pages(all.saturating_sub(left)), pages(all));
        match step {
            StepResult::Done => break,
            StepResult::More => {}
            _ => std::thread::sleep(std::time::Duration::from_millis(5)),
        }
    }
    drop(backup);
    target.close().map_err(|(_, error)| fault(error))
}

/// Opens a copy that nobody writes, checks its pages.
fn sound(path: &Path) -> Result<Sqlite, Fault> {
    let text = path.to_str().ok_or_else(|| damaged("its path is not Unicode"))?;
    let escaped = text.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let uri = format!("file:{escaped}?immutable=1");
    let connection = Connection::open_with_flags(uri, flags).map_err(fault)?;
    let said: String =
        connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(fault)?;
    if said == "ok" { Ok(Sqlite::over(connection)) } else { Err(damaged("a database has damaged pages")) }
}

impl Store {
    /// Copies the data directory into `dir`; see [`backup`].
    ///
    /// # Errors
    /// [`Fault::Unsupported`] on PostgreSQL; else as [`backup`].
    pub fn backup(
        &self,
        dir: &Path,
        at: Timestamp,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Manifest, Fault> {
        let Location::Sqlite(from) = self.location() else {
            return Err(Fault::Unsupported { what: "backups by Kith: use its own, and keep secrets.json" });
        };
        backup(from, dir, at, progress)
    }
}

/// Copies a data directory into `dir`, which must be empty or absent, reads the copy back and verifies it.
/// Goes on while the store is written to, by this process or another one. `progress` is told pages done and
/// pages to do.
///
/// # Errors
/// [`Fault::Absent`] when there is no store; [`Fault::Exists`] when the directory is not empty;
/// [`Fault::Corrupt`] when the copy does not verify.
pub fn backup(
    from: &Path,
    dir: &Path,
    at: Timestamp,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Manifest, Fault> {
    if !from.join(MAIN_FILE).exists() {
        return Err(Fault::Absent);
    }
    empty_directory(dir)?;
    // The keys come last: every key that the data needs is then among them.
    copy(&from.join(MAIN_FILE), &dir.join(MAIN_FILE), progress)?;
    let working = working::copy(from, dir, &working::list(from)?)?;
    copy(&from.join(KEYS_FILE), &dir.join(KEYS_FILE), progress)?;
    let text = fs::read(from.join(secrets::FILE)).map_err(Fault::unavailable)?;
    write_private(&dir.join(secrets::FILE), &text)?;
    let mut main = sound(&dir.join(MAIN_FILE))?;
    let (positions, tree) = (heads(&mut main)?, crate::ledger::tree_head(&mut main)?);
    let text = "SELECT value FROM setting WHERE name = 'epoch'";
    let epoch = one(&mut main, text, &[], |row| row.text(0).map(str::to_owned))?;
    drop(main);
    let names = [MAIN_FILE, KEYS_FILE, secrets::FILE];
    let names = names.into_iter().chain(working.iter().map(String::as_str));
    let files = names.map(|name| described(dir, name)).collect::<Result<Vec<_>, _>>()?;
    let manifest = Manifest {
        format: FORMAT,
        at,
        epoch: epoch.ok_or_else(|| damaged("the epoch is missing"))?,
        ledger: positions.ledger,
        root: HEXLOWER.encode(&tree.1),
        touchpoint: positions.touchpoint,
        files,
    };
    let text = serde_json::to_vec_pretty(&manifest).map_err(Fault::unavailable)?;
    write_private(&dir.join(MANIFEST_FILE), &text)?;
    verify_backup(dir)
}

/// Reads a backup through: the files' hashes, the databases' pages, the ledger's chain and tree, the
/// secrets' fingerprint.
///
/// # Errors
/// [`Fault::Corrupt`] naming what does not fit; [`Fault::Absent`] when there is no manifest.
pub fn verify_backup(dir: &Path) -> Result<Manifest, Fault> {
    let text = match fs::read(dir.join(MANIFEST_FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Fault::Absent),
        Err(error) => return Err(Fault::unavailable(error)),
    };
    let manifest: Manifest =
        serde_json::from_slice(&text).map_err(|_| damaged("its manifest is malformed"))?;
    if manifest.format > FORMAT {
        return Err(Fault::Newer { found: manifest.format, known: FORMAT });
    }
    let working =
        manifest.files.iter().map(|file| file.name.as_str()).filter(|name| working::is_working(name));
    for name in [MAIN_FILE, KEYS_FILE, secrets::FILE].into_iter().chain(working) {
        let listed = manifest.files.iter().find(|file| file.name == name);
        if listed != Some(&described(dir, name)?) {
            return Err(damaged(&format!("{name} is not the file that was written")));
        }
    }
    sound(&dir.join(KEYS_FILE))?;
    let mut main = sound(&dir.join(MAIN_FILE))?;
    let head = verify::ledger(&mut main, &mut |_| {})?;
    let touchpoint = verify::touchpoints(&mut main)?;
    let expected = (manifest.ledger, manifest.root.clone(), manifest.touchpoint);
    if (head.position, HEXLOWER.encode(&head.root), touchpoint) != expected {
        return Err(damaged("its logs do not end where the manifest says"));
    }
    let text = "SELECT value FROM setting WHERE name = 'secrets'";
    let known = one(&mut main, text, &[], |row| row.text(0).map(str::to_owned))?;
    if known != Some(Secrets::open(dir)?.fingerprint()) {
        return Err(damaged("its secrets belong to another store"));
    }
    Ok(manifest)
}

/// Restores a backup into `target`, which must be empty or absent, and starts a new epoch: nothing that was
/// derived from the old logs is believed.
///
/// # Errors
/// [`Fault::Exists`] when the target is not empty; [`Fault::Corrupt`] when the backup does not verify.
pub fn restore(backup: &Path, target: &Path) -> Result<Manifest, Fault> {
    let manifest = verify_backup(backup)?;
    empty_directory(target)?;
    let text = fs::read(backup.join(secrets::FILE)).map_err(Fault::unavailable)?;
    write_private(&target.join(secrets::FILE), &text)?;
    let place = |name: &str, as_name: &str| {
        fs::copy(backup.join(name), target.join(as_name))
            .and_then(|_| fs::File::open(target.join(as_name))?.sync_all())
            .map_err(Fault::unavailable)
    };
    place(KEYS_FILE, KEYS_FILE)?;
    let working =
        manifest.files.iter().map(|file| file.name.clone()).filter(|name| working::is_working(name));
    working::copy(backup, target, &working.collect::<Vec<_>>())?;
    // The main file gets its name last: before that there is no store, after it there is a whole one.
    let beside = target.join("restoring.db");
    place(MAIN_FILE, "restoring.db")?;
    let mut main = Sqlite::open(&beside, false)?;
    let text = "UPDATE setting SET value = $1 WHERE name = 'epoch'";
    main.execute(text, &[(&new_epoch()?).into()])?;
    main.batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    main.close()?;
    fs::rename(&beside, target.join(MAIN_FILE)).map_err(Fault::unavailable)?;
    sync_folder(&target.join(MAIN_FILE))?;
    Ok(manifest)
}
