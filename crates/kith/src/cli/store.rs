//! `kith rebuild`, `backup`, `restore`: the data itself.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use kith_engine::Engine;
use kith_store::backup::{backup, restore};
use kith_store::{Fault, Location};
use serde::Serialize;
use serde_json::Value;

use super::Place;
use crate::failure::Failure;
use crate::progress;
use crate::render::pairs;
use crate::screen::Screen;

/// Fold the whole log of touchpoints again and write a fresh checkpoint
#[derive(Debug, Args)]
pub struct Rebuild {}

/// Copy the data into an empty directory, also while a server runs, and verify the copy by reading it back
#[derive(Debug, Args)]
pub struct Backup {
    /// Where to, empty or absent
    dir: PathBuf,
}

/// Restore a backup into the data directory (--data), which must be empty or absent
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup
    dir: PathBuf,
}

impl Rebuild {
    pub(crate) async fn run(&self, place: &Place, screen: Screen) -> Result<(), Failure> {
        let Self {} = self;
        place.here_only("rebuild")?;
        let rebuilt = with_engine(place, "rebuilding", |engine| engine.rebuild()).await?;
        // What was found wrong is mended by now: worth telling, no failure.
        report(screen, &rebuilt, "rebuilt")
    }
}

impl Backup {
    pub(crate) async fn run(&self, place: &Place, screen: Screen) -> Result<(), Failure> {
        place.here_only("backup")?;
        let Location::Sqlite(from) = place.location() else {
            return Err(Failure::Usage(
                "PostgreSQL has backups of its own; keep secrets.json with them".to_owned(),
            ));
        };
        let (to, source) = (self.dir.clone(), from.clone());
        let bar = progress::bar(Some(0), "copying");
        let drawn = bar.clone();
        // The store stays closed: a server may have it open.
        let copied = tokio::task::spawn_blocking(move || {
            backup(&source, &to, Timestamp::now(), &mut |done, all| {
                drawn.set_length(all);
                drawn.set_position(done);
            })
        });
        let copied = copied.await;
        bar.finish_and_clear();
        let copied = copied.map_err(|error| Failure::Here(format!("copying broke off: {error}")))?;
        let manifest = copied.map_err(|fault| match fault {
            Fault::Exists => not_empty(&self.dir),
            other => Failure::store(&from, &other),
        })?;
        report(screen, &manifest, "the copy was read back and is whole")
    }
}

impl Restore {
    pub(crate) async fn run(&self, place: &Place, screen: Screen) -> Result<(), Failure> {
        place.here_only("restore")?;
        if place.database_url.is_some() {
            return Err(Failure::Usage("backups of PostgreSQL are restored with its own tools".to_owned()));
        }
        let (from, to) = (self.dir.clone(), place.dir());
        let bar = progress::bar(None, "restoring");
        let restored = tokio::task::spawn_blocking(move || restore(&from, &to)).await;
        bar.finish_and_clear();
        let restored = restored.map_err(|error| Failure::Here(format!("restoring broke off: {error}")))?;
        let manifest = restored.map_err(|fault| match fault {
            Fault::Absent => Failure::Here(format!("{}: no backup is here", self.dir.display())),
            Fault::Exists => not_empty(&place.dir()),
            other => other.into(),
        })?;
        report(screen, &manifest, "restored; the next start reads all of it")
    }
}

fn not_empty(dir: &std::path::Path) -> Failure {
    Failure::Here(format!("{} is not empty", dir.display()))
}

/// Opens the store, does something long with it on a thread of its own, and closes it.
pub(super) async fn with_engine<T: Send + 'static>(
    place: &Place,
    noun: &'static str,
    work: impl FnOnce(&Engine) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Failure> {
    let engine = place.engine().await?;
    let bar = progress::bar(None, noun);
    let done = tokio::task::spawn_blocking(move || {
        let done = work(&engine);
        engine.close();
        done
    });
    let done = done.await;
    bar.finish_and_clear();
    Ok(done.map_err(|error| Failure::Here(format!("it broke off: {error}")))??)
}

pub(super) fn report(screen: Screen, found: &impl Serialize, words: &str) -> Result<(), Failure> {
    let value = serde_json::to_value(found).map_err(|error| Failure::Here(error.to_string()))?;
    screen.show_value(&value, |value: &Value| format!("{}{words}", pairs(value)))
}
