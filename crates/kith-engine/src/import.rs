//! Imports: a file is validated and kept, reviewed as a change, then executed in batches.
//!
//! Start reading at `stage`, then `review`, `run` and `batch`; `revert` is the way back, `feed` and `watch` bring files
//! by themselves. Files and reports lie sealed in `imports/<id>/`.

mod batch;
mod candidate;
mod columns;
mod errors;
mod faults;
pub(crate) mod feed;
mod layout;
mod level;
mod list;
mod mapping;
mod options;
mod outcome;
mod patch;
mod probable;
mod restage;
mod revert;
mod review;
mod run;
mod sealed;
mod settle;
mod similar;
mod stage;
mod table;
#[cfg(test)]
mod tests;
mod view;
mod watch;

use std::path::PathBuf;

use jiff::Timestamp;
use kith_api::view::ImportView;
use kith_domain::approval::{Change, ChangeState, Diff};
use kith_domain::command::Command as AnyCommand;
use kith_domain::import::{Command, Import};
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::value::counted;
use kith_store::{Fault, Noun, Reader};
use serde_json::{Value, json};

pub use errors::Pieces;
pub use options::ImportOptions;
pub use restage::Restage;
pub use view::FaultPage;
pub use watch::Watched;
pub(crate) use watch::{Watch, files_of, put_away};

use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::gate::Shown;
use crate::noun::{Loaded, read};
use crate::permit;

/// The kept file.
const FILE: &str = "file";
/// The kept report.
const REPORT: &str = "report";

/// A file that was brought, already written to disk by whoever took it in.
#[derive(Debug, Clone)]
pub struct ImportFile {
    /// Where it lies; staging removes it, whatever comes of it.
    pub path: PathBuf,
    /// Its name, for people.
    pub name: String,
    /// Files with the people of its accounts, written to disk too.
    pub contacts: Vec<PathBuf>,
}

impl Engine {
    /// Validates a file, keeps it sealed with its report, and submits it where the options say so. The same
    /// file with the same mapping and options is the same import.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out. A file that cannot be read is a refusal.
    pub async fn import_stage(
        &self,
        caller: &Caller,
        file: ImportFile,
        options: ImportOptions,
    ) -> Result<Result<ImportView, Refusal>, Fault> {
        let staged = self.stage(caller, &file, &options).await;
        let removed = stage::blocking(move || {
            let faults = stage::faults_beside(&file.path);
            let all = std::iter::once(&file.path).chain(&file.contacts).chain(Some(&faults));
            for path in all.filter(|path| path.exists()) {
                std::fs::remove_file(path).map_err(Fault::unavailable)?;
            }
            Ok(())
        });
        if let Err(fault) = removed.await {
            tracing::warn!(%fault, "a file that was brought for an import could not be removed");
        }
        let id = match staged? {
            Ok(id) => id.to_string(),
            Err(refusal) => return Ok(Err(refusal)),
        };
        if options.execute && !options.validate_only {
            return self.submit_import(caller, &id, (Command::Start, options.key)).await;
        }
        self.import_view(caller, &id, None).await
    }

    /// An import: its state, its report, how far it has come.
    ///
    /// # Errors
    /// [`Fault`] when the store or the kept report cannot be read.
    pub async fn import_view(
        &self,
        caller: &Caller,
        id: &str,
        page: Option<FaultPage>,
    ) -> Result<Result<ImportView, Refusal>, Fault> {
        match self.seen_import(caller, id).await? {
            Ok(seen) => self.shown_import(caller, seen, page).await,
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// Submits a validated import for review; the approval executes it.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn import_execute(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Result<ImportView, Refusal>, Fault> {
        self.submit_import(caller, id, (Command::Start, None)).await
    }

    /// Submits the reversal of an import that has ended; the approval carries it out.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn import_revert(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Result<ImportView, Refusal>, Fault> {
        self.submit_import(caller, id, (Command::Revert, None)).await
    }

    async fn submit_import(
        &self,
        caller: &Caller,
        id: &str,
        (command, key): (Command, Option<String>),
    ) -> Result<Result<ImportView, Refusal>, Fault> {
        let import = match self.seen_import(caller, id).await? {
            Ok((import, _)) => import,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let command = AnyCommand::Import { id: import.staged.id, command };
        let request = Request { command, key, expected_version: None };
        if let Answer::Refused(refusal) = self.execute(caller, request).await?.answer {
            // Bringing the same file twice is no fault: what it came to is the answer.
            let ended = refusal.code == kith_domain::import::refusal::already_executed().code;
            if !ended {
                return Ok(Err(refusal));
            }
        }
        self.import_view(caller, id, None).await
    }
}

fn missing() -> Refusal {
    permit::missing("import.not_found", "There is no such import.")
}

/// The newest change that carries an import.
pub(crate) fn change_of(reader: &mut Reader<'_>, import: &str) -> Result<Option<Loaded<Change>>, Fault> {
    let newest = reader.list_newest(Noun::Change, &[("target", import.into())], None, 1)?;
    newest.into_iter().next().map(read::<Change>).transpose()
}

/// Whether a change still waits for its approvers.
pub(crate) fn still_waits(change: &Change, now: Timestamp) -> bool {
    let lapsed = change.expires_at.is_some_and(|until| now >= until);
    change.state == ChangeState::Waiting && !lapsed
}

/// What the reviewer of an import sees: what would come of its rows.
pub(crate) fn shown(import: &Import, command: &Command) -> Shown {
    if matches!(command, Command::Revert) {
        return reversal(import);
    }
    let planned = import.staged.planned;
    let counts = [
        ("/rows", import.staged.rows),
        ("/created", planned.created),
        ("/updated", planned.updated),
        ("/skipped", planned.skipped),
        ("/failed", planned.failed),
    ];
    let diff = counts.into_iter().map(|(path, count)| Diff {
        path: path.to_owned(),
        before: Value::Null,
        after: json!(count),
    });
    let limit = import.staged.credit_limit.map(|limit| Diff {
        path: "/credit_limit".to_owned(),
        before: Value::Null,
        after: json!(limit),
    });
    let mut warnings = Vec::new();
    if planned.failed > 0 {
        let message = counted(
            planned.failed,
            "1 row has faults and is left out; the report names them.",
            "{n} rows have faults and are left out; the report names them.",
        );
        warnings.push(FieldFault::new("/failed", "rows_failed", message));
    }
    if import.staged.warnings > 0 {
        let message = format!("{} remarks; the report names them.", import.staged.warnings);
        warnings.push(FieldFault::new("/rows", "rows_remarked", message));
    }
    Shown { diff: diff.chain(limit).collect(), warnings, ..Shown::default() }
}

/// What the reviewer of a reversal sees: what the import did.
fn reversal(import: &Import) -> Shown {
    let counts = [("/removed", import.counts.created), ("/restored", import.counts.updated)];
    let diff = counts.into_iter().map(|(path, count)| Diff {
        path: path.to_owned(),
        before: json!(0),
        after: json!(count),
    });
    let message = "Accounts that were changed since, or are in use, stay as they are.";
    let warnings = vec![FieldFault::new("/removed", "unchanged_only", message)];
    Shown { diff: diff.collect(), warnings, ..Shown::default() }
}
