//! Watched folders: a file that is whole is imported and moved to `done/` or `failed/`, with a report beside it.
//!
//! A file is whole when it stood still between two looks and has a name of its own: whoever writes it under
//! `name.part` renames it in the end. The same file again is the same import, so that a crash between import and move
//! costs nothing.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use kith_api::view::ImportView;
use kith_domain::access::Principal;
use kith_domain::context::{Actor, ActorKind, Channel};
use kith_domain::refusal::Refusal;
use kith_domain::user::User;
use kith_store::Fault;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::feed::options_of;
use super::stage::blocking;
use super::{ImportFile, ImportOptions};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{json_of, load};

/// Endings of names under which files are still being written.
const UNFINISHED: [&str; 6] = ["part", "tmp", "temp", "crdownload", "filepart", "new"];
/// Files of one folder taken at one look.
const TAKEN_MAX: usize = 100;

/// A folder named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// The folder.
    pub folder: PathBuf,
    /// The name of a feed, or the system that the external ids are of.
    pub name: String,
}

/// What was seen of the files at the last look.
#[derive(Debug, Default)]
pub(crate) struct Looks {
    /// Folders named on the command line.
    watched: Vec<Watched>,
    seen: HashMap<PathBuf, (u64, SystemTime)>,
}

/// A folder with the way its files are imported.
struct Folder {
    path: PathBuf,
    caller: Caller,
    options: ImportOptions,
}

/// What is held of the looks between two of them.
pub(crate) type Watch = Mutex<Looks>;

impl Engine {
    /// Watches a folder from now on.
    ///
    /// # Errors
    /// When the folder is none, or cannot be made ready.
    pub async fn watch(&self, watched: Watched) -> io::Result<()> {
        let folder = watched.folder.clone();
        tokio::task::spawn_blocking(move || make_ready(&folder)).await.map_err(io::Error::other)??;
        self.core().watch.lock().await.watched.push(watched);
        Ok(())
    }

    /// The folder of a feed in the data directory.
    pub(super) fn feed_folder(&self, name: &str) -> PathBuf {
        self.store().location().dir().join("feeds").join(name)
    }

    /// Looks into every watched folder once, and imports what is whole.
    pub(crate) async fn look_into_folders(&self) -> Result<(), Fault> {
        let mut looks = self.core().watch.lock().await;
        let mut present = Vec::new();
        for folder in self.folders(&looks.watched).await? {
            let path = folder.path.clone();
            let files = blocking(move || files_of(&path).map_err(Fault::unavailable)).await;
            let files = match files {
                Ok(files) => files,
                Err(fault) => {
                    tracing::warn!(%fault, folder = %folder.path.display(), "a watched folder cannot be read");
                    continue;
                }
            };
            for (path, state) in files {
                present.push(path.clone());
                let whole = looks.seen.insert(path.clone(), state) == Some(state);
                if whole && let Err(fault) = self.take(&folder, &path).await {
                    tracing::warn!(%fault, file = %path.display(), "a file of a watched folder waits for another try");
                }
            }
        }
        looks.seen.retain(|path, _| present.contains(path));
        Ok(())
    }

    /// Every folder: those of feeds, and those named on the command line.
    async fn folders(&self, watched: &[Watched]) -> Result<Vec<Folder>, Fault> {
        let feeds = self.all_feeds().await?;
        let mut folders = Vec::new();
        for feed in feeds.iter().filter(|feed| feed.plan.watched) {
            let path = self.feed_folder(&feed.plan.name);
            let caller = self.feed_caller(feed.saved_by).await?;
            folders.push(Folder { path, caller, options: options_of(&feed.plan) });
        }
        for watched in watched {
            let feed = feeds.iter().find(|feed| feed.plan.name == watched.name);
            let options = feed.map_or_else(
                || ImportOptions {
                    source_system: Some(watched.name.clone()),
                    execute: true,
                    feed: Some(watched.name.clone()),
                    ..ImportOptions::default()
                },
                |feed| options_of(&feed.plan),
            );
            let caller = Caller { channel: Channel::Import, ..Caller::system() };
            folders.push(Folder { path: watched.folder.clone(), caller, options });
        }
        Ok(folders)
    }

    /// Whoever saved a feed, with the roles of today.
    async fn feed_caller(&self, user: Option<kith_domain::value::UserId>) -> Result<Caller, Fault> {
        let system = Caller { channel: Channel::Import, ..Caller::system() };
        let Some(id) = user else { return Ok(system) };
        let user = self.store().read(move |reader| load::<User>(reader, &id.to_string())).await?.state;
        let roles = if user.is_active() { user.roles } else { Vec::new() };
        let actor = Actor { kind: ActorKind::ApiClient, user: Some(id) };
        Ok(Caller { principal: Principal { actor, roles }, ..system })
    }

    /// Imports one file and puts it away.
    async fn take(&self, folder: &Folder, path: &Path) -> Result<(), Fault> {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let spool = self.store().location().dir().join("feeds").join(format!(".taking-{}", self.new_uuid()?));
        let (from, to) = (path.to_owned(), spool.clone());
        blocking(move || copy(&from, &to).map_err(Fault::unavailable)).await?;
        let file = ImportFile { path: spool, name: name.clone(), contacts: Vec::new() };
        let staged = self.import_stage(&folder.caller, file, folder.options.clone()).await?;
        let good = staged.as_ref().is_ok_and(|view| view.counts.valid > 0 || view.counts.rows == 0);
        let report = report(&staged)?;
        match &staged {
            Ok(view) => tracing::info!(import = view.id, good, "a file of a watched folder was imported"),
            Err(refusal) => {
                tracing::warn!(code = refusal.code, "a file of a watched folder cannot be imported")
            }
        }
        let (path, at) = (path.to_owned(), self.now().strftime("%Y%m%dT%H%M%SZ").to_string());
        let target = if good { "done" } else { "failed" };
        blocking(move || put_away(&path, target, (&name, &at), &report).map_err(Fault::unavailable)).await
    }
}

fn report(staged: &Result<ImportView, Refusal>) -> Result<Value, Fault> {
    Ok(match staged {
        Ok(view) => json!({
            "import": view.id, "state": view.state, "change": view.change, "counts": json_of(&view.counts)?,
            "codes": view.codes, "errors": json_of(&view.errors)?,
        }),
        Err(refusal) => json!({
            "code": refusal.code, "sentence": refusal.sentence, "clears": refusal.clears,
            "errors": json_of(&refusal.fields)?,
        }),
    })
}

/// The folder with the two that its files are moved to.
fn make_ready(folder: &Path) -> io::Result<()> {
    for part in ["done", "failed"] {
        fs::create_dir_all(folder.join(part))?;
    }
    Ok(())
}

/// The files that have a name of their own, with what tells whether they stand still, the oldest first.
pub(crate) fn files_of(folder: &Path) -> io::Result<Vec<(PathBuf, (u64, SystemTime))>> {
    make_ready(folder)?;
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let name = entry.file_name().into_string().unwrap_or_default();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
        // A link may lead anywhere: only files that lie here are taken.
        let is_file = entry.file_type()?.is_file();
        if !is_file || name.is_empty() || name.starts_with('.') || UNFINISHED.contains(&ending.as_str()) {
            continue;
        }
        let data = entry.metadata()?;
        files.push((path, (data.len(), data.modified()?)));
    }
    files.sort_by_key(|(path, (_, modified))| (*modified, path.clone()));
    files.truncate(TAKEN_MAX);
    Ok(files)
}

/// A copy that only its owner reads: it is removed once it is sealed.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut out = super::sealed::create(to)?;
    io::copy(&mut fs::File::open(from)?, &mut out).map(drop)
}

/// Moves a file under a name that no other has, and writes the report beside it.
pub(crate) fn put_away(
    path: &Path,
    target: &str,
    (name, at): (&str, &str),
    report: &Value,
) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new(".")).join(target);
    let free = |number: u32| {
        let given = if number == 0 { format!("{at}-{name}") } else { format!("{at}-{number}-{name}") };
        Some(folder.join(&given)).filter(|path| !path.exists())
    };
    let to = (0..1_000).find_map(free).ok_or_else(|| io::Error::other("no free name"))?;
    let mut beside = to.clone().into_os_string();
    beside.push(".report.json");
    fs::write(beside, serde_json::to_vec_pretty(report)?)?;
    fs::rename(path, to)
}
