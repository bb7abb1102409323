//! The touchpoint walk: recognise, find the account, deduplicate, append, commit; then fold.

mod batch;
mod hold;

use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use kith_api::view::{QuarantinedEvent, TouchpointReply};
use kith_domain::access::Grant;
use kith_domain::account::Key;
use kith_domain::refusal::FieldFault;
use kith_profile::{CorrectionRef, FactContext, Place, SubjectRef, Touchpoint, facts, lane, read};
use kith_store::touchpoint::{Key as SeenKey, bound_to};
use kith_store::{Ending, Fault, NewTouchpoint, Unit};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::feed::Fold;
use crate::permit;
use crate::replay::RETRACTS;

pub(crate) use hold::Suspected;

/// Events in one batch (design §5).
pub const BATCH_MAX: usize = 10_000;

/// Why a whole body is not taken.
#[derive(Debug)]
pub enum Unread {
    /// It is not JSON, or neither an object nor a list of objects.
    Body(String),
    /// More than [`BATCH_MAX`] events.
    TooMany(usize),
    /// The caller may not bring touchpoints.
    Denied(kith_domain::refusal::Refusal),
    /// So much waits to be folded that the caller should come again.
    Behind,
}

/// An event that was recognised and whose account is known.
#[derive(Debug)]
pub(crate) struct Recognised {
    index: usize,
    stored: NewTouchpoint,
    fold: Fold,
    raw: Bytes,
}

/// What became of one event before the store was asked.
enum Sorted {
    Known(Box<Recognised>),
    Suspect(Box<Suspected>),
}

impl Engine {
    /// Takes in one event or a batch. Durable when it returns.
    ///
    /// # Errors
    /// [`Fault`] when it could not be stored; then nothing of the batch was.
    pub async fn ingest(
        &self,
        caller: &Caller,
        body: Bytes,
    ) -> Result<Result<TouchpointReply, Unread>, Fault> {
        if !caller.principal.may(Grant::TouchpointsWrite, None) {
            return Ok(Err(Unread::Denied(permit::denied(Grant::TouchpointsWrite))));
        }
        if self.core().feed.is_behind() {
            return Ok(Err(Unread::Behind));
        }
        let engine = self.clone();
        let sorted = tokio::task::spawn_blocking(move || engine.sort(&body)).await;
        match sorted.map_err(|_| Fault::Panicked)?? {
            Ok(sorted) => self.store_sorted(caller, sorted).await.map(Ok),
            Err(unread) => Ok(Err(unread)),
        }
    }

    fn sort(&self, body: &Bytes) -> Result<Result<Vec<Sorted>, Unread>, Fault> {
        let events = match batch::split(body) {
            Ok(events) => events,
            Err(unread) => return Ok(Err(unread)),
        };
        let context = self.fact_context();
        let received_ms = self.now().as_millisecond();
        let sorted = events
            .into_iter()
            .enumerate()
            .map(|(index, raw)| self.sort_one(index, raw, received_ms, &context));
        sorted.collect::<Result<Vec<_>, Fault>>().map(Ok)
    }

    fn sort_one(
        &self,
        index: usize,
        raw: Bytes,
        received_ms: i64,
        context: &FactContext,
    ) -> Result<Sorted, Fault> {
        match read(&raw, received_ms, context) {
            Ok(touchpoint) => match self.row_of(&touchpoint.subject) {
                Ok(row) => {
                    Ok(Sorted::Known(Box::new(self.recognised(index, raw, &touchpoint, row, context)?)))
                }
                Err(fault) => {
                    Ok(Sorted::Suspect(Box::new(Suspected::of(index, raw, fault, Some(&touchpoint)))))
                }
            },
            Err(fault) => {
                let fault = FieldFault::new(fault.pointer, fault.code, fault.detail);
                Ok(Sorted::Suspect(Box::new(Suspected::of(index, raw, fault, None))))
            }
        }
    }

    /// The row of whom a touchpoint is about.
    fn row_of(&self, subject: &SubjectRef) -> Result<u32, FieldFault> {
        let directory = self.directory();
        let found = match subject {
            SubjectRef::Account(id) => directory.row(*id),
            SubjectRef::External { system, id } => directory.row_of_key(&Key::external(system, id)),
            SubjectRef::Tax(number) => directory.row_of_key(&Key::tax_number(number)),
            SubjectRef::Email(address) => directory.row_of_key(&Key::email(address)),
            SubjectRef::Missing => {
                return Err(FieldFault::new("/subject", "subject_missing", "The event names no account."));
            }
            SubjectRef::Unreadable => {
                let message = "The subject is no account, external, tax or email reference.";
                return Err(FieldFault::new("/subject", "subject_unreadable", message));
            }
        };
        found.ok_or_else(|| {
            FieldFault::new("/subject", "subject_unknown", "No single account has this subject.")
        })
    }

    fn recognised(
        &self,
        index: usize,
        raw: Bytes,
        touchpoint: &Touchpoint,
        row: u32,
        context: &FactContext,
    ) -> Result<Recognised, Fault> {
        let secrets = self.store().secrets();
        let (source, id) = (&touchpoint.source, &touchpoint.id);
        let sealed = match &touchpoint.personal {
            Some(personal) => {
                let subject = self.directory().read().entry(row).map(|entry| entry.id.to_string());
                let bound = bound_to(source, id);
                self.store().vault().seal(
                    &subject.unwrap_or_default(),
                    bound.as_bytes(),
                    personal.as_bytes(),
                )?
            }
            None => Vec::new(),
        };
        let target = touchpoint.retracts.clone().or_else(|| touchpoint.supersedes.clone());
        let retracts = touchpoint.retracts.is_some();
        let correction = target.clone().map(|target| CorrectionRef {
            source: source.clone(),
            id: id.clone(),
            target,
            at_ms: touchpoint.at_ms,
            retracts,
            place: Place { row, seq: 0 },
        });
        let stored = NewTouchpoint {
            account_row: row,
            source: source.clone(),
            id: id.clone(),
            kind: touchpoint.type_name.clone(),
            at_ms: touchpoint.at_ms,
            dedupe: secrets.dedupe_hash(source, id),
            digest: secrets.content_digest(touchpoint.content.as_bytes()),
            target,
            flags: if retracts { RETRACTS } else { 0 },
            clear: touchpoint.clear.clone(),
            sealed,
        };
        let fold = Fold {
            position: 0,
            row,
            source: source.clone(),
            id: id.clone(),
            facts: facts(touchpoint, 0, context),
            lane: lane(touchpoint, context).map(|(pseudonym, name)| (pseudonym, name.to_owned())),
            correction,
        };
        Ok(Recognised { index, stored, fold, raw })
    }

    async fn store_sorted(&self, caller: &Caller, sorted: Vec<Sorted>) -> Result<TouchpointReply, Fault> {
        let context = caller.context(self.now());
        let engine = self.clone();
        let sorted = Arc::new(sorted);
        let mut reply = self.store().write(move |unit| engine.store_in(unit, &context, &sorted)).await?;
        reply.quarantined.sort_by_key(|event| event.index);
        metrics::counter!("kith_touchpoints_accepted_total").increment(reply.accepted);
        metrics::counter!("kith_touchpoints_duplicate_total").increment(reply.duplicates);
        metrics::counter!("kith_touchpoints_quarantined_total")
            .increment(u64::try_from(reply.quarantined.len()).unwrap_or_default());
        Ok(reply)
    }

    fn store_in(
        &self,
        unit: &mut Unit<'_>,
        context: &kith_domain::context::Context,
        sorted: &[Sorted],
    ) -> Result<TouchpointReply, Fault> {
        let mut reply = TouchpointReply::default();
        let known: Vec<&Recognised> = sorted
            .iter()
            .filter_map(|event| match event {
                Sorted::Known(known) => Some(&**known),
                Sorted::Suspect(_) => None,
            })
            .collect();
        let (fresh, conflicts) = batch::deduplicate(unit, &known, &mut reply)?;
        let stored: Vec<NewTouchpoint> = fresh.iter().map(|known| known.stored.clone()).collect();
        let positions = if stored.is_empty() { Vec::new() } else { unit.append_touchpoints(&stored)? };
        reply.accepted = u64::try_from(positions.len()).unwrap_or_default();
        let folds = fresh.iter().zip(&positions).map(|(known, position)| placed(&known.fold, *position));
        let folds = folds.collect::<Result<Vec<_>, Fault>>()?;
        let suspects = sorted.iter().filter_map(|event| match event {
            Sorted::Suspect(suspect) => Some(&**suspect),
            Sorted::Known(_) => None,
        });
        let held: Vec<Suspected> = conflicts.into_iter().map(Suspected::conflict).collect();
        for suspect in suspects.chain(&held) {
            let id = self.hold(unit, context, suspect)?;
            let FieldFault { pointer, code, message } = suspect.fault.clone();
            reply.quarantined.push(QuarantinedEvent {
                index: suspect.index,
                code,
                pointer,
                detail: message,
                id,
            });
        }
        reply.position = unit.heads()?.touchpoint;
        if !folds.is_empty() {
            let core = self.downgrade();
            unit.on_end(move |ending| {
                if ending == Ending::Committed
                    && let Some(core) = core.upgrade()
                {
                    core.feed.send(folds);
                }
            });
        }
        Ok(reply)
    }

    /// When the engine's clock says an event came.
    pub(crate) fn received_at(&self) -> Timestamp {
        self.now()
    }
}

/// The fold at the position that the log gave it.
fn placed(fold: &Fold, position: u64) -> Result<Fold, Fault> {
    let seq = u32::try_from(position).map_err(|_| Fault::corrupt("a position beyond 32 bits"))?;
    let mut fold = fold.clone();
    fold.position = position;
    fold.facts.iter_mut().for_each(|fact| fact.seq = seq);
    if let Some(correction) = &mut fold.correction {
        correction.place.seq = seq;
    }
    Ok(fold)
}

/// The keys by which a batch is looked up.
pub(crate) fn seen_keys<'a>(known: &'a [&'a Recognised]) -> Vec<SeenKey<'a>> {
    known
        .iter()
        .map(|known| SeenKey {
            source: &known.stored.source,
            id: &known.stored.id,
            dedupe: known.stored.dedupe,
        })
        .collect()
}
