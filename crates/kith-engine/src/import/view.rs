//! An import as it is shown.

use kith_api::view::{ImportCounts, ImportOptionsView, ImportRevert, ImportView, RowFault};
use kith_domain::access::{Grant, Reach};
use kith_domain::approval::{Change, ChangeState};
use kith_domain::import::{EmptyMeans, Import, ImportState, OnDuplicate, Options, UpdatePolicy};
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::value::ImportId;
use kith_store::Fault;

use super::columns::questions;
use super::faults::Faults;
use super::level::{LEVELS, WARNING};
use super::review::{KEPT, Report};
use super::sealed::Drawer;
use super::stage::blocking;
use super::{REPORT, change_of, missing, still_waits};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::load;
use crate::permit;

/// Which faults of an import are shown; without it the first of each kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FaultPage {
    /// Only this level.
    pub level: Option<String>,
    /// How many, 1 to 1,000.
    pub limit: usize,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl FaultPage {
    /// The faults before the page.
    fn skipped(&self) -> Result<usize, FieldFault> {
        if let Some(level) = self.level.as_deref().filter(|level| !LEVELS.contains(level)) {
            let message = format!("expected one of {}, not {level}", LEVELS.join(", "));
            return Err(FieldFault::new("/level", "not_allowed", message));
        }
        let Some(cursor) = &self.cursor else { return Ok(0) };
        cursor.parse().map_err(|_| FieldFault::new("/cursor", "cursor_invalid", "not a cursor of this list"))
    }
}

/// What the files of an import say.
struct Kept {
    report: Report,
    errors: Vec<RowFault>,
    more: bool,
    /// Faults before the next page.
    next: usize,
}

/// Reads the report, and the faults that are asked for.
fn kept(drawer: &Drawer, done: bool, page: Option<&(FaultPage, usize)>) -> Result<Kept, Fault> {
    // On PostgreSQL the report may lie with another node; the counts are on record.
    if !drawer.holds(REPORT) {
        return Ok(Kept { report: Report::default(), errors: Vec::new(), more: false, next: 0 });
    }
    let report: Report = serde_json::from_slice(&drawer.get(REPORT)?)
        .map_err(|_| Fault::corrupt("the kept report of an import"))?;
    let (limit, skipped) = page.map_or((KEPT, 0), |(page, skipped)| (page.limit, *skipped));
    let level = page.and_then(|(page, _)| page.level.as_deref());
    // Without a page remarks have a list of their own.
    let wanted = |fault: &RowFault| match (level, &page) {
        (Some(level), _) => fault.level == level,
        (None, Some(_)) => true,
        (None, None) => fault.level != WARNING,
    };
    let (mut errors, mut more) = (Vec::new(), false);
    let faults = Faults::open(drawer, done)?;
    for fault in faults.filter(|fault| fault.as_ref().map_or(true, &wanted)).skip(skipped) {
        let fault = fault?;
        if errors.len() == limit {
            more = true;
            break;
        }
        errors.push(fault);
    }
    let next = skipped.saturating_add(errors.len());
    Ok(Kept { report, errors, more, next })
}

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
        let seen = import.exists() && sees(caller, &import);
        Ok(if seen { Ok((import, change)) } else { Err(missing()) })
    }

    /// The view of an import that the caller may know of.
    pub(super) async fn shown_import(
        &self,
        caller: &Caller,
        (import, change): (Import, Option<Change>),
        page: Option<FaultPage>,
    ) -> Result<Result<ImportView, Refusal>, Fault> {
        let page = match page.map(|page| page.skipped().map(|skipped| (page, skipped))).transpose() {
            Ok(page) => page,
            Err(fault) => return Ok(Err(unreadable(fault))),
        };
        let drawer = Drawer::new(self.store(), import.staged.id);
        let done = import.rows_done > 0 && import.rows_done == import.staged.rows;
        let kept = blocking(move || kept(&drawer, done, page.as_ref())).await?;
        let Kept { report, mut errors, more, next } = kept;
        let change = change.filter(|change| !is_over(change, self.now()));
        let waits = change.as_ref().is_some_and(|change| change.state == ChangeState::Waiting);
        let state = match import.state {
            ImportState::Validated | ImportState::Failed if waits => ImportState::Waiting,
            state => state,
        };
        let (mut warnings, mut mapping, mut pairs) = (report.warnings, report.columns, report.duplicates);
        let mut file_name = import.staged.file_name.as_ref().and_then(|name| name.get().cloned());
        if !is_own(caller, &import) && !caller.reads_personal() {
            errors.iter_mut().chain(&mut warnings).for_each(conceal);
            mapping.iter_mut().for_each(|column| column.samples.clear());
            for step in pairs.iter_mut().flat_map(|pair| &mut pair.waterfall) {
                (step.left, step.right) = (String::new(), String::new());
            }
            file_name = None;
        }
        let revert = match import.state {
            ImportState::Reverting | ImportState::Reverted => Some(ImportRevert {
                removed: import.undone.removed,
                restored: import.undone.restored,
                kept: import.undone.kept,
                reasons: self.reasons(import.staged.id, KEPT).await?,
            }),
            _ => None,
        };
        let staged = &import.staged;
        Ok(Ok(ImportView {
            id: staged.id.to_string(),
            state: state.as_str().to_owned(),
            change: change.map(|change| change.id.to_string()),
            file_name,
            format: staged.format.clone(),
            feed: staged.feed.clone(),
            source_system: staged.source_system.clone(),
            options: options_view(&staged.options),
            staged_by: import.staged_by.as_ref().and_then(|actor| actor.user).map(|user| user.to_string()),
            staged_at: import.staged_at.map(|at| at.to_string()),
            ended_at: import.ended_at.map(|at| at.to_string()),
            failure: import.failure.clone(),
            questions: questions(&mapping),
            mapping,
            unmapped: report.unmapped,
            counts: ImportCounts {
                valid: staged.rows.saturating_sub(report.invalid),
                warned: report.remarked,
                invalid: report.invalid,
                duplicates: report.duplicates_total,
                ..counts(&import)
            },
            levels: report.levels,
            codes: report.codes,
            errors,
            warnings,
            duplicates: pairs,
            next_cursor: more.then(|| next.to_string()),
            has_more: more,
            revert,
        }))
    }
}

/// The counts that are on record.
pub(super) fn counts(import: &Import) -> ImportCounts {
    let planned_failed = import.staged.planned.failed;
    ImportCounts {
        rows: import.staged.rows,
        valid: import.staged.rows.saturating_sub(planned_failed),
        invalid: planned_failed,
        done: import.rows_done,
        created: import.counts.created,
        updated: import.counts.updated,
        skipped: import.counts.skipped,
        failed: import.counts.failed,
        ..ImportCounts::default()
    }
}

/// How a file is imported, in the words of the wire.
pub(super) fn options_view(options: &Options) -> ImportOptionsView {
    let on_duplicate = match options.on_duplicate {
        OnDuplicate::Skip => "skip",
        OnDuplicate::Update => "update",
        OnDuplicate::Error => "error",
    };
    let update_policy = match options.update_policy {
        UpdatePolicy::Overwrite => "overwrite",
        UpdatePolicy::FillBlankOnly => "fill_blank_only",
    };
    let empty_means = match options.empty_means {
        EmptyMeans::Ignore => "ignore",
        EmptyMeans::Clear => "clear",
    };
    ImportOptionsView {
        on_duplicate: on_duplicate.to_owned(),
        update_policy: update_policy.to_owned(),
        empty_means: empty_means.to_owned(),
        batch_size: options.batch_size,
        stop_on_error: options.stop_on_error,
        validate_only: options.validate_only,
        map: options.map.clone(),
        mapping_id: options.mapping_id.map(|id| id.to_string()),
        external_id_column: options.external_id_column.clone(),
        entity: options.entity.clone(),
        decisions: options.decisions.iter().map(|(row, decision)| (*row, decision.word())).collect(),
        sheet: options.sheet.clone(),
    }
}

fn unreadable(fault: FieldFault) -> Refusal {
    let sentence = "The page of faults that is asked for cannot be told.";
    Refusal::new(RefusalKind::Unprocessable, "import.invalid", sentence, "Correct the parameter.")
        .with_fields(vec![fault])
}

/// Whether the caller may know of an import: whoever brought it, and whoever may import for the whole organisation.
pub(super) fn sees(caller: &Caller, import: &Import) -> bool {
    caller.principal.reach(Grant::ImportsWrite) == Reach::Everything || is_own(caller, import)
}

pub(super) fn is_own(caller: &Caller, import: &Import) -> bool {
    import.staged_by.as_ref().is_some_and(|actor| actor.user == caller.principal.user())
}

/// A change that came to nothing carries the import no more.
fn is_over(change: &Change, now: jiff::Timestamp) -> bool {
    let lapsed = change.state == ChangeState::Waiting && !still_waits(change, now);
    lapsed || matches!(change.state, ChangeState::Rejected | ChangeState::Cancelled | ChangeState::Expired)
}

/// The words of a cell may be personal.
fn conceal(fault: &mut RowFault) {
    fault.value = String::new();
    fault.suggestion = None;
}
