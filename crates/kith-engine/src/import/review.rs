//! Validation: what an import of the file would do, row by row, before anything is written.

use std::collections::HashMap;
use std::io::Read;

use kith_api::view::RowFault;
use kith_connect::csv::{self, Reader, Row};
use kith_domain::access::{Grant, Principal};
use kith_domain::account::Key;
use kith_domain::context::Context;
use kith_domain::import::{Counts, OnDuplicate};
use kith_domain::value::EntityCode;
use kith_store::Fault;
use serde::{Deserialize, Serialize};

use super::candidate::{Candidate, Readings};
use super::layout::{Asked, Layout, Unfit};
use crate::engine::Engine;

/// Faults, warnings and duplicates kept of each; all are counted.
pub(super) const KEPT: usize = 1_000;

/// What validation found; kept sealed beside the file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Report {
    /// The file's name, for people.
    pub(super) name: String,
    /// How the file is read.
    pub(super) asked: Asked,
    /// What each column became.
    pub(super) mapping: Vec<(String, String)>,
    /// Columns that nothing matched.
    pub(super) unmapped: Vec<String>,
    /// Rows in the file.
    pub(super) rows: u64,
    /// Rows with at least one fault.
    pub(super) invalid: u64,
    /// Rows that repeat an earlier one or an account on record.
    pub(super) duplicates_total: u64,
    /// Warnings in all.
    pub(super) warnings_total: u64,
    /// What would come of the rows.
    pub(super) planned: Counts,
    /// The first faults.
    pub(super) errors: Vec<RowFault>,
    /// The first warnings.
    pub(super) warnings: Vec<RowFault>,
    /// The first duplicates: the row, and what it repeats.
    pub(super) duplicates: Vec<(String, String)>,
}

/// What a row repeats.
enum Met {
    /// An earlier row.
    Row(u64),
    /// An account, or several that share an address.
    Account(String),
}

/// Where the row with a key was, by a digest of the key: a million rows cost some tens of MB.
#[derive(Default)]
struct Seen(HashMap<u64, u64>);

struct Review<'r> {
    engine: &'r Engine,
    principal: &'r Principal,
    layout: &'r Layout,
    on_duplicate: OnDuplicate,
    seen: Seen,
    report: Report,
}

/// Reads a whole file.
pub(super) fn review(
    engine: &Engine,
    (principal, context): (&Principal, Context),
    layout: &Layout,
    on_duplicate: OnDuplicate,
    input: impl Read,
) -> Result<Report, Unfit> {
    let mut reader = Reader::open(input, &csv::Options::default())?;
    let readings = Readings::new(engine, layout, context);
    let report = Report {
        mapping: layout.columns(),
        unmapped: layout.mapping.unmapped.iter().map(|(_, header)| header.clone()).collect(),
        ..Report::default()
    };
    let mut review = Review { engine, principal, layout, on_duplicate, seen: Seen::default(), report };
    review.unsure();
    let mut row = Row::default();
    while reader.read_row(&mut row)? {
        match readings.read(&row)? {
            Ok(candidate) => review.candidate(candidate)?,
            Err(faults) => review.invalid(faults),
        }
    }
    let mut report = review.report;
    report.rows = reader.rows();
    for note in reader.notes() {
        let (row, code) = (note.row.unwrap_or(1), note.code.to_owned());
        let note = RowFault { row, code, message: note.message, ..RowFault::default() };
        report.warnings.insert(0, note);
        report.warnings_total = report.warnings_total.saturating_add(1);
    }
    Ok(report)
}

impl Review<'_> {
    /// Columns whose meaning was guessed are for a person to confirm (D§6.3).
    fn unsure(&mut self) {
        let unsure = self.layout.mapping.unsure().map(|column| {
            let mut columns = self.report.mapping.iter();
            let field = columns.find(|(header, _)| *header == column.header).map(|(_, field)| field.as_str());
            let field = field.unwrap_or_default();
            RowFault {
                row: 1,
                column: column.header.clone(),
                code: "column_unsure".to_owned(),
                message: format!("This column was taken for {field}; name it in a map if that is wrong."),
                ..RowFault::default()
            }
        });
        let unsure: Vec<RowFault> = unsure.collect();
        self.warn(unsure);
    }

    fn warn(&mut self, warnings: Vec<RowFault>) {
        let count = u64::try_from(warnings.len()).unwrap_or_default();
        self.report.warnings_total = self.report.warnings_total.saturating_add(count);
        keep(&mut self.report.warnings, warnings);
    }

    fn invalid(&mut self, faults: Vec<RowFault>) {
        self.report.invalid += 1;
        self.report.planned.failed += 1;
        keep(&mut self.report.errors, faults);
    }

    fn candidate(&mut self, candidate: Candidate) -> Result<(), Fault> {
        let met = self.meet(&candidate);
        let same_record = matches!(&met, Some(("external_id", _)));
        let updates = met.is_some() && (same_record || self.on_duplicate == OnDuplicate::Update);
        let mut faults = candidate.faults;
        if met.is_some() {
            // An account on record keeps its stage.
            faults.retain(|fault| !fault.code.starts_with("stage_"));
        }
        if met.is_none() {
            faults.extend(forbidden(self.principal, &candidate.body, candidate.row));
        }
        if !faults.is_empty() {
            self.invalid(faults);
            return Ok(());
        }
        for (_, key) in candidate.keys.each() {
            self.seen.0.entry(self.digest(key)).or_insert(candidate.row);
        }
        self.warn(candidate.warnings);
        let planned = &mut self.report.planned;
        let Some((by, met)) = met else {
            planned.created += 1;
            return Ok(());
        };
        let what = match met {
            Met::Row(row) => format!("row {row}"),
            Met::Account(id) => id,
        };
        match self.on_duplicate {
            _ if updates => planned.updated += 1,
            OnDuplicate::Skip => planned.skipped += 1,
            _ => {
                planned.failed += 1;
                keep(&mut self.report.errors, vec![duplicate(candidate.row, by, &what)]);
            }
        }
        self.report.duplicates_total += 1;
        if self.report.duplicates.len() < KEPT {
            self.report.duplicates.push((format!("row {}", candidate.row), what));
        }
        Ok(())
    }

    fn digest(&self, key: &Key) -> u64 {
        // Half of it is enough: among a million keys a false pair has a chance of 3 in 100 million.
        u64::try_from(self.engine.directory().digest(key) >> 64).unwrap_or_default()
    }

    /// What a row repeats: the surest key first.
    fn meet(&self, candidate: &Candidate) -> Option<(&'static str, Met)> {
        candidate.keys.each().find_map(|(by, key)| {
            if let Some(row) = self.seen.0.get(&self.digest(key)) {
                return Some((by, Met::Row(*row)));
            }
            self.engine.directory().holder(key).map(|holder| (by, Met::Account(holder)))
        })
    }
}

fn keep(kept: &mut Vec<RowFault>, more: Vec<RowFault>) {
    let room = KEPT.saturating_sub(kept.len());
    kept.extend(more.into_iter().take(room));
}

/// The fault of a row whose account exists, where that is an error.
pub(super) fn duplicate(row: u64, by: &str, what: &str) -> RowFault {
    RowFault {
        row,
        column: by.to_owned(),
        code: "duplicate".to_owned(),
        message: format!("There is such a customer already: the same {by} as {what}."),
        ..RowFault::default()
    }
}

/// The fault of a row for an entity that whoever brings it may not import for.
pub(super) fn forbidden(principal: &Principal, body: &serde_json::Value, row: u64) -> Option<RowFault> {
    let entity = body.get("owning_entity").and_then(serde_json::Value::as_str)?;
    let code: EntityCode = entity.parse().ok()?;
    (!principal.may(Grant::ImportsWrite, Some(&code))).then(|| RowFault {
        row,
        column: "owning_entity".to_owned(),
        code: "entity_forbidden".to_owned(),
        message: format!("Whoever brings the file may not import accounts of {entity}."),
        value: entity.to_owned(),
        suggestion: None,
    })
}
