//! An import as it is shown.

use kith_api::view::{ImportCounts, ImportView, RowFault};
use kith_domain::access::{Grant, Reach};
use kith_domain::approval::{Change, ChangeState};
use kith_domain::import::{Import, ImportState};
use kith_domain::refusal::Refusal;
use kith_domain::value::ImportId;
use kith_store::Fault;

use super::batch::failures;
use super::review::{KEPT, Report};
use super::sealed::Drawer;
use super::stage::blocking;
use super::{REPORT, change_of, missing, still_waits};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::load;
use crate::permit;

impl Engine {
    /// The import with its newest change, if the caller may know of it: whoever brought it, and whoever may
    /// import for the whole organisation.
    pub(super) async fn seen_import(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Result<(Import, Option<Change>), Refusal>, Fault> {
        if !caller.principal.may(Grant::ImportsWrite, None) {
            return Ok(Err(permit::denied(Grant::ImportsWrite)));
        }
        let Ok(id) = id.parse::<ImportId>() else { return Ok(Err(missing())) };
        let name = id.to_string();
        let found = self.store().read(move |reader| {
            let import = load::<Import>(reader, &name)?.state;
            Ok((import, change_of(reader, &name)?.map(|change| change.state)))
        });
        let (import, change) = found.await?;
        let everywhere = caller.principal.reach(Grant::ImportsWrite) == Reach::Everything;
        let seen = import.exists() && (everywhere || is_own(caller, &import));
        Ok(if seen { Ok((import, change)) } else { Err(missing()) })
    }

    /// The view of an import that the caller may know of.
    pub(super) async fn shown_import(
        &self,
        caller: &Caller,
        (import, change): (Import, Option<Change>),
    ) -> Result<ImportView, Fault> {
        let drawer = Drawer::new(self.store(), import.staged.id);
        let (report, failed) = blocking(move || {
            // On PostgreSQL the report may lie with another node; the counts are on record.
            if !drawer.holds(REPORT) {
                return Ok((Report::default(), Vec::new()));
            }
            let report: Report = serde_json::from_slice(&drawer.get(REPORT)?)
                .map_err(|_| Fault::corrupt("the kept report of an import"))?;
            Ok((report, failures(&drawer)?))
        })
        .await?;
        let change = change.filter(|change| !is_over(change, self.now()));
        let waits = change.as_ref().is_some_and(|change| change.state == ChangeState::Waiting);
        let state = match import.state {
            ImportState::Validated | ImportState::Failed if waits => ImportState::Waiting,
            state => state,
        };
        let mut errors = merged(report.errors, failed);
        let mut warnings = report.warnings;
        if !is_own(caller, &import) && !caller.reads_personal() {
            errors.iter_mut().chain(&mut warnings).for_each(conceal);
        }
        let staged = &import.staged;
        Ok(ImportView {
            id: staged.id.to_string(),
            state: state.as_str().to_owned(),
            change: change.map(|change| change.id.to_string()),
            source_system: staged.source_system.clone(),
            mapping: report.mapping,
            unmapped: report.unmapped,
            counts: ImportCounts {
                rows: staged.rows,
                valid: staged.rows.saturating_sub(report.invalid),
                invalid: report.invalid,
                duplicates: report.duplicates_total,
                done: import.rows_done,
                created: import.counts.created,
                updated: import.counts.updated,
                skipped: import.counts.skipped,
                failed: import.counts.failed,
            },
            errors,
            warnings,
            duplicates: report.duplicates,
        })
    }
}

fn is_own(caller: &Caller, import: &Import) -> bool {
    import.staged_by.as_ref().is_some_and(|actor| actor.user == caller.principal.user())
}

/// A change that came to nothing carries the import no more.
fn is_over(change: &Change, now: jiff::Timestamp) -> bool {
    let lapsed = change.state == ChangeState::Waiting && !still_waits(change, now);
    lapsed || matches!(change.state, ChangeState::Rejected | ChangeState::Cancelled | ChangeState::Expired)
}

/// The faults of validation and those of execution, each once, in the order of the rows.
fn merged(mut errors: Vec<RowFault>, failed: Vec<RowFault>) -> Vec<RowFault> {
    errors.extend(failed);
    errors.sort_by(|a, b| (a.row, &a.column, &a.code).cmp(&(b.row, &b.column, &b.code)));
    errors.dedup_by(|a, b| (a.row, &a.column, &a.code) == (b.row, &b.column, &b.code));
    errors.truncate(KEPT);
    errors
}

/// The words of a cell may be personal.
fn conceal(fault: &mut RowFault) {
    fault.value = String::new();
    fault.suggestion = None;
}
