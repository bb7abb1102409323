//! Quarantine: what cannot be recognised waits, nothing is lost.

use bytes::Bytes;
use kith_domain::context::Context;
use kith_domain::quarantine::{Command, Quarantine, Suspect};
use kith_domain::refusal::FieldFault;
use kith_domain::value::{Personal, QuarantineId, uuid_v7};
use kith_profile::Touchpoint;
use kith_store::{Fault, Unit};
use ring::digest::{SHA256, digest};
use serde_json::Value;

use super::batch::{Batch, Recognised};
use crate::engine::Engine;
use crate::noun::load;

/// An event that goes to quarantine, and why.
#[derive(Debug, Clone)]
pub(crate) struct Suspected {
    pub(super) index: usize,
    pub(super) fault: FieldFault,
    raw: Bytes,
    source: String,
    external_id: String,
    subject: Option<String>,
    at_ms: i64,
}

impl Suspected {
    pub(super) fn of(
        index: usize,
        raw: Bytes,
        fault: FieldFault,
        touchpoint: Option<&Touchpoint<'_>>,
    ) -> Self {
        let loose: Value = serde_json::from_slice(&raw).unwrap_or_default();
        let member = |name: &str| loose.get(name).and_then(Value::as_str).map(str::to_owned);
        let time = member("time").and_then(|time| time.parse::<jiff::Timestamp>().ok());
        Self {
            index,
            fault,
            source: member("source").unwrap_or_default(),
            external_id: member("id").unwrap_or_default(),
            subject: member("subject"),
            at_ms: touchpoint
                .map(|touchpoint| touchpoint.at_ms)
                .or(time.map(|time| time.as_millisecond()))
                .unwrap_or(0),
            raw,
        }
    }

    pub(super) fn conflict(known: &Recognised, batch: &Batch) -> Self {
        let message = "An event with this source and id is on record with other content.";
        let fault = FieldFault::new("/id", "conflict", message);
        let index = usize::try_from(known.index).unwrap_or(usize::MAX);
        Self::of(index, batch.raw.get(index).cloned().unwrap_or_default(), fault, None)
    }

    /// The same event gets the same id, so that sending it again does not fill the quarantine.
    fn id(&self) -> QuarantineId {
        let digest = digest(&SHA256, &self.raw);
        let mut random = [0; 10];
        random.iter_mut().zip(digest.as_ref()).for_each(|(slot, byte)| *slot = *byte);
        QuarantineId(uuid_v7(u64::try_from(self.at_ms).unwrap_or_default(), random))
    }
}

impl Engine {
    /// Puts an event into quarantine, once.
    pub(super) fn hold(
        &self,
        unit: &mut Unit<'_>,
        context: &Context,
        suspect: &Suspected,
    ) -> Result<String, Fault> {
        let id = suspect.id();
        let mut loaded = load::<Quarantine>(unit, &id.to_string())?;
        if loaded.state.exists() {
            return Ok(loaded.id);
        }
        let event: Value = serde_json::from_slice(&suspect.raw)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&suspect.raw).into_owned()));
        let command = Command::Hold(Box::new(Suspect {
            id,
            code: suspect.fault.code.clone(),
            detail: suspect.fault.message.clone(),
            pointer: Some(suspect.fault.pointer.clone()),
            source: suspect.source.clone(),
            external_id: suspect.external_id.clone(),
            subject: suspect.subject.clone().map(|subject| Personal::new(id, subject)),
            event: Some(Personal::new(id, event)),
        }));
        let context = Context { now: self.received_at(), ..context.clone() };
        let acted = loaded.act(unit, self.store().secrets(), &context, &(), &command)?;
        acted
            .map(|_| loaded.id)
            .map_err(|refusal| Fault::corrupt(format!("quarantine refused: {}", refusal.code)))
    }
}
