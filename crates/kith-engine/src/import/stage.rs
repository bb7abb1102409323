//! Staging: a file becomes an import with a report. The same file with the same options is the same import.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use kith_connect::csv::Note;
use kith_connect::row::RowError;
use kith_domain::access::{Grant, Reach};
use kith_domain::command::Command as AnyCommand;
use kith_domain::import::{Command, EmptyMeans, Import, ImportState, Options, Staged};
use kith_domain::refusal::Refusal;
use kith_domain::value::{ImportId, Personal};
use kith_store::Fault;
use ring::digest::{Context as Hash, SHA256, digest};
use serde_json::json;

use super::faults::FAULTS;
use super::layout::{Asked, House, Layout, Unfit};
use super::review::{Report, Reviewing, review};
use super::sealed::Drawer;
use super::table::{Table, beside};
use super::{FILE, ImportFile, ImportOptions, REPORT, change_of, still_waits};
use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::facts::{all_users, known_teams};
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
        let asked = match self.asked(options).await? {
            Ok(asked) => asked,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let paths: Vec<PathBuf> = std::iter::once(&file.path).chain(&file.contacts).cloned().collect();
        let sha256 =
            blocking(move || paths.iter().map(|path| sha256_of(path)).collect::<Result<Vec<_>, _>>()).await?;
        let mut validated: Option<Validated> = None;
        for attempt in 0..TRIES {
            let id = self.import_id(caller, (&sha256, options, &asked), attempt)?;
            let (known, waits) = self.known(id).await?;
            match known.state {
                _ if !known.exists() => {}
                ImportState::Validated if !waits => {}
                // What failed goes on from where it stopped, as long as its file is there.
                ImportState::Failed if !Drawer::new(self.store(), id).holds(FILE) => continue,
                // What was undone may be done again.
                ImportState::Reverted => continue,
                _ => return Ok(Ok(id)),
            }
            let fresh = match validated.take() {
                Some(validated) => validated,
                None => match self.validate(caller, file, (options, &asked)).await? {
                    Ok(validated) => validated,
                    Err(refusal) => return Ok(Err(refusal)),
                },
            };
            let report = &fresh.report;
            let same = (report.rows, report.planned, report.warnings_total);
            if !known.exists() {
                let sha256 = sha256.into_iter().next().unwrap_or_default();
                return self.keep(caller, (file, options), (id, sha256, fresh)).await;
            }
            let before = (known.staged.rows, known.staged.planned, known.staged.warnings);
            if same == before && Drawer::new(self.store(), id).holds(FILE) {
                return Ok(Ok(id));
            }
            // What is on record moved since: the file stands before the reviewer with a report of today.
            validated = Some(fresh);
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
        (sha256, options, asked): (&[String], &ImportOptions, &Asked),
        attempt: u32,
    ) -> Result<ImportId, Fault> {
        let everywhere = caller.principal.reach(Grant::ImportsWrite) == Reach::Everything;
        let whose = caller.principal.user().filter(|_| !everywhere).map(|user| user.to_string());
        let (asked, how) = (json_of(asked)?, json_of(&options_kept(options, None))?);
        let text = json!([whose, sha256, asked, how, attempt]).to_string();
        let digest = self.store().secrets().lookup_digest("import", &text);
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest).for_each(|(slot, byte)| *slot = byte);
        Ok(ImportId(uuid::Builder::from_random_bytes(bytes).into_uuid()))
    }

    /// What is asked about the reading of the file; a saved mapping is taken as it stands today.
    async fn asked(&self, options: &ImportOptions) -> Result<Result<Asked, Refusal>, Fault> {
        let map = match options.mapping_id {
            None => options.map.clone(),
            Some(id) => match self.map_of(id).await? {
                Ok(map) => Some(map),
                Err(refusal) => return Ok(Err(refusal)),
            },
        };
        Ok(Ok(Asked {
            source_system: options.source_system.clone(),
            map,
            entity: options.entity.clone(),
            external_id_column: options.external_id_column.clone(),
            empty_clears: options.empty_means == EmptyMeans::Clear,
        }))
    }

    async fn validate(
        &self,
        caller: &Caller,
        file: &ImportFile,
        (options, asked): (&ImportOptions, &Asked),
    ) -> Result<Result<Validated, Refusal>, Fault> {
        let house = self.house().await?;
        let (engine, caller, file) = (self.clone(), caller.clone(), file.clone());
        let (options, asked) = (options.clone(), asked.clone());
        let work = move || -> Result<Validated, Unfit> {
            let table = Table::of(&file.path, options.format, options.sheet.as_deref())?;
            let mut layout = Layout::find(open(&table.path)?, &asked, house)?;
            let mut of_contacts = Vec::new();
            for path in &file.contacts {
                let contacts = Table::of(path, None, None)?;
                of_contacts.extend(layout.take_contacts(open(&contacts.path)?)?);
            }
            let with = Reviewing {
                engine: &engine,
                principal: &caller.principal,
                context: caller.context(engine.now()),
                on_duplicate: options.on_duplicate,
                decisions: &options.decisions,
                log: &faults_beside(&file.path),
            };
            let notes = table.notes.iter().cloned().chain(contacts_note(&of_contacts)).collect();
            let mut report = review(with, &layout, open(&table.path)?, notes)?;
            report.asked = asked;
            report.contact_files = file.contacts.len();
            Ok(Validated { layout, report, table })
        };
        match tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Panicked)? {
            Ok(validated) => Ok(Ok(validated)),
            Err(Unfit::Refused(refusal)) => Ok(Err(refusal)),
            Err(Unfit::Fault(fault)) => Err(fault),
        }
    }

    /// The organisation as it stands, for the checks of rows.
    pub(super) async fn house(&self) -> Result<House, Fault> {
        let (users, teams) =
            self.store().read(|reader| Ok((all_users(reader)?, known_teams(reader)?))).await?;
        let organisation = self.organisation();
        Ok(House::new(&organisation, &users, teams, self.today_in(&organisation.timezone)))
    }

    /// Seals file and report, then puts the import on record.
    async fn keep(
        &self,
        caller: &Caller,
        (file, options): (&ImportFile, &ImportOptions),
        (id, sha256, validated): (ImportId, String, Validated),
    ) -> Result<Result<ImportId, Refusal>, Fault> {
        let Validated { layout, report, table } = validated;
        let staged = Staged {
            id,
            file_name: Some(Personal::new(id, file.name.clone())).filter(|_| !file.name.is_empty()),
            format: table.format.name().to_owned(),
            feed: options.feed.clone(),
            source_system: Some(layout.options.source_system.clone()),
            options: options_kept(options, options.map.as_deref()),
            rows: report.rows,
            planned: report.planned,
            warnings: report.warnings_total,
            fields: report.fields.clone(),
            credit_limit: report.credit_limit,
            file_sha256: sha256,
        };
        let drawer = Drawer::new(self.store(), id);
        let (keeping, file) = (drawer.clone(), file.clone());
        blocking(move || {
            keeping.put(FILE, open(&table.path)?)?;
            for (place, path) in file.contacts.iter().enumerate() {
                let contacts =
                    Table::of(path, None, None).map_err(|_| Fault::corrupt("a file of contacts"))?;
                keeping.put(&contacts_name(place), open(&contacts.path)?)?;
            }
            let faults = faults_beside(&file.path);
            keeping.put(FAULTS, open(&faults)?)?;
            let report = json_of(&report)?.to_string();
            keeping.put(REPORT, report.as_bytes())
        })
        .await?;
        let command = AnyCommand::Import { id, command: Command::Stage(Box::new(staged)) };
        let request = Request { command, key: options.key.clone(), expected_version: None };
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

/// A file that was read, with what it came to.
struct Validated {
    layout: Layout,
    report: Report,
    table: Table,
}

/// Where the faults of a file are gathered until they are sealed.
pub(super) fn faults_beside(path: &Path) -> PathBuf {
    beside(path, "faults")
}

/// The name under which a file of contacts is kept.
pub(super) fn contacts_name(place: usize) -> String {
    format!("contacts-{place:03}")
}

/// Says that rows of the files of contacts are left out, and which is the first.
fn contacts_note(faults: &[RowError]) -> Option<Note> {
    let first = faults.first()?;
    let message = format!(
        "{} faults in the file of contacts; those rows are left out. The first: row {}, {}",
        faults.len(),
        first.row,
        first.message
    );
    Some(Note { row: None, code: "contacts_left_out", message })
}

/// The options as they are on record; of a map file, which may be long, only a digest.
fn options_kept(options: &ImportOptions, map: Option<&str>) -> Options {
    let named = |map: &str| match map.trim_start().starts_with('{') {
        true => format!("file:{}", HEXLOWER.encode(digest(&SHA256, map.as_bytes()).as_ref())),
        false => map.to_lowercase(),
    };
    Options {
        on_duplicate: options.on_duplicate,
        update_policy: options.update_policy,
        empty_means: options.empty_means,
        batch_size: options.batch_size,
        stop_on_error: options.stop_on_error,
        validate_only: options.validate_only,
        map: map.map(named),
        mapping_id: options.mapping_id,
        external_id_column: options.external_id_column.clone(),
        entity: options.entity.as_ref().map(|code| code.to_uppercase()),
        sheet: options.sheet.clone(),
        decisions: options.decisions.clone(),
    }
}

pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Panicked)?
}

pub(super) fn open(path: &Path) -> Result<File, Fault> {
    File::open(path).map_err(Fault::unavailable)
}

fn sha256_of(path: &Path) -> Result<String, Fault> {
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
