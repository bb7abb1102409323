//! `kith import`: a file of accounts, validated at once, carried out when it was reviewed.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};
use kith_connect::map::{MapFile, System};
use serde_json::{Map, Value};

use super::form;
use super::input::{self, PageArgs};
use crate::door::{Call, Door, Reply};
use crate::failure::Failure;
use crate::progress;
use crate::render::{self, Column, cell, pairs, table};
use crate::screen::Screen;

/// How often an import that goes on is looked at.
const LOOK: Duration = Duration::from_millis(400);
/// Faults and warnings listed for people; all are in the JSON.
const LISTED: usize = 50;
/// The columns of the list.
const LINE: [&str; 6] = ["id", "state", "file_name", "source_system", "staged_at", "counts"];

/// Bring a file of accounts or contacts (CSV, XLSX, IIF): validated at once, with a report of every row at fault
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
    /// List imports, newest first
    List {
        /// Only validated, running, finished, failed, reverting or reverted ones
        #[arg(long)]
        state: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Undo what an import did, as far as nobody changed it since: submitted for review
    Revert {
        /// imp_…
        import: String,
    },
    /// Print the rows at fault as CSV: the file's columns, the row, its codes and sentences
    Errors {
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

/// What a row may change of an account on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum UpdatePolicy {
    /// Whatever is not empty replaces
    Overwrite,
    /// Only what is blank is filled
    FillBlankOnly,
}

/// What an empty cell says about an account on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum EmptyMeans {
    /// Nothing
    Ignore,
    /// The field is cleared
    Clear,
}

/// The word of a choice, as it is written on the wire.
pub(super) fn word(choice: Option<impl ValueEnum>) -> Option<String> {
    choice.and_then(|choice| choice.to_possible_value()).map(|value| value.get_name().to_owned())
}

/// The file and how to read it.
#[derive(Debug, Args)]
pub(super) struct FileArgs {
    /// File, - for standard input (for a file named show, list and so on write ./show)
    #[arg(value_parser = input::path, required = true)]
    path: PathBuf,
    /// File with the people of the accounts; several by saying it again
    #[arg(long, value_name = "FILE", value_parser = input::path)]
    contacts: Vec<PathBuf>,
    /// csv, xlsx or iif [default: told by the content]
    #[arg(long)]
    format: Option<String>,
    /// Sheet of a workbook [default: the first]
    #[arg(long)]
    sheet: Option<String>,
    /// salesforce, hubspot, erpnext, tryton, quickbooks, sap, a map file (JSON), or map_… of a saved mapping
    /// [default: found by the headers]
    #[arg(long, value_name = "SYSTEM|FILE|ID")]
    map: Option<String>,
    /// What becomes of a row whose account is on record [default: skip]
    #[arg(long, value_enum)]
    on_duplicate: Option<OnDuplicate>,
    /// What a row may change of an account on record [default: overwrite]
    #[arg(long, value_enum)]
    update_policy: Option<UpdatePolicy>,
    /// What an empty cell says about it [default: ignore]
    #[arg(long, value_enum)]
    empty_means: Option<EmptyMeans>,
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
    /// Column that gives the ids [default: found by its header]
    #[arg(long, value_name = "HEADER")]
    external_id_column: Option<String>,
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
        let saved = self.map.as_ref().filter(|map| map.starts_with("map_"));
        let name = self.path.file_name().map(|name| name.to_string_lossy()).filter(|name| name != "-");
        let call = Call::to("import_create")
            .with("format", self.format.as_ref())
            .with("sheet", self.sheet.as_ref())
            .with("source_system", self.source_system.as_ref())
            .with("external_id_column", self.external_id_column.as_ref())
            .flag("execute", self.yes)
            .with("on_duplicate", word(self.on_duplicate))
            .with("update_policy", word(self.update_policy))
            .with("empty_means", word(self.empty_means))
            .with("batch_size", self.batch_size)
            .flag("stop_on_error", self.stop_on_error)
            .flag("validate_only", self.validate_only)
            .with("map", if saved.is_some() { None } else { self.map()? })
            .with("mapping_id", saved)
            .with("entity", self.entity.as_ref())
            .with("file_name", name);
        let call = if self.contacts.is_empty() {
            call.bytes("text/csv", input::whole(&self.path)?)
        } else {
            form::of(call, &self.path, &self.contacts)?
        };
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
            (Some(Verb::Revert { import }), _) => Call::to("import_revert").place(import),
            (Some(Verb::List { state, page }), _) => {
                let reply = door.call(page.on(Call::to("import_list").with("state", state.as_ref()))).await?;
                return screen.show(&reply, |found| render::page(&LINE.map(Column::of), found));
            }
            (Some(Verb::Errors { import }), _) => {
                let reply = door.call(Call::to("import_errors").place(import)).await?;
                return screen.line(reply.text().trim_end());
            }
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
    while import["state"] == "running" || import["state"] == "reverting" {
        bar.set_position(import["counts"]["done"].as_u64().unwrap_or_default());
        tokio::time::sleep(LOOK).await;
        reply = door.call(Call::to("import_get").place(import["id"].as_str().unwrap_or_default())).await?;
        import = reply.json()?;
    }
    bar.finish_and_clear();
    Ok(reply)
}

/// What is told of an import before its tables.
const HEAD: [&str; 7] = ["id", "state", "change", "file_name", "format", "source_system", "failure"];

/// Counts, what the columns became, rows at fault.
fn draw(import: &Value) -> String {
    let mut head = Map::new();
    for name in HEAD {
        if let Some(value) = import.get(name).filter(|value| !value.is_null()) {
            head.insert(name.to_owned(), value.clone());
        }
    }
    head.insert("counts".to_owned(), import["counts"].clone());
    let mut out = pairs(&Value::Object(head));
    let rows = |pointer: &str| import.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut section = |title: &str, pointer: &str, columns: &[&str]| {
        let found = rows(pointer);
        if found.is_empty() {
            return;
        }
        let listed = found.get(..LISTED).unwrap_or(&found);
        let columns: Vec<Column> = columns.iter().copied().map(Column::of).collect();
        out.push_str(&format!("\n{title}\n{}", table(&columns, listed)));
        if listed.len() < found.len() {
            out.push_str(&format!("and {} more: --json\n", found.len() - listed.len()));
        }
    };
    section("what the columns became", "/mapping", &["column", "field", "confidence", "samples"]);
    section("to be confirmed", "/questions", &["column", "field", "message"]);
    let fault = ["row", "column", "level", "code", "message", "value", "suggestion"];
    section("errors", "/errors", &fault);
    section("warnings", "/warnings", &["row", "column", "code", "message", "value"]);
    section("perhaps the same", "/duplicates", &["row", "of", "by", "exact"]);
    section("not undone", "/revert/reasons", &["row", "account", "code", "message"]);
    out
}
