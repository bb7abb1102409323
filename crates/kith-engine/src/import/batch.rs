//! A batch of rows in one transaction: accounts made and changed, and how far the import has come.

use std::sync::Arc;

use kith_api::view::RowFault;
use kith_domain::access::Principal;
use kith_domain::account::{Account, Command as AccountCommand, Draft};
use kith_domain::approval::{self, Change, Command as ChangeCommand};
use kith_domain::context::{Actor, Context};
use kith_domain::import::{Command, Import, ImportState, OnDuplicate, Options};
use kith_domain::organisation::Organisation;
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::value::ImportId;
use kith_store::{Fault, Unit};
use serde_json::json;

use super::candidate::{Candidate, drafted};
use super::change_of;
use super::layout::Layout;
use super::patch::patch;
use super::review::{KEPT, duplicate, forbidden};
use super::sealed::Drawer;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::effect::Effect;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::facts::key_digest;
use crate::gate::apply_account;
use crate::noun::{Loaded, ORGANISATION, json_of, load};

/// Rows of one transaction.
#[derive(Debug)]
pub(super) struct Batch {
    /// Rows of the file before it.
    pub(super) from: u64,
    /// Its rows, faulty ones too.
    pub(super) lines: Vec<Line>,
}

/// A row of the file.
#[derive(Debug)]
pub(super) enum Line {
    /// It describes an account.
    Candidate(Box<Candidate>),
    /// It does not.
    Faulty(Vec<RowFault>),
}

/// What carrying a batch came to.
#[derive(Debug)]
pub(super) struct Carried {
    /// What memory must learn.
    pub(super) effects: Vec<Effect>,
    /// Nothing more is to be carried.
    pub(super) ended: bool,
}

/// What came of a row.
enum Fate {
    Created,
    Updated,
    Skipped,
    Failed(Vec<RowFault>),
}

/// Carries the batches of one import.
#[derive(Debug)]
pub(super) struct Carrier {
    pub(super) id: ImportId,
    pub(super) options: Options,
    pub(super) layout: Arc<Layout>,
    /// Whoever submitted it, with the roles of today.
    pub(super) caller: Caller,
    pub(super) drawer: Drawer,
}

impl Carrier {
    /// Writes what a batch means today. Another node, or an end, may have been quicker: then nothing.
    pub(super) fn carry(
        &self,
        engine: &Engine,
        unit: &mut Unit<'_>,
        batch: &Batch,
    ) -> Result<Carried, Fault> {
        let mut import = load::<Import>(unit, &self.id.to_string())?;
        if import.state.state != ImportState::Running || import.state.rows_done != batch.from {
            return Ok(Carried { effects: Vec::new(), ended: true });
        }
        let organisation = load::<Organisation>(unit, ORGANISATION)?.state;
        let context = self.caller.context(engine.now());
        let caller = &self.caller;
        let mut walk = Walk { engine, unit, caller, context: &context, organisation, effects: Vec::new() };
        let (mut counts, mut done) = (import.state.counts, batch.from);
        let mut failures = Vec::new();
        let mut stopped = None;
        for line in &batch.lines {
            done = done.saturating_add(1);
            match self.line(&mut walk, line)? {
                Fate::Created => counts.created += 1,
                Fate::Updated => counts.updated += 1,
                Fate::Skipped => counts.skipped += 1,
                Fate::Failed(faults) => {
                    counts.failed += 1;
                    let row = faults.first().map_or(done, |fault| fault.row);
                    failures.extend(faults);
                    if self.options.stop_on_error {
                        stopped = Some(row);
                        break;
                    }
                }
            }
        }
        let mut effects = std::mem::take(&mut walk.effects);
        if !failures.is_empty() && import.state.counts.failed < u64::try_from(KEPT).unwrap_or(u64::MAX) {
            // Before the commit, under a name that a second try takes again: a report is never behind its counts.
            let name = format!("failed-{:010}", batch.from);
            self.drawer.put(&name, json_of(&failures)?.to_string().as_bytes())?;
        }
        told(engine, unit, &mut import, &Command::Progress { rows_done: done, counts })?;
        if let Some(row) = stopped {
            let reason = format!("Row {row} failed, and the import is to stop at the first error.");
            effects.extend(end(engine, unit, &mut import, Some(reason))?);
        }
        Ok(Carried { effects, ended: stopped.is_some() })
    }

    /// Ends an import whose rows are all done.
    pub(super) fn finish(&self, engine: &Engine, unit: &mut Unit<'_>) -> Result<Vec<Effect>, Fault> {
        let mut import = load::<Import>(unit, &self.id.to_string())?;
        if import.state.state != ImportState::Running {
            return Ok(Vec::new());
        }
        let done = import.state.rows_done == import.state.staged.rows;
        let reason = (!done).then(|| "The kept file has fewer rows than were reviewed.".to_owned());
        end(engine, unit, &mut import, reason)
    }

    fn line(&self, walk: &mut Walk<'_, '_>, line: &Line) -> Result<Fate, Fault> {
        let candidate = match line {
            Line::Faulty(faults) => return Ok(Fate::Failed(faults.clone())),
            Line::Candidate(candidate) => candidate,
        };
        let Some((by, holders)) = holders(walk, candidate)? else { return self.create(walk, candidate) };
        let several = holders.len() > 1;
        let (Some(holder), same) = (holders.into_iter().next(), by == "external_id") else {
            return self.create(walk, candidate);
        };
        match self.options.on_duplicate {
            _ if same => self.update(walk, candidate, &holder),
            OnDuplicate::Skip => Ok(Fate::Skipped),
            OnDuplicate::Error => Ok(Fate::Failed(vec![duplicate(candidate.row, by, &holder)])),
            OnDuplicate::Update if several => {
                let fault = RowFault {
                    row: candidate.row,
                    column: by.to_owned(),
                    code: "duplicate_ambiguous".to_owned(),
                    message: format!(
                        "Several customers have the same {by}; it cannot be told which is meant."
                    ),
                    ..RowFault::default()
                };
                Ok(Fate::Failed(vec![fault]))
            }
            OnDuplicate::Update => self.update(walk, candidate, &holder),
        }
    }

    fn create(&self, walk: &mut Walk<'_, '_>, candidate: &Candidate) -> Result<Fate, Fault> {
        let mut faults = candidate.faults.clone();
        faults.extend(forbidden(&self.caller.principal, &candidate.body, candidate.row));
        if !faults.is_empty() {
            return Ok(Fate::Failed(faults));
        }
        let loaded =
            Loaded { id: candidate.id.to_string(), state: Account::default(), version: 0, row: None };
        let command = AccountCommand::Create { id: candidate.id, number: 0, draft: candidate.draft.clone() };
        self.apply(walk, candidate, loaded, &command, Fate::Created)
    }

    fn update(&self, walk: &mut Walk<'_, '_>, candidate: &Candidate, id: &str) -> Result<Fate, Fault> {
        let loaded = load::<Account>(walk.unit, id)?;
        let entity = json!({"owning_entity": loaded.state.owning_entity});
        let mut faults: Vec<RowFault> = candidate.faults.clone();
        faults.retain(|fault| !fault.code.starts_with("stage_"));
        faults.extend(forbidden(&self.caller.principal, &entity, candidate.row));
        let body = patch(&candidate.body, &loaded.state, &self.layout.mapping);
        if body.get("owning_entity").is_some() {
            faults.extend(forbidden(&self.caller.principal, &body, candidate.row));
        }
        let account = loaded.state.id;
        let read = drafted(walk.engine, |ids| Draft::read_patch(&body, account, ids));
        let (draft, shape) = read?;
        faults.extend(self.shown(candidate, &shape));
        if !faults.is_empty() {
            return Ok(Fate::Failed(faults));
        }
        let command = AccountCommand::Update { draft: Box::new(draft) };
        self.apply(walk, candidate, loaded, &command, Fate::Updated)
    }

    /// Decides and writes as the gate does once a change is approved.
    fn apply(
        &self,
        walk: &mut Walk<'_, '_>,
        candidate: &Candidate,
        loaded: Loaded<Account>,
        command: &AccountCommand,
        fate: Fate,
    ) -> Result<Fate, Fault> {
        let cause = json!({"import": self.id.to_string(), "row": candidate.row});
        match apply_account(walk, loaded, command, walk.context, Some(&cause))? {
            Answer::Done(receipt) => Ok(if receipt.changed { fate } else { Fate::Skipped }),
            Answer::Refused(refusal) => Ok(Fate::Failed(self.refused(candidate, &refusal))),
            Answer::Waiting(_) => Err(Fault::corrupt("what is applied never waits")),
        }
    }

    fn refused(&self, candidate: &Candidate, refusal: &Refusal) -> Vec<RowFault> {
        if refusal.fields.is_empty() {
            let fault = FieldFault::new("", refusal.code.clone(), refusal.sentence.clone());
            return self.shown(candidate, &[fault]);
        }
        self.shown(candidate, &refusal.fields)
    }

    fn shown(&self, candidate: &Candidate, faults: &[FieldFault]) -> Vec<RowFault> {
        let shown = faults.iter().map(|fault| RowFault {
            row: candidate.row,
            column: self.layout.column_of(&fault.pointer),
            code: fault.code.clone(),
            message: fault.message.clone(),
            value: String::new(),
            suggestion: None,
        });
        shown.collect()
    }
}

/// The accounts that a row may be, by its surest key that any account has.
fn holders(
    walk: &mut Walk<'_, '_>,
    candidate: &Candidate,
) -> Result<Option<(&'static str, Vec<String>)>, Fault> {
    let secrets = walk.engine.store().secrets();
    for (by, key) in candidate.keys.each() {
        let holders = walk.unit.account_by_key(key.kind.as_str(), &key_digest(secrets, key))?;
        let holders = crate::life::survivors(walk.unit, holders)?;
        if !holders.is_empty() {
            return Ok(Some((by, holders)));
        }
    }
    Ok(None)
}

/// A step of the import itself, as Kith: the rules of imports must not refuse it.
fn told(
    engine: &Engine,
    unit: &mut Unit<'_>,
    import: &mut Loaded<Import>,
    command: &Command,
) -> Result<(), Fault> {
    let context = system(engine, &import.id);
    let acted = import.act(unit, engine.store().secrets(), &context, &(), command)?;
    acted.map(drop).map_err(|refusal| Fault::corrupt(format!("an import cannot go on: {}", refusal.code)))
}

fn system(engine: &Engine, import: &str) -> Context {
    Context {
        actor: Actor::system(),
        correlation: import.to_owned(),
        ..Caller::system().context(engine.now())
    }
}

/// Ends an import, well or with a reason, and settles the change that carried it.
fn end(
    engine: &Engine,
    unit: &mut Unit<'_>,
    import: &mut Loaded<Import>,
    reason: Option<String>,
) -> Result<Vec<Effect>, Fault> {
    let counts = json_of(&import.state.counts)?;
    let settled = match reason {
        None => {
            told(engine, unit, import, &Command::Finish)?;
            ChangeCommand::MarkApplied {
                result: json!({"import_id": import.id, "counts": counts}),
                rebase: None,
            }
        }
        Some(reason) => {
            told(engine, unit, import, &Command::Fail { reason: reason.clone() })?;
            let result = json!({"code": "import.failed", "sentence": reason, "import_id": import.id, "counts": counts});
            ChangeCommand::MarkFailed { result }
        }
    };
    let Some(mut change) = change_of(unit, &import.id)?.filter(|change| is_applying(&change.state)) else {
        return Ok(Vec::new());
    };
    let facts = approval::Facts::of(Principal::system());
    let context = system(engine, &import.id);
    let acted = change.act(unit, engine.store().secrets(), &context, &facts, &settled)?;
    acted.map_err(|refusal| Fault::corrupt(format!("a change cannot be settled: {}", refusal.code)))?;
    let state = change.state.state.as_str();
    Ok(vec![Effect::Change { id: change.id, target: Some(import.id.clone()), state }])
}

fn is_applying(change: &Change) -> bool {
    change.state == approval::ChangeState::Applying
}

impl Engine {
    /// Ends an import that cannot go on.
    pub(super) async fn fail_import(&self, id: ImportId, reason: String) -> Result<(), Fault> {
        let engine = self.clone();
        let effects = self
            .store()
            .write(move |unit| {
                let mut import = load::<Import>(unit, &id.to_string())?;
                if import.state.state != ImportState::Running {
                    return Ok(Vec::new());
                }
                end(&engine, unit, &mut import, Some(reason.clone()))
            })
            .await?;
        self.apply_effects(effects).await;
        Ok(())
    }
}

/// Kept for the report: what went wrong while rows were carried.
pub(super) fn failures(drawer: &Drawer) -> Result<Vec<RowFault>, Fault> {
    let mut failures: Vec<RowFault> = Vec::new();
    for name in drawer.names()?.into_iter().filter(|name| name.starts_with("failed-")) {
        let kept: Vec<RowFault> = serde_json::from_slice(&drawer.get(&name)?)
            .map_err(|_| Fault::corrupt("a kept report of an import"))?;
        failures.extend(kept);
        if failures.len() >= KEPT {
            break;
        }
    }
    Ok(failures)
}
