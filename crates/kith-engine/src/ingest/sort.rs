//! Recognising the events of a body on a worker thread: whose each is, what of it is kept, and how.

use std::collections::HashMap;

use bytes::Bytes;
use kith_domain::account::Key;
use kith_domain::refusal::FieldFault;
use kith_profile::{FactContext, SubjectRef, Touchpoint, facts, lane, read};
use kith_store::{Fault, Secrets};

use super::batch::{self, Batch, Recognised};
use super::{Suspected, Unread};
use crate::directory::Inner;
use crate::engine::Engine;

/// What is needed to recognise, and what waits to be sealed until all of the batch is known.
struct Sorting<'s> {
    batch: Batch,
    context: FactContext,
    secrets: &'s Secrets,
    received_ms: i64,
    /// Personal members in clear text, one after the other, and where those of each known event end.
    personal: String,
    ends: Vec<usize>,
}

impl Engine {
    pub(super) fn sort(&self, body: &Bytes) -> Result<Result<Batch, Unread>, Fault> {
        let events = match batch::split(body) {
            Ok(events) => events,
            Err(unread) => return Ok(Err(unread)),
        };
        let mut sorting = Sorting {
            batch: self.core().shelf.batch(events.len()),
            context: self.fact_context(),
            secrets: self.store().secrets(),
            received_ms: self.now().as_millisecond(),
            personal: String::with_capacity(events.len().saturating_mul(64)),
            ends: Vec::with_capacity(events.len()),
        };
        for (index, raw) in events.iter().enumerate() {
            let touchpoint = match read(raw, sorting.received_ms, &sorting.context) {
                Ok(touchpoint) => touchpoint,
                Err(fault) => {
                    let fault = FieldFault::new(fault.pointer, fault.code, fault.detail);
                    sorting.batch.suspects.push(Suspected::of(index, raw.clone(), fault, None));
                    continue;
                }
            };
            match self.row_of(&touchpoint.subject) {
                Ok(row) => sorting.take(index, row, &touchpoint)?,
                Err(fault) => {
                    let suspect = Suspected::of(index, raw.clone(), fault, Some(&touchpoint));
                    sorting.batch.suspects.push(suspect);
                }
            }
        }
        sorting.batch.raw = events;
        self.seal(sorting).map(Ok)
    }

    /// The row of whom a touchpoint is about.
    fn row_of(&self, subject: &SubjectRef<'_>) -> Result<u32, FieldFault> {
        let directory = self.directory();
        let found = match subject {
            SubjectRef::Account(id) => directory.row(*id),
            SubjectRef::External { system, id } => directory.row_of_external(system, id),
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

    /// Seals the personal members of every event under its account's key, and sums each event up.
    fn seal(&self, sorting: Sorting<'_>) -> Result<Batch, Fault> {
        let Sorting { mut batch, secrets, personal, ends, .. } = sorting;
        let (places, subjects) = subjects(&batch.known, &self.directory().read());
        let subjects: Vec<&str> = subjects.iter().map(String::as_str).collect();
        let mut sealer = self.store().vault().sealer(&subjects)?;
        let mut known = std::mem::take(&mut batch.known);
        let mut bound = String::new();
        let mut start = 0;
        for ((event, end), place) in known.iter_mut().zip(ends).zip(places) {
            let plain = personal.get(start..end).unwrap_or_default();
            start = end;
            if !plain.is_empty() {
                bound.clear();
                let parts = ["touchpoint/", batch.text(event.source), "/", batch.text(event.id)];
                parts.iter().for_each(|part| bound.push_str(part));
                event.sealed =
                    batch.keep_sealed(|out| sealer.seal(place, bound.as_bytes(), plain.as_bytes(), out))?;
            }
            event.checksum = secrets.checksum(&batch.stored(event));
        }
        batch.known = known;
        Ok(batch)
    }
}

/// The accounts of a batch, each once, and which of them each event has.
fn subjects(known: &[Recognised], directory: &Inner) -> (Vec<usize>, Vec<String>) {
    let (mut places, mut subjects) = (Vec::with_capacity(known.len()), Vec::new());
    let mut by_row: HashMap<u32, usize> = HashMap::with_capacity(known.len());
    for event in known {
        let place = *by_row.entry(event.row).or_insert_with(|| {
            subjects.push(directory.entry(event.row).map(|entry| entry.id.to_string()).unwrap_or_default());
            subjects.len().saturating_sub(1)
        });
        places.push(place);
    }
    (places, subjects)
}

impl Sorting<'_> {
    fn take(&mut self, index: usize, row: u32, touchpoint: &Touchpoint<'_>) -> Result<(), Fault> {
        let Self { batch, context, secrets, .. } = self;
        let (source, id) = (&*touchpoint.source, &*touchpoint.id);
        let target = touchpoint.retracts.as_ref().or(touchpoint.supersedes.as_ref());
        let named = lane(touchpoint, context);
        let event = Recognised {
            index: u32::try_from(index).unwrap_or(u32::MAX),
            row,
            at_ms: touchpoint.at_ms,
            dedupe: secrets.dedupe_hash(source, id),
            digest: secrets.content_digest(touchpoint.content.as_bytes()),
            checksum: 0,
            retracts: touchpoint.retracts.is_some(),
            source: batch.keep(source)?,
            id: batch.keep(id)?,
            kind: batch.keep(&touchpoint.type_name)?,
            target: target.map(|target| batch.keep(target)).transpose()?,
            clear: batch.keep(&touchpoint.clear)?,
            facts: batch.keep_facts(&facts(touchpoint, 0, context))?,
            lane: named
                .map(|(pseudonym, name)| Ok::<_, Fault>((pseudonym, batch.keep(name)?)))
                .transpose()?,
            ..Recognised::default()
        };
        batch.known.push(event);
        self.personal.push_str(touchpoint.personal.as_deref().unwrap_or_default());
        self.ends.push(self.personal.len());
        Ok(())
    }
}
