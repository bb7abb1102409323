//! The rules of imports.

use jiff::ToSpan;

use super::{Command, Counts, DECISIONS_MAX, Event, Import, ImportState, Staged, Undone, refusal};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::paragraph;

/// How long an import can be undone: 30 days (D§6.2).
const REVERTIBLE_HOURS: i64 = 30 * 24;

impl Decider for Import {
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(&self, context: &Context, (): &(), command: &Command) -> Result<Vec<Event>, Refusal> {
        let at = context.now;
        if let Command::Stage(staged) = command {
            if self.exists() {
                return if self.staged == **staged { Ok(vec![]) } else { Err(refusal::exists()) };
            }
            check_staged(staged)?;
            return Ok(vec![Event::Staged { staged: staged.clone(), by: context.actor.clone(), at }]);
        }
        if !self.exists() {
            return Err(refusal::not_found());
        }
        match command {
            // Handled above: the only command before there is an import.
            Command::Stage(_) => Ok(vec![]),
            Command::Start => self.start(context),
            Command::Progress { rows_done, counts } => self.progress(*rows_done, *counts),
            Command::Finish => match self.state {
                ImportState::Finished => Ok(vec![]),
                // Stopping at the first error ends it before the last row.
                ImportState::Running if self.rows_done == self.staged.rows => {
                    Ok(vec![Event::Finished { at }])
                }
                ImportState::Running => Err(refusal::not_done()),
                _ => Err(refusal::not_running()),
            },
            Command::Fail { reason } => match self.state {
                ImportState::Failed => Ok(vec![]),
                ImportState::Running => {
                    let reason = paragraph(reason, 4000).unwrap_or_else(|error| error.to_string());
                    Ok(vec![Event::Failed { at, reason }])
                }
                _ => Err(refusal::not_running()),
            },
            Command::Revert => self.revert(context),
            Command::ProgressRevert { rows_left, undone } => self.progress_revert(*rows_left, *undone),
            Command::MarkReverted => match self.state {
                ImportState::Reverted => Ok(vec![]),
                ImportState::Reverting if self.rows_left == 0 => Ok(vec![Event::Reverted { at }]),
                ImportState::Reverting => Err(refusal::not_done()),
                _ => Err(refusal::not_reverting()),
            },
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Staged { .. } => "import.staged.v1",
            Event::Started { .. } => "import.started.v1",
            Event::Progressed { .. } => "import.progressed.v1",
            Event::Finished { .. } => "import.finished.v1",
            Event::Failed { .. } => "import.failed.v1",
            Event::RevertStarted { .. } => "import.revert_started.v1",
            Event::RevertProgressed { .. } => "import.revert_progressed.v1",
            Event::Reverted { .. } => "import.reverted.v1",
        }
    }
}

impl Import {
    /// A failed import may start again: it goes on after the rows that are done.
    fn start(&self, context: &Context) -> Result<Vec<Event>, Refusal> {
        let options = &self.staged.options;
        match self.state {
            ImportState::Running => Ok(vec![]),
            ImportState::Finished | ImportState::Reverting | ImportState::Reverted => {
                Err(refusal::already_executed())
            }
            _ if options.validate_only => Err(refusal::validate_only()),
            _ if options.stop_on_error && self.staged.planned.failed > 0 => Err(refusal::has_errors()),
            _ => Ok(vec![Event::Started { at: context.now }]),
        }
    }

    /// What an import did can be undone for 30 days, as far as nobody changed it since.
    fn revert(&self, context: &Context) -> Result<Vec<Event>, Refusal> {
        match self.state {
            ImportState::Reverting | ImportState::Reverted => Ok(vec![]),
            ImportState::Finished | ImportState::Failed => {
                let until = self.ended_at.and_then(|ended| ended.checked_add(REVERTIBLE_HOURS.hours()).ok());
                if until.is_some_and(|until| context.now > until) {
                    return Err(refusal::too_old());
                }
                Ok(vec![Event::RevertStarted { at: context.now }])
            }
            ImportState::Validated | ImportState::Waiting | ImportState::Running => {
                Err(refusal::not_finished())
            }
        }
    }

    fn progress_revert(&self, rows_left: u64, undone: Undone) -> Result<Vec<Event>, Refusal> {
        if self.rows_left == rows_left && self.undone == undone {
            return Ok(vec![]);
        }
        if self.state != ImportState::Reverting {
            return Err(refusal::not_reverting());
        }
        if rows_left > self.rows_left {
            return Err(refusal::progress_invalid());
        }
        Ok(vec![Event::RevertProgressed { rows_left, undone }])
    }

    fn progress(&self, rows_done: u64, counts: Counts) -> Result<Vec<Event>, Refusal> {
        if self.rows_done == rows_done && self.counts == counts {
            return Ok(vec![]);
        }
        if self.state != ImportState::Running {
            return Err(refusal::not_running());
        }
        if rows_done < self.rows_done || rows_done > self.staged.rows || counts.total() != rows_done {
            return Err(refusal::progress_invalid());
        }
        Ok(vec![Event::Progressed { rows_done, counts }])
    }
}

fn check_staged(staged: &Staged) -> Result<(), Refusal> {
    let mut faults = Vec::new();
    let mut fault =
        |place: &str, code: &str, message: &str| faults.push(FieldFault::new(place, code, message));
    if !matches!(staged.format.as_str(), "csv" | "xlsx" | "iif") {
        fault("/format", "format_unknown", "expected csv, xlsx or iif");
    }
    if !(1..=1000).contains(&staged.options.batch_size) {
        fault("/batch_size", "out_of_range", "a batch has 1 to 1000 rows");
    }
    if staged.options.decisions.len() > DECISIONS_MAX {
        fault("/decisions", "too_many", "at most 10,000 rows are decided one by one");
    }
    if staged.file_sha256.len() != 64 || !staged.file_sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        fault("/file_sha256", "hash_invalid", "expected 64 hexadecimal digits");
    }
    if staged.planned.total() != staged.rows {
        fault("/planned", "counts_differ", "every row is counted once");
    }
    let system = staged.source_system.as_deref();
    if system
        .is_some_and(|system| format!("external:{system}").parse::<crate::value::IdentifierKind>().is_err())
    {
        fault("/source_system", "system_invalid", "expected 1 to 64 of a–z, 0–9, _, - and .");
    }
    if faults.is_empty() { Ok(()) } else { Err(refusal::invalid().with_fields(faults)) }
}
