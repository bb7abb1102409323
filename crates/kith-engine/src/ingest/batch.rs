//! A body into events, and events against those that are stored already.

use std::collections::BTreeMap;

use bytes::Bytes;
use kith_api::view::TouchpointReply;
use kith_store::{Fault, Unit};
use serde_json::value::RawValue;

use super::{BATCH_MAX, Recognised, Unread, seen_keys};

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

/// Those that are new, and those that stand against one with the same key but other content. The others are
/// counted as duplicates.
pub(super) fn deduplicate<'a>(
    unit: &mut Unit<'_>,
    known: &[&'a Recognised],
    reply: &mut TouchpointReply,
) -> Result<(Vec<&'a Recognised>, Vec<&'a Recognised>), Fault> {
    let hits = unit.seen(&seen_keys(known))?;
    let mut within: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let (mut fresh, mut conflicts) = (Vec::new(), Vec::new());
    for (event, hit) in known.iter().zip(hits) {
        let key = (event.stored.source.as_str(), event.stored.id.as_str());
        let before = hit.map(|hit| hit.digest).or_else(|| within.get(&key).copied());
        match before {
            None => {
                within.insert(key, event.stored.digest);
                fresh.push(*event);
            }
            Some(digest) if digest == event.stored.digest => {
                reply.duplicates = reply.duplicates.saturating_add(1);
            }
            Some(_) => conflicts.push(*event),
        }
    }
    Ok((fresh, conflicts))
}
