//! Staging: a file becomes an import with a report. The same file with the same options is the same import.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use data_encoding::HEXLOWER;
use kith_domain::access::{Grant, Reach};
use kith_domain::command::Command as AnyCommand;
use kith_domain::import::{Command, Import, ImportState, Options, Staged};
use kith_domain::refusal::Refusal;
use kith_domain::value::ImportId;
use kith_store::Fault;
use ring::digest::{Context as Hash, SHA256, digest};
use serde_json::json;

use super::layout::{Asked, House, Layout, Unfit};
use super::review::{Report, review};
use super::sealed::Drawer;
use super::{FILE, ImportFile, ImportOptions, REPORT, change_of, still_waits};
use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::facts::all_users;
use crate::noun::{json_of, load};
use crate::permit;

/// Reports of one file that differ because the record moved between them; more than enough.
const TRIES: u32 = 1_000;

impl Engine {
    /// Stages a file and gives the import's id.
    pub(super) async fn stage(
        &self,
        caller: &Caller,
        file: &ImportFile,
        options: &ImportOptions,
    ) -> Result<Result<ImportId, Refusal>, Fault> {
        if !caller.principal.may(Grant::ImportsWrite, None) {
            return Ok(Err(permit::denied(Grant::ImportsWrite)));
        }
        let path = file.path.clone();
        let sha256 = blocking(move || sha256_of(&path)).await?;
        let mut validated: Option<(Layout, Report)> = None;
        for attempt in 0..TRIES {
            let id = self.import_id(caller, (&sha256, options), attempt)?;
            let (known, waits) = self.known(id).await?;
            match known.state {
                _ if !known.exists() => {}
                ImportState::Validated if !waits => {}
                // What failed goes on from where it stopped, as long as its file is there.
                ImportState::Failed if !Drawer::new(self.store(), id).holds(FILE) => continue,
                _ => return Ok(Ok(id)),
            }
            let (layout, report) = match validated.take() {
                Some(validated) => validated,
                None => match self.validate(caller, file, options).await? {
                    Ok(validated) => validated,
                    Err(refusal) => return Ok(Err(refusal)),
                },
            };
            let same = (report.rows, report.planned, report.warnings_total);
            if !known.exists() {
                return self.keep(caller, (file, options), (id, sha256, layout, report)).await;
            }
            let before = (known.staged.rows, known.staged.planned, known.staged.warnings);
            if same == before && Drawer::new(self.store(), id).holds(FILE) {
                return Ok(Ok(id));
            }
            // What is on record moved since: the file stands before the reviewer with a report of today.
            validated = Some((layout, report));
        }
        Err(Fault::Conflict)
    }

    /// An import, and whether a change of it waits.
    async fn known(&self, id: ImportId) -> Result<(Import, bool), Fault> {
        let (name, now) = (id.to_string(), self.now());
        let found = self.store().read(move |reader| {
            let import = load::<Import>(reader, &name)?.state;
            let change = change_of(reader, &name)?;
            Ok((import, change.is_some_and(|change| still_waits(&change.state, now))))
        });
        found.await
    }

    /// The id of a file with its options, the same whenever it is brought. Whoever may not import for the whole
    /// organisation has imports of their own.
    fn import_id(
        &self,
        caller: &Caller,
        (sha256, options): (&str, &ImportOptions),
        attempt: u32,
    ) -> Result<ImportId, Fault> {
        let everywhere = caller.principal.reach(Grant::ImportsWrite) == Reach::Everything;
        let whose = caller.principal.user().filter(|_| !everywhere).map(|user| user.to_string());
        let asked = json_of(&asked(options))?;
        let how = json_of(&options_kept(options, None))?;
        let text = json!([whose, sha256, asked, how, attempt]).to_string();
        let digest = self.store().secrets().lookup_digest("import", &text);
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest).for_each(|(slot, byte)| *slot = byte);
        Ok(ImportId(uuid::Builder::from_random_bytes(bytes).into_uuid()))
    }

    async fn validate(
        &self,
        caller: &Caller,
        file: &ImportFile,
        options: &ImportOptions,
    ) -> Result<Result<(Layout, Report), Refusal>, Fault> {
        let house = self.house().await?;
        let (engine, caller) = (self.clone(), caller.clone());
        let (path, name) = (file.path.clone(), file.name.clone());
        let (asked, on_duplicate) = (asked(options), options.on_duplicate);
        let work = move || -> Result<(Layout, Report), Unfit> {
            let layout = Layout::find(open(&path)?, &asked, house)?;
            let by = (&caller.principal, caller.context(engine.now()));
            let mut report = review(&engine, by, &layout, on_duplicate, open(&path)?)?;
            report.name = name;
            report.asked = asked;
            Ok((layout, report))
        };
        match tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Panicked)? {
            Ok(validated) => Ok(Ok(validated)),
            Err(Unfit::Refused(refusal)) => Ok(Err(refusal)),
            Err(Unfit::Fault(fault)) => Err(fault),
        }
    }

    /// The organisation as it stands, for the checks of rows.
    pub(super) async fn house(&self) -> Result<House, Fault> {
        let users = self.store().read(all_users).await?;
        let organisation = self.organisation();
        Ok(House::new(&organisation, &users, self.today_in(&organisation.timezone)))
    }

    /// Seals file and report, then puts the import on record.
    async fn keep(
        &self,
        caller: &Caller,
        (file, options): (&ImportFile, &ImportOptions),
        (id, sha256, layout, report): (ImportId, String, Layout, Report),
    ) -> Result<Result<ImportId, Refusal>, Fault> {
        let staged = Staged {
            id,
            format: "csv".to_owned(),
            source_system: Some(layout.options.source_system.clone()),
            options: options_kept(options, options.map.as_deref()),
            rows: report.rows,
            planned: report.planned,
            warnings: report.warnings_total,
            file_sha256: sha256,
        };
        let drawer = Drawer::new(self.store(), id);
        let (keeping, path) = (drawer.clone(), file.path.clone());
        blocking(move || {
            keeping.put(FILE, open(&path)?)?;
            let report = json_of(&report)?.to_string();
            keeping.put(REPORT, report.as_bytes())
        })
        .await?;
        let command = AnyCommand::Import { id, command: Command::Stage(Box::new(staged)) };
        let request =
            Request { command, key: options.key.clone(), expected_version: None, accept_duplicates: true };
        match self.execute(caller, request).await?.answer {
            Answer::Done(receipt) => {
                let kept = receipt.id.parse().map_err(|_| Fault::corrupt("the id of an import"))?;
                if kept != id {
                    blocking(move || drawer.clear()).await?; // Answered before, under this key.
                }
                Ok(Ok(kept))
            }
            Answer::Refused(refusal) => {
                blocking(move || drawer.clear()).await?;
                Ok(Err(refusal))
            }
            Answer::Waiting(_) => Err(Fault::corrupt("staging a file never waits")),
        }
    }
}

/// What is asked about the reading of the file.
fn asked(options: &ImportOptions) -> Asked {
    Asked {
        source_system: options.source_system.clone(),
        map: options.map.clone(),
        entity: options.entity.clone(),
    }
}

/// The options as they are on record; of a map file, which may be long, only a digest.
fn options_kept(options: &ImportOptions, map: Option<&str>) -> Options {
    let named = |map: &str| match map.trim_start().starts_with('{') {
        true => format!("file:{}", HEXLOWER.encode(digest(&SHA256, map.as_bytes()).as_ref())),
        false => map.to_lowercase(),
    };
    Options {
        on_duplicate: options.on_duplicate,
        batch_size: options.batch_size,
        stop_on_error: options.stop_on_error,
        validate_only: options.validate_only,
        map: map.map(named),
    }
}

pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Panicked)?
}

fn open(path: &PathBuf) -> Result<File, Fault> {
    File::open(path).map_err(Fault::unavailable)
}

fn sha256_of(path: &PathBuf) -> Result<String, Fault> {
    let mut file = open(path)?;
    let mut hash = Hash::new(&SHA256);
    let mut bytes = vec![0; 1 << 16];
    loop {
        match file.read(&mut bytes) {
            Ok(0) => return Ok(HEXLOWER.encode(hash.finish().as_ref())),
            Ok(count) => hash.update(bytes.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Fault::unavailable(error)),
        }
    }
}
