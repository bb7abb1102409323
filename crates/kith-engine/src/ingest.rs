//! The touchpoint walk: recognise, find the account, deduplicate, append, commit; then fold.

mod batch;
mod hold;
mod log;
mod sort;

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use kith_api::view::{QuarantinedEvent, TouchpointReply};
use kith_domain::access::Grant;
use kith_domain::context::Context;
use kith_domain::refusal::FieldFault;
use kith_store::{Ending, Fault, NewTouchpoint, Unit};
use serde_json::Value;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::heard::of_touchpoints;
use crate::permit;

pub(crate) use batch::{Batch, Committed, Shelf};
pub(crate) use hold::Suspected;
pub use log::{CHANNELS, Talk};

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

    /// Why an event would wait in quarantine as it stands; `None` where it would not.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub(crate) async fn would_wait(&self, event: &Value) -> Result<Option<FieldFault>, Fault> {
        Ok(self.sorted_one(event).await?.err())
    }

    /// Takes in an event that waited in quarantine. Where it would wait there again it is not taken, and no second item
    /// is made of it.
    ///
    /// # Errors
    /// [`Fault`] when it could not be stored.
    pub(crate) async fn take_again(&self, event: &Value) -> Result<Result<(), FieldFault>, Fault> {
        let batch = match self.sorted_one(event).await? {
            Ok(batch) => batch,
            Err(fault) => return Ok(Err(fault)),
        };
        let reply = self.store_sorted(&Caller::system(), batch).await?;
        Ok(match reply.quarantined.into_iter().next() {
            Some(held) => Err(FieldFault::new(held.pointer, held.code, held.detail)),
            None => Ok(()),
        })
    }

    /// One event on its own, sorted; why it would wait in quarantine, if it would.
    async fn sorted_one(&self, event: &Value) -> Result<Result<Batch, FieldFault>, Fault> {
        if self.core().feed.is_behind() {
            return Err(Fault::Busy);
        }
        let (engine, body) = (self.clone(), Bytes::from(event.to_string()));
        let sorted = tokio::task::spawn_blocking(move || engine.sort(&body)).await;
        Ok(match sorted.map_err(|_| Fault::Panicked)?? {
            Ok(batch) => match batch.suspects.first() {
                Some(suspect) => Err(suspect.fault.clone()),
                None => Ok(batch),
            },
            Err(_) => Err(FieldFault::new("", "unreadable", "The event cannot be read.")),
        })
    }

    async fn store_sorted(&self, caller: &Caller, batch: Batch) -> Result<TouchpointReply, Fault> {
        let context = caller.context(self.now());
        let engine = self.clone();
        let batch = Arc::new(batch);
        let mut reply = self.store().write(move |unit| engine.store_in(unit, &context, &batch)).await?;
        reply.quarantined.sort_by_key(|event| event.index);
        if !reply.quarantined.is_empty() {
            self.publish_work("quarantine");
        }
        metrics::counter!("kith_touchpoints_accepted_total").increment(reply.accepted);
        metrics::counter!("kith_touchpoints_duplicate_total").increment(reply.duplicates);
        metrics::counter!("kith_touchpoints_quarantined_total")
            .increment(u64::try_from(reply.quarantined.len()).unwrap_or_default());
        Ok(reply)
    }

    fn store_in(
        &self,
        unit: &mut Unit<'_>,
        context: &Context,
        batch: &Arc<Batch>,
    ) -> Result<TouchpointReply, Fault> {
        let mut reply = TouchpointReply::default();
        let (fresh, conflicts) = deduplicate(unit, batch, &mut reply)?;
        let stored: Vec<NewTouchpoint<'_>> =
            fresh.iter().map(|place| batch.stored(&batch.known[*place])).collect();
        let positions = if stored.is_empty() { Vec::new() } else { unit.append_touchpoints(&stored)? };
        reply.accepted = u64::try_from(positions.len()).unwrap_or_default();
        if positions.last().is_some_and(|last| u32::try_from(*last).is_err()) {
            return Err(Fault::corrupt("a position beyond 32 bits"));
        }
        let conflict = |place: &usize| Suspected::conflict(&batch.known[*place], batch);
        let held: Vec<Suspected> = conflicts.iter().map(conflict).collect();
        for suspect in batch.suspects.iter().chain(&held) {
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
        reply.position =
            positions.last().copied().map_or_else(|| unit.heads().map(|heads| heads.touchpoint), Ok)?;
        self.note_sources(unit, batch)?;
        if !positions.is_empty() {
            let core = self.downgrade();
            let fresh = fresh.into_iter().zip(positions).collect();
            let committed = Committed { batch: Arc::clone(batch), fresh };
            unit.on_end(move |ending| {
                if ending == Ending::Committed
                    && let Some(core) = core.upgrade()
                {
                    core.feed.send(committed);
                }
            });
        }
        Ok(reply)
    }

    /// Notes who was heard, whether it said something new or not.
    fn note_sources(&self, unit: &mut Unit<'_>, batch: &Batch) -> Result<(), Fault> {
        let now_ms = self.now().as_millisecond();
        let sources = batch.known.iter().map(|known| batch.text(known.source));
        let due = self.core().credit.heard.due(sources, now_ms);
        if due.is_empty() {
            return Ok(());
        }
        for source in &due {
            unit.note_heard(&of_touchpoints(source), now_ms)?;
        }
        let core = self.downgrade();
        unit.on_end(move |ending| {
            if let Some(core) = core.upgrade().filter(|_| ending == Ending::Committed) {
                core.credit.heard.wrote(due, now_ms);
            }
        });
        Ok(())
    }

    /// When the engine's clock says an event came.
    pub(crate) fn received_at(&self) -> Timestamp {
        self.now()
    }
}

/// Places of those that are new, and of those that stand against one with the same key but other content. The
/// others are counted as duplicates.
fn deduplicate(
    unit: &mut Unit<'_>,
    batch: &Batch,
    reply: &mut TouchpointReply,
) -> Result<(Vec<usize>, Vec<usize>), Fault> {
    let keys = batch.seen_keys();
    let hits = unit.seen(&keys)?;
    // By hash first: two keys of one hash are as good as never met, and are told apart all the same.
    let mut within: HashMap<(i64, &str, &str), i64> = HashMap::with_capacity(keys.len());
    let (mut fresh, mut conflicts) = (Vec::with_capacity(keys.len()), Vec::new());
    for (place, ((event, key), hit)) in batch.known.iter().zip(&keys).zip(hits).enumerate() {
        let key = (key.dedupe, key.source, key.id);
        let before = hit.map(|hit| hit.digest).or_else(|| within.get(&key).copied());
        match before {
            None => {
                within.insert(key, event.digest);
                fresh.push(place);
            }
            Some(digest) if digest == event.digest => reply.duplicates = reply.duplicates.saturating_add(1),
            Some(_) => conflicts.push(place),
        }
    }
    Ok((fresh, conflicts))
}
