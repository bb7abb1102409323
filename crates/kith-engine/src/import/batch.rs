//! A batch of rows in one transaction: accounts made and changed, and how far the import has come.

use std::sync::Arc;

use kith_api::view::RowFault;
use kith_domain::account::{Account, Command as AccountCommand, Draft};
use kith_domain::import::{Command, Decision, Import, ImportState, OnDuplicate, Options, UpdatePolicy};
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::value::ImportId;
use kith_store::{Fault, Unit};
use serde_json::{Value, json};

use super::candidate::{Candidate, drafted};
use super::faults::put_failed;
use super::layout::Layout;
use super::level::levelled;
use super::outcome::{self, Outcome};
use super::patch::{Manner, patch};
use super::review::{account_of, duplicate, forbidden, unknown};
use super::sealed::Drawer;
use super::settle::{end, told};
use crate::answer::Answer;
use crate::caller::Caller;
use crate::effect::Effect;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::facts::key_digest;
use crate::gate::apply_account;
use crate::noun::{Loaded, load};

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
    Created(Outcome),
    Updated(Outcome),
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
        let organisation = engine.organisation_in(unit)?;
        let context = self.caller.context(engine.now());
        let caller = &self.caller;
        let mut walk = Walk { engine, unit, caller, context: &context, organisation, effects: Vec::new() };
        let (mut counts, mut done) = (import.state.counts, batch.from);
        let (mut failures, mut outcomes) = (Vec::new(), Vec::new());
        let mut stopped = None;
        for line in &batch.lines {
            done = done.saturating_add(1);
            match self.line(&mut walk, line)? {
                Fate::Created(outcome) => {
                    counts.created += 1;
                    outcomes.push(outcome);
                }
                Fate::Updated(outcome) => {
                    counts.updated += 1;
                    outcomes.push(outcome);
                }
                Fate::Skipped => counts.skipped += 1,
                Fate::Failed(faults) => {
                    counts.failed += 1;
                    let row = faults.first().map_or(done, |fault| fault.row);
                    failures.extend(faults.into_iter().map(levelled));
                    if self.options.stop_on_error {
                        stopped = Some(row);
                        break;
                    }
                }
            }
        }
        let mut effects = std::mem::take(&mut walk.effects);
        if !failures.is_empty() {
            put_failed(&self.drawer, batch.from, &failures)?;
        }
        outcome::put(unit, &import.id, batch.from, &outcomes)?;
        told(engine, unit, &mut import, &Command::Progress { rows_done: done, counts })?;
        effects.push(Effect::ImportProgress(Box::new(import.state.clone())));
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
        if self.layout.is_contacts() {
            return match account_of(walk.engine, &self.layout, candidate) {
                Ok(account) => self.update(walk, candidate, &account),
                Err(fault) => Ok(Fate::Failed(vec![*fault])),
            };
        }
        if let Some(decision) = self.options.decisions.get(&candidate.row) {
            return self.decided(walk, candidate, *decision);
        }
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

    /// A row that a person has decided about.
    fn decided(
        &self,
        walk: &mut Walk<'_, '_>,
        candidate: &Candidate,
        decision: Decision,
    ) -> Result<Fate, Fault> {
        match decision {
            Decision::Skip => Ok(Fate::Skipped),
            Decision::Create => self.create(walk, candidate),
            Decision::Update(account) => match unknown(walk.engine, account, candidate.row) {
                Some(fault) => Ok(Fate::Failed(vec![fault])),
                None => {
                    let survivor = crate::life::survivor_of(walk.unit, account)?.id;
                    self.update(walk, candidate, &survivor)
                }
            },
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
        let command = AccountCommand::Create {
            id: candidate.id,
            number: 0,
            draft: candidate.draft.clone(),
            application: false,
        };
        self.apply(walk, candidate, loaded, &command, Fate::Created)
    }

    /// What becomes of a person whom the account has: the key of a contact is the address within the account.
    fn known_person(&self, candidate: &Candidate, body: &Value) -> Option<Fate> {
        let known = body.pointer("/contacts/0/action").and_then(Value::as_str) == Some("update");
        if !known || !self.layout.is_contacts() {
            return None;
        }
        match self.options.on_duplicate {
            OnDuplicate::Update => None,
            OnDuplicate::Skip => Some(Fate::Skipped),
            OnDuplicate::Error => Some(Fate::Failed(vec![RowFault {
                row: candidate.row,
                column: self.layout.column_of("/contacts/0/name"),
                code: "contact_exists".to_owned(),
                message: "The account has this person already.".to_owned(),
                ..RowFault::default()
            }])),
        }
    }

    fn update(&self, walk: &mut Walk<'_, '_>, candidate: &Candidate, id: &str) -> Result<Fate, Fault> {
        let loaded = load::<Account>(walk.unit, id)?;
        let entity = json!({"owning_entity": loaded.state.owning_entity});
        let mut faults: Vec<RowFault> = candidate.faults.clone();
        faults.retain(|fault| !fault.code.starts_with("stage_"));
        faults.extend(forbidden(&self.caller.principal, &entity, candidate.row));
        let manner = Manner {
            blank_only: self.options.update_policy == UpdatePolicy::FillBlankOnly,
            empty: &candidate.empty,
        };
        let body = patch(&candidate.body, &loaded.state, &self.layout.mapping, manner);
        if let Some(fate) = self.known_person(candidate, &body) {
            return Ok(fate);
        }
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
        fate: impl Fn(Outcome) -> Fate,
    ) -> Result<Fate, Fault> {
        let cause = json!({"import": self.id.to_string(), "row": candidate.row});
        let made = loaded.version == 0;
        match apply_account(walk, loaded, command, walk.context, Some(&cause))? {
            Answer::Done(receipt) if receipt.changed => {
                let (row, account, version) = (candidate.row, receipt.id, receipt.version);
                Ok(fate(Outcome { row, made, account, version }))
            }
            Answer::Done(_) => Ok(Fate::Skipped),
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
            ..RowFault::default()
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
