//! `kith import`: a file of accounts, validated at once, carried out when it was reviewed.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};
use kith_connect::map::{MapFile, System};
use serde_json::Value;

use super::input;
use crate::door::{Call, Door, Reply};
use crate::failure::Failure;
use crate::progress;
use crate::render::{Column, cell, pairs, table};
use crate::screen::Screen;

/// How often an import that goes on is looked at.
const LOOK: Duration = Duration::from_millis(400);
/// Faults and warnings listed for people; all are in the JSON.
const LISTED: usize = 50;

/// Bring a CSV file of accounts: validated at once, with a report of every row at fault
///
/// With --yes it is submitted as a change, whose approval carries it out. Exit code 1 when the import fails, or
/// with --validate-only when a row is at fault.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Import {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    file: Option<FileArgs>,
}

/// What to do with an import that was begun.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Show an import: counts, faults, progress
    Show {
        /// imp_…
        import: String,
    },
    /// Submit a validated import for review
    Execute {
        /// imp_…
        import: String,
    },
}

/// What becomes of a row whose account is on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OnDuplicate {
    /// Leave the account as it is.
    Skip,
    /// Update the account.
    Update,
    /// The row is at fault.
    Error,
}

/// The file and how to read it.
#[derive(Debug, Args)]
pub(super) struct FileArgs {
    /// CSV file, - for standard input (for a file named show or execute write ./show)
    #[arg(value_parser = input::path, required = true)]
    path: PathBuf,
    /// salesforce, hubspot, erpnext, tryton, quickbooks, or a map file (JSON) [default: found by the headers]
    #[arg(long, value_name = "SYSTEM|FILE")]
    map: Option<String>,
    /// What becomes of a row whose account is on record [default: skip]
    #[arg(long, value_enum)]
    on_duplicate: Option<OnDuplicate>,
    /// Rows carried out at once, 1 to 1,000 [default: 100]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    batch_size: Option<u32>,
    /// Stop at the first row that fails
    #[arg(long)]
    stop_on_error: bool,
    /// Report only
    #[arg(long, conflicts_with = "yes")]
    validate_only: bool,
    /// System that the external ids are of: the column `external_id` gives the ids
    #[arg(long, value_name = "SYSTEM")]
    source_system: Option<String>,
    /// Entity that owns rows without one
    #[arg(long)]
    entity: Option<String>,
    /// Submit the reviewed import as a change
    #[arg(long, visible_alias = "execute")]
    yes: bool,
    /// Key under which a repetition is known
    #[arg(long)]
    key: Option<String>,
}

impl FileArgs {
    fn call(&self) -> Result<Call, Failure> {
        let on_duplicate = self.on_duplicate.map(|choice| match choice {
            OnDuplicate::Skip => "skip",
            OnDuplicate::Update => "update",
            OnDuplicate::Error => "error",
        });
        let call = Call::to("import_create")
            .with("format", Some("csv"))
            .with("source_system", self.source_system.as_ref())
            .flag("execute", self.yes)
            .with("on_duplicate", on_duplicate)
            .with("batch_size", self.batch_size)
            .flag("stop_on_error", self.stop_on_error)
            .flag("validate_only", self.validate_only)
            .with("map", self.map()?)
            .with("entity", self.entity.as_ref())
            .bytes("text/csv", input::whole(&self.path)?);
        Ok(self.key.iter().fold(call, |call, key| call.key(key)))
    }

    /// The name of a system, or the map that a file holds.
    fn map(&self) -> Result<Option<String>, Failure> {
        let Some(map) = &self.map else { return Ok(None) };
        if System::parse(map).is_some() {
            return Ok(Some(map.clone()));
        }
        let text = input::text(map.as_ref())?;
        MapFile::parse(&text).map_err(|fault| Failure::Here(format!("{map}: {fault}")))?;
        let value: Value =
            serde_json::from_str(&text).map_err(|error| Failure::Here(format!("{map}: {error}")))?;
        Ok(Some(value.to_string()))
    }
}

impl Import {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let call = match (&self.verb, &self.file) {
            (Some(Verb::Show { import }), _) => Call::to("import_get").place(import),
            (Some(Verb::Execute { import }), _) => Call::to("import_execute").place(import),
            (None, Some(file)) => file.call()?,
            (None, None) => return Err(Failure::Usage("kith import needs a file".to_owned())),
        };
        let waiting = progress::bar(None, "validating");
        let reply = door.call(call).await;
        waiting.finish_and_clear();
        let reply = finished(door, reply?).await?;
        screen.show(&reply, draw)?;
        let import: Value = reply.json()?;
        if let Some(change) = import["change"].as_str().filter(|_| import["state"] == "waiting") {
            screen.note(&format!("it waits for review: kith change approve {change}"));
        } else if import["state"] == "validated" && self.file.as_ref().is_some_and(|file| !file.validate_only)
        {
            screen.note(&format!("nothing is written yet: kith import execute {}", cell(&import["id"])));
        }
        let validating = self.file.as_ref().is_some_and(|file| file.validate_only);
        let at_fault = import["counts"]["invalid"].as_u64().unwrap_or_default() > 0;
        if import["state"] == "failed" || (validating && at_fault) { Err(Failure::Reported) } else { Ok(()) }
    }
}

/// Waits while the import is carried out; this process may be the one that does it.
async fn finished(door: &Door, mut reply: Reply) -> Result<Reply, Failure> {
    let mut import: Value = reply.json()?;
    let bar = progress::bar(import["counts"]["valid"].as_u64(), "importing");
    while import["state"] == "running" {
        bar.set_position(import["counts"]["done"].as_u64().unwrap_or_default());
        tokio::time::sleep(LOOK).await;
        reply = door.call(Call::to("import_get").place(import["id"].as_str().unwrap_or_default())).await?;
        import = reply.json()?;
    }
    bar.finish_and_clear();
    Ok(reply)
}

/// Counts, what the columns became, rows at fault.
fn draw(import: &Value) -> String {
    let mut head = import.clone();
    for part in ["mapping", "unmapped", "errors", "warnings", "duplicates"] {
        if let Some(members) = head.as_object_mut() {
            members.remove(part);
        }
    }
    let mut out = pairs(&head);
    let rows = |part: &str| import.get(part).and_then(Value::as_array).cloned().unwrap_or_default();
    let mapping = rows("mapping");
    if !mapping.is_empty() {
        out.push_str("\nwhat the columns became\n");
        out.push_str(&table(&[Column::at("column", "/0"), Column::at("field", "/1")], &mapping));
    }
    let unmapped = rows("unmapped");
    if !unmapped.is_empty() {
        out.push_str(&format!("\nnot mapped: {}\n", cell(&Value::Array(unmapped))));
    }
    for part in ["errors", "warnings"] {
        let faults = rows(part);
        if faults.is_empty() {
            continue;
        }
        out.push_str(&format!("\n{part}\n"));
        let listed = faults.get(..LISTED).unwrap_or(&faults);
        let columns = ["row", "column", "code", "message", "value", "suggestion"].map(Column::of);
        out.push_str(&table(&columns, listed));
        if listed.len() < faults.len() {
            out.push_str(&format!("and {} more: --json\n", faults.len() - listed.len()));
        }
    }
    let duplicates = rows("duplicates");
    if !duplicates.is_empty() {
        out.push_str("\nperhaps the same\n");
        let listed = duplicates.get(..LISTED).unwrap_or(&duplicates);
        out.push_str(&table(&[Column::at("one", "/0"), Column::at("other", "/1")], listed));
    }
    out
}
