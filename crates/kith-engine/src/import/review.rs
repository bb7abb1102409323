//! Validation: what an import of the file would do, row by row, before anything is written.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use kith_api::view::{ImportColumn, ImportPair, RowFault};
use kith_connect::csv::{self, Note, Reader, Row};
use kith_domain::access::{Grant, Principal};
use kith_domain::account::{Command as AccountCommand, Key, asked_credit_limits};
use kith_domain::context::Context;
use kith_domain::import::{Counts, Decision, OnDuplicate};
use kith_domain::organisation::Organisation;
use kith_domain::value::{AccountId, EntityCode, Money};
use kith_store::Fault;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::candidate::{Candidate, Readings};
use super::columns::{columns, questions};
use super::faults::Log;
use super::layout::{Asked, Layout, Unfit};
use super::level::{levelled, remark};
use super::probable::{Probable, Told, remarked};
use super::similar::{self, Names};
use crate::engine::Engine;

/// Faults, warnings and duplicates kept of each in the report; all are counted, and all are in the log of faults.
pub(super) const KEPT: usize = 1_000;
/// Names on record that are compared with the name of a row.
const COMPARED: usize = 24;

/// What validation found; kept sealed beside the file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Report {
    /// How the file is read.
    pub(super) asked: Asked,
    /// What each column became: header and field.
    pub(super) mapping: Vec<(String, String)>,
    /// The columns, for people.
    pub(super) columns: Vec<ImportColumn>,
    /// Columns that nothing matched.
    pub(super) unmapped: Vec<String>,
    /// Files of contacts that came along.
    pub(super) contact_files: usize,
    /// Rows in the file.
    pub(super) rows: u64,
    /// Rows with at least one fault.
    pub(super) invalid: u64,
    /// Rows with a remark and no fault.
    pub(super) remarked: u64,
    /// Rows that repeat an earlier one or an account on record.
    pub(super) duplicates_total: u64,
    /// Faults in all.
    pub(super) errors_total: u64,
    /// Warnings in all.
    pub(super) warnings_total: u64,
    /// How often each fault and remark occurs.
    pub(super) codes: BTreeMap<String, u64>,
    /// How many faults and remarks there are at each level.
    pub(super) levels: BTreeMap<String, u64>,
    /// What would come of the rows.
    pub(super) planned: Counts,
    /// The first faults.
    pub(super) errors: Vec<RowFault>,
    /// The first warnings.
    pub(super) warnings: Vec<RowFault>,
    /// The members of accounts that the rows give.
    pub(super) fields: BTreeSet<String>,
    /// The largest credit limit that a row asks for, in the organisation's currency.
    pub(super) credit_limit: Option<Money>,
    /// The first duplicates.
    pub(super) duplicates: Vec<ImportPair>,
}

/// What a row repeats.
enum Met {
    /// An earlier row.
    Row(u64),
    /// An account, or several that share an address.
    Account(String),
}

impl Met {
    fn named(self) -> String {
        match self {
            Self::Row(row) => format!("row {row}"),
            Self::Account(id) => id,
        }
    }
}

/// Where the row with a key was, by a digest of the key: a million rows cost some tens of MB.
#[derive(Default)]
struct Seen(HashMap<u64, u64>);

/// What a file is reviewed with.
pub(super) struct Reviewing<'r> {
    pub(super) engine: &'r Engine,
    pub(super) principal: &'r Principal,
    pub(super) context: Context,
    pub(super) on_duplicate: OnDuplicate,
    /// What was decided of single rows.
    pub(super) decisions: &'r BTreeMap<u64, Decision>,
    /// Where every fault is written.
    pub(super) log: &'r Path,
}

struct Review<'r> {
    engine: &'r Engine,
    principal: &'r Principal,
    layout: &'r Layout,
    on_duplicate: OnDuplicate,
    decisions: &'r BTreeMap<u64, Decision>,
    organisation: Arc<Organisation>,
    seen: Seen,
    probable: Probable,
    names: Names,
    log: Log,
    report: Report,
}

/// Reads a whole file.
pub(super) fn review(
    with: Reviewing<'_>,
    layout: &Layout,
    input: impl Read,
    notes: Vec<Note>,
) -> Result<Report, Unfit> {
    let mut reader = Reader::open(input, &csv::Options::default())?;
    let readings = Readings::new(with.engine, layout, with.context);
    let report = Report {
        mapping: layout.columns(),
        columns: columns(layout),
        unmapped: layout.mapping.unmapped.iter().map(|(_, header)| header.clone()).collect(),
        ..Report::default()
    };
    let mut review = Review {
        engine: with.engine,
        principal: with.principal,
        layout,
        on_duplicate: with.on_duplicate,
        decisions: with.decisions,
        organisation: with.engine.organisation(),
        seen: Seen::default(),
        probable: Probable::default(),
        names: Names::default(),
        log: Log::create(with.log)?,
        report,
    };
    let unsure = questions(&review.report.columns).into_iter().map(|question| RowFault {
        row: 1,
        column: question.column,
        code: "column_unsure".to_owned(),
        message: question.message,
        ..RowFault::default()
    });
    review.warn(unsure.collect())?;
    let mut row = Row::default();
    while reader.read_row(&mut row)? {
        match readings.read(&row)? {
            Ok(candidate) => review.candidate(candidate)?,
            Err(faults) => review.invalid(faults)?,
        }
    }
    review.report.rows = reader.rows();
    for note in notes.into_iter().chain(reader.notes()) {
        review.note(note)?;
    }
    review.log.finish()?;
    Ok(review.report)
}

impl Review<'_> {
    /// What is to be known about the whole file comes first.
    fn note(&mut self, note: Note) -> Result<(), Fault> {
        let (row, code) = (note.row.unwrap_or(1), note.code.to_owned());
        let note = remark(RowFault { row, code, message: note.message, ..RowFault::default() });
        self.count(&note);
        self.report.warnings_total = self.report.warnings_total.saturating_add(1);
        self.log.write(&note)?;
        self.report.warnings.insert(0, note);
        Ok(())
    }

    fn count(&mut self, fault: &RowFault) {
        for (counts, key) in [(&mut self.report.codes, &fault.code), (&mut self.report.levels, &fault.level)]
        {
            match counts.get_mut(key) {
                Some(count) => *count = count.saturating_add(1),
                None => drop(counts.insert(key.clone(), 1)),
            }
        }
    }

    fn warn(&mut self, warnings: Vec<RowFault>) -> Result<(), Fault> {
        for warning in warnings.into_iter().map(remark) {
            self.report.warnings_total = self.report.warnings_total.saturating_add(1);
            self.count(&warning);
            self.log.write(&warning)?;
            if self.report.warnings.len() < KEPT {
                self.report.warnings.push(warning);
            }
        }
        Ok(())
    }

    fn fail(&mut self, faults: Vec<RowFault>) -> Result<(), Fault> {
        self.report.planned.failed += 1;
        for fault in faults.into_iter().map(levelled) {
            self.report.errors_total = self.report.errors_total.saturating_add(1);
            self.count(&fault);
            self.log.write(&fault)?;
            if self.report.errors.len() < KEPT {
                self.report.errors.push(fault);
            }
        }
        Ok(())
    }

    fn invalid(&mut self, faults: Vec<RowFault>) -> Result<(), Fault> {
        self.report.invalid += 1;
        self.fail(faults)
    }

    fn candidate(&mut self, mut candidate: Candidate) -> Result<(), Fault> {
        if self.layout.is_contacts() {
            return self.person(&candidate);
        }
        self.touched(&mut candidate);
        if let Some(decision) = self.decisions.get(&candidate.row) {
            return self.decided(candidate, *decision);
        }
        let met = self.meet(&candidate);
        let same_record = matches!(&met, Some(("external_id", _)));
        let updates = met.is_some() && (same_record || self.on_duplicate == OnDuplicate::Update);
        let mut faults = std::mem::take(&mut candidate.faults);
        if met.is_some() {
            // An account on record keeps its stage.
            faults.retain(|fault| !fault.code.starts_with("stage_"));
        } else {
            faults.extend(forbidden(self.principal, &candidate.body, candidate.row));
        }
        if !faults.is_empty() {
            return self.invalid(faults);
        }
        for (_, key) in candidate.keys.each() {
            self.seen.0.entry(self.digest(key)).or_insert(candidate.row);
        }
        let alike = self.alike(&candidate, met.is_some());
        let warnings: Vec<RowFault> =
            std::mem::take(&mut candidate.warnings).into_iter().chain(alike).collect();
        self.report.remarked += u64::from(!warnings.is_empty());
        self.warn(warnings)?;
        let planned = &mut self.report.planned;
        let Some((by, met)) = met else {
            planned.created += 1;
            return Ok(());
        };
        let what = met.named();
        match self.on_duplicate {
            _ if updates => planned.updated += 1,
            OnDuplicate::Skip => planned.skipped += 1,
            _ => self.fail(vec![duplicate(candidate.row, by, &what)])?,
        }
        self.pair(ImportPair {
            row: candidate.row,
            of: what,
            by: by.to_owned(),
            exact: true,
            ..ImportPair::default()
        });
        Ok(())
    }

    fn pair(&mut self, pair: ImportPair) {
        if pair.exact {
            self.report.duplicates_total += 1;
        }
        if self.report.duplicates.len() < KEPT {
            self.report.duplicates.push(pair);
        }
    }

    /// A person belongs to an account that is on record.
    fn person(&mut self, candidate: &Candidate) -> Result<(), Fault> {
        match account_of(self.engine, self.layout, candidate) {
            Ok(_) => self.report.planned.updated += 1,
            Err(fault) => self.invalid(vec![*fault])?,
        }
        Ok(())
    }

    /// Notes what may raise the lane: the members that a row gives, and its credit limit (D§5.1).
    fn touched(&mut self, candidate: &mut Candidate) {
        for name in candidate.body.as_object().into_iter().flatten().map(|(name, _)| name) {
            if !self.report.fields.contains(name) {
                self.report.fields.insert(name.clone());
            }
        }
        let Some(home) = self.organisation.currency else { return };
        let command = AccountCommand::Update { draft: std::mem::take(&mut candidate.draft) };
        let asked = asked_credit_limits(&command, home);
        if let AccountCommand::Update { draft } = command {
            candidate.draft = draft;
        }
        let at_home = |money: Money| {
            let day = self.organisation.day;
            day.and_then(|day| self.organisation.convert(money, home, day)).unwrap_or(money)
        };
        let largest = asked.into_iter().map(at_home).chain(self.report.credit_limit);
        self.report.credit_limit = largest.max_by_key(|money| money.minor);
    }

    /// A row that a person has decided about: what is alike to it is settled.
    fn decided(&mut self, candidate: Candidate, decision: Decision) -> Result<(), Fault> {
        let mut faults = candidate.faults.clone();
        match decision {
            Decision::Skip => {
                self.report.planned.skipped += 1;
                return self.settled(&candidate, decision, String::new());
            }
            Decision::Create => {
                faults.extend(forbidden(self.principal, &candidate.body, candidate.row));
                let unique = self.meet(&candidate).filter(|(by, _)| *by != "email");
                faults.extend(unique.map(|(by, met)| duplicate(candidate.row, by, &met.named())));
            }
            Decision::Update(account) => {
                faults.retain(|fault| !fault.code.starts_with("stage_"));
                faults.extend(unknown(self.engine, account, candidate.row));
            }
        }
        if !faults.is_empty() {
            return self.invalid(faults);
        }
        for (_, key) in candidate.keys.each() {
            self.seen.0.entry(self.digest(key)).or_insert(candidate.row);
        }
        self.probable.keep(candidate.row, &Told::of(&candidate.body));
        self.report.remarked += u64::from(!candidate.warnings.is_empty());
        self.warn(candidate.warnings.clone())?;
        match decision {
            Decision::Update(account) => {
                self.report.planned.updated += 1;
                self.settled(&candidate, decision, account.to_string())
            }
            Decision::Create | Decision::Skip => {
                self.report.planned.created += 1;
                self.settled(&candidate, decision, String::new())
            }
        }
    }

    /// Shows what was decided of a row.
    fn settled(&mut self, candidate: &Candidate, decision: Decision, of: String) -> Result<(), Fault> {
        let decision = Some(decision.word());
        self.pair(ImportPair {
            row: candidate.row,
            of,
            by: "decision".to_owned(),
            decision,
            ..ImportPair::default()
        });
        Ok(())
    }

    /// A remark where another row or account is probably the same customer, or has a name alike.
    fn alike(&mut self, candidate: &Candidate, met: bool) -> Option<RowFault> {
        let told = Told::of(&candidate.body);
        self.probable.keep(candidate.row, &told);
        let name = candidate.body.get("name").and_then(Value::as_str)?;
        let found = match met {
            true => None,
            false => self.probable.find((self.engine, self.principal), candidate.row, &told),
        };
        if let Some(pair) = found {
            // Later rows are compared with its name all the same.
            self.names.meet(candidate.row, &similar::bare(name));
            let mut remark = remarked(&pair, self.layout.column_of("/name"));
            name.clone_into(&mut remark.value);
            self.pair(pair);
            return Some(remark);
        }
        let bare = similar::bare(name);
        let row = self.names.meet(candidate.row, &bare).map(Met::Row);
        let of = match row {
            // Who is met by a key needs no guess, but later rows are compared with its name.
            _ if met => return None,
            Some(row) => row,
            None => {
                let like = |known: &str| similar::alike(&bare, &similar::without_forms(known));
                let found = self.engine.directory().named_like(similar::head(&bare)?, COMPARED, like);
                Met::Account(found?.to_string())
            }
        };
        let of = of.named();
        self.pair(ImportPair {
            row: candidate.row,
            of: of.clone(),
            by: "name".to_owned(),
            ..ImportPair::default()
        });
        Some(RowFault {
            row: candidate.row,
            column: self.layout.column_of("/name"),
            code: "name_similar".to_owned(),
            message: format!("The name is like that of {of}; it may be the same customer."),
            value: name.to_owned(),
            ..RowFault::default()
        })
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

/// The account that a person of a file of contacts belongs to.
pub(super) fn account_of(
    engine: &Engine,
    layout: &Layout,
    candidate: &Candidate,
) -> Result<String, Box<RowFault>> {
    let fault = |code: &str, message: String, value: &str| {
        Box::new(RowFault {
            row: candidate.row,
            column: layout.column_of("/account"),
            code: code.to_owned(),
            message,
            value: value.to_owned(),
            ..RowFault::default()
        })
    };
    if let Some(key) = &candidate.keys.external {
        let row = engine.directory().row_of_key(key);
        let found =
            row.and_then(|row| engine.directory().read().entry(row).map(|entry| entry.id.to_string()));
        let message = format!("No customer has the id {} of {}.", key.value, layout.options.source_system);
        return found.ok_or_else(|| fault("account_unknown", message, &key.value));
    }
    let name = candidate.of_account.as_deref().unwrap_or_default();
    match engine.directory().named(name).as_slice() {
        [one] => Ok(one.to_string()),
        [] => Err(fault("account_unknown", "No customer has this name.".to_owned(), name)),
        _ => Err(fault("account_ambiguous", "Several customers have this name.".to_owned(), name)),
    }
}

/// The fault of a row that is to update an account which is not there.
pub(super) fn unknown(engine: &Engine, account: AccountId, row: u64) -> Option<RowFault> {
    engine.directory().row(account).is_none().then(|| RowFault {
        row,
        code: "account_unknown".to_owned(),
        message: "There is no such account to update.".to_owned(),
        value: account.to_string(),
        ..RowFault::default()
    })
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
pub(super) fn forbidden(principal: &Principal, body: &Value, row: u64) -> Option<RowFault> {
    let entity = body.get("owning_entity").and_then(Value::as_str)?;
    let code: EntityCode = entity.parse().ok()?;
    (!principal.may(Grant::ImportsWrite, Some(&code))).then(|| RowFault {
        row,
        column: "owning_entity".to_owned(),
        code: "entity_forbidden".to_owned(),
        message: format!("Whoever brings the file may not import accounts of {entity}."),
        value: entity.to_owned(),
        ..RowFault::default()
    })
}
