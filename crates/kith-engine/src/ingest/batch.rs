//! A batch of events between its recognition and its end: every text in one piece of memory, shared by whoever
//! stores, folds or answers.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use kith_profile::{CorrectionRef, Fact, Place};
use kith_store::touchpoint::Key as SeenKey;
use kith_store::{Fault, NewTouchpoint};
use serde_json::value::RawValue;

use super::{BATCH_MAX, Suspected, Unread};
use crate::feed::Fold;
use crate::replay::RETRACTS;

/// Where a text stands in the batch.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    start: u32,
    end: u32,
}

/// An event that was recognised and whose account is known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Recognised {
    pub(super) index: u32,
    pub(super) row: u32,
    pub(super) at_ms: i64,
    pub(super) dedupe: i64,
    pub(super) digest: i64,
    pub(super) checksum: i64,
    pub(super) retracts: bool,
    pub(super) source: Span,
    pub(super) id: Span,
    pub(super) kind: Span,
    pub(super) target: Option<Span>,
    pub(super) clear: Span,
    pub(super) sealed: Span,
    pub(super) facts: Span,
    pub(super) lane: Option<(u64, Span)>,
}

/// The events of one body.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// As they were sent.
    pub(super) raw: Vec<Bytes>,
    pub(super) known: Vec<Recognised>,
    pub(super) suspects: Vec<Suspected>,
    text: String,
    sealed: Vec<u8>,
    facts: Vec<Fact>,
    /// Where its memory goes when nobody needs it any more.
    home: Option<Arc<Shelf>>,
}

/// Memory of batches that are done with, for those to come: fresh pages cost more than what is written on them.
#[derive(Debug, Default)]
pub(crate) struct Shelf(Mutex<Vec<Batch>>);

/// Batches that are kept.
const SHELVED: usize = 8;

impl Shelf {
    /// An empty batch with room for about so many events.
    pub(super) fn batch(self: &Arc<Self>, events: usize) -> Batch {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut batch = kept.unwrap_or_default();
        batch.home = Some(Arc::clone(self));
        batch.known.reserve(events);
        batch.text.reserve(events.saturating_mul(256));
        batch.sealed.reserve(events.saturating_mul(96));
        batch.facts.reserve(events.saturating_mul(2));
        batch
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let Some(home) = self.home.take() else { return };
        let mut batch = std::mem::take(self);
        batch.raw.clear();
        batch.known.clear();
        batch.suspects.clear();
        batch.text.clear();
        batch.sealed.clear();
        batch.facts.clear();
        let mut shelf = home.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A batch of unusual size does not stay.
        if shelf.len() < SHELVED && batch.text.capacity() < TEXT_KEPT {
            shelf.push(batch);
        }
    }
}

/// Bytes of text up to which the memory of a batch is kept.
const TEXT_KEPT: usize = 4 << 20;

fn span(start: usize, end: usize) -> Result<Span, Fault> {
    let place = |place: usize| u32::try_from(place).map_err(|_| Fault::corrupt("a batch beyond 4 GB"));
    Ok(Span { start: place(start)?, end: place(end)? })
}

fn piece<T>(all: &[T], span: Span) -> &[T] {
    let place = |place: u32| usize::try_from(place).unwrap_or(usize::MAX);
    all.get(place(span.start)..place(span.end)).unwrap_or_default()
}

impl Batch {
    /// Keeps a text.
    pub(super) fn keep(&mut self, text: &str) -> Result<Span, Fault> {
        let start = self.text.len();
        self.text.push_str(text);
        span(start, self.text.len())
    }

    /// Keeps what `seal` adds to the sealed bytes.
    pub(super) fn keep_sealed(
        &mut self,
        seal: impl FnOnce(&mut Vec<u8>) -> Result<(), Fault>,
    ) -> Result<Span, Fault> {
        let start = self.sealed.len();
        seal(&mut self.sealed)?;
        span(start, self.sealed.len())
    }

    /// Keeps facts.
    pub(super) fn keep_facts(&mut self, facts: &[Fact]) -> Result<Span, Fault> {
        let start = self.facts.len();
        self.facts.extend_from_slice(facts);
        span(start, self.facts.len())
    }

    pub(super) fn text(&self, span: Span) -> &str {
        let place = |place: u32| usize::try_from(place).unwrap_or(usize::MAX);
        self.text.get(place(span.start)..place(span.end)).unwrap_or_default()
    }

    /// What the store keeps of an event.
    pub(super) fn stored(&self, known: &Recognised) -> NewTouchpoint<'_> {
        NewTouchpoint {
            account_row: known.row,
            source: self.text(known.source),
            id: self.text(known.id),
            kind: self.text(known.kind),
            at_ms: known.at_ms,
            dedupe: known.dedupe,
            digest: known.digest,
            target: known.target.map(|target| self.text(target)),
            flags: if known.retracts { RETRACTS } else { 0 },
            clear: self.text(known.clear),
            sealed: piece(&self.sealed, known.sealed),
            checksum: known.checksum,
        }
    }

    /// The correction that an event is, if it is one.
    fn correction(&self, known: &Recognised, seq: u32) -> Option<CorrectionRef> {
        known.target.map(|target| CorrectionRef {
            source: self.text(known.source).to_owned(),
            id: self.text(known.id).to_owned(),
            target: self.text(target).to_owned(),
            at_ms: known.at_ms,
            retracts: known.retracts,
            place: Place { row: known.row, seq },
        })
    }

    /// The keys by which the batch is looked up.
    pub(super) fn seen_keys(&self) -> Vec<SeenKey<'_>> {
        let key = |known: &Recognised| SeenKey {
            source: self.text(known.source),
            id: self.text(known.id),
            dedupe: known.dedupe,
        };
        self.known.iter().map(key).collect()
    }
}

/// What of a batch was committed, for the folding thread.
#[derive(Debug)]
pub(crate) struct Committed {
    pub(super) batch: Arc<Batch>,
    /// Places among the known, with the position of each.
    pub(super) fresh: Vec<(usize, u64)>,
}

impl Committed {
    /// How many touchpoints.
    pub(crate) fn len(&self) -> usize {
        self.fresh.len()
    }

    /// Calls for each of them, in the order of their positions.
    pub(crate) fn each_fold(
        &self,
        each: &mut dyn FnMut(&Fold<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let batch = &self.batch;
        let mut facts = Vec::new();
        for (place, position) in &self.fresh {
            let Some(known) = batch.known.get(*place) else { continue };
            let seq = u32::try_from(*position).map_err(|_| Fault::corrupt("a position beyond 32 bits"))?;
            facts.clear();
            facts.extend(piece(&batch.facts, known.facts).iter().map(|fact| Fact { seq, ..*fact }));
            each(&Fold {
                position: *position,
                row: known.row,
                source: batch.text(known.source),
                id: batch.text(known.id),
                facts: &facts,
                lane: known.lane.map(|(pseudonym, name)| (pseudonym, batch.text(name))),
                correction: batch.correction(known, seq),
            })?;
        }
        Ok(())
    }
}

/// The events of a body, as they were sent.
pub(super) fn split(body: &Bytes) -> Result<Vec<Bytes>, Unread> {
    let first = body.iter().copied().find(|byte| !byte.is_ascii_whitespace());
    let unreadable = |error: serde_json::Error| Unread::Body(error.to_string());
    match first {
        Some(b'[') => {
            let events: Vec<&RawValue> = serde_json::from_slice(body).map_err(unreadable)?;
            if events.len() > BATCH_MAX {
                return Err(Unread::TooMany(events.len()));
            }
            Ok(events.into_iter().map(|event| body.slice_ref(event.get().as_bytes())).collect())
        }
        Some(b'{') => {
            let event: &RawValue = serde_json::from_slice(body).map_err(unreadable)?;
            Ok(vec![body.slice_ref(event.get().as_bytes())])
        }
        _ => Err(Unread::Body("expected a CloudEvent or a list of them".to_owned())),
    }
}
