//! What a person tells of a talk with a customer: a touchpoint like any other, told by somebody of the house.

use bytes::Bytes;
use jiff::Timestamp;
use kith_api::view::EvidenceView;
use kith_domain::access::Grant;
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_store::Fault;
use serde_json::json;

use super::Unread;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::permit;

/// Longest text, in characters.
const TEXT_MAX: usize = 4_000;

/// How one talked.
pub const CHANNELS: [&str; 3] = ["call", "meeting", "visit"];

/// A talk with a customer, as it was told.
#[derive(Debug, Clone, Default)]
pub struct Talk {
    /// One of [`CHANNELS`].
    pub channel: String,
    /// With whom.
    pub with: String,
    /// What was said.
    pub text: String,
    /// When; now if nothing is said.
    pub at: Option<Timestamp>,
    /// Names it, so that sending it twice tells it once.
    pub key: String,
}

impl Engine {
    /// Puts a talk with a customer on record. It counts as a contact.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write.
    pub async fn log_talk(
        &self,
        caller: &Caller,
        name: &str,
        talk: &Talk,
    ) -> Result<Result<EvidenceView, Refusal>, Fault> {
        let loaded = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let entity = &loaded.state.owning_entity;
        if !caller.principal.may(Grant::NotesWrite, Some(entity)) {
            return Ok(Err(permit::denied_for(Grant::NotesWrite, entity)));
        }
        let now = self.now();
        let faults = faults(talk, now);
        if !faults.is_empty() {
            let refusal = Refusal::new(
                RefusalKind::Unprocessable,
                "talk.invalid",
                "This talk cannot be put on record yet.",
                "Correct the fields that are named.",
            );
            return Ok(Err(refusal.with_fields(faults)));
        }
        let by = caller.principal.user().map(|user| user.to_string()).unwrap_or_default();
        let told = EvidenceView {
            source: "kith/log".to_owned(),
            id: format!("{}:{}", loaded.id, talk.key),
            kind: "io.kith.meeting.held".to_owned(),
            time: talk.at.unwrap_or(now).to_string(),
        };
        let event = json!({
            "specversion": "1.0",
            "id": told.id,
            "source": told.source,
            "type": told.kind,
            "subject": loaded.id,
            "time": told.time,
            "data": {"channel": talk.channel, "with": talk.with.trim(), "text": talk.text.trim(), "by": by},
        });
        let engine = self.clone();
        let body = Bytes::from(event.to_string());
        let sorted = tokio::task::spawn_blocking(move || engine.sort(&body)).await;
        match sorted.map_err(|_| Fault::Panicked)?? {
            Ok(sorted) => self.store_sorted(caller, sorted).await.map(|_| Ok(told)),
            Err(Unread::Denied(refusal)) => Ok(Err(refusal)),
            Err(_) => Err(Fault::corrupt("a talk made no touchpoint")),
        }
    }
}

fn faults(talk: &Talk, now: Timestamp) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if !CHANNELS.contains(&talk.channel.as_str()) {
        faults.push(FieldFault::new(
            "/channel",
            "not_in_list",
            format!("expected one of {}", CHANNELS.join(", ")),
        ));
    }
    if talk.text.trim().is_empty() {
        faults.push(FieldFault::new("/text", "required", "say what it was about"));
    }
    if talk.text.chars().count() > TEXT_MAX {
        faults.push(FieldFault::new("/text", "too_long", format!("at most {TEXT_MAX} characters")));
    }
    if talk.with.chars().count() > 200 {
        faults.push(FieldFault::new("/with", "too_long", "at most 200 characters"));
    }
    if talk.at.is_some_and(|at| at > now) {
        faults.push(FieldFault::new("/at", "in_future", "a talk is logged once it was held"));
    }
    faults
}
