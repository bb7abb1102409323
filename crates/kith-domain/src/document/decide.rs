//! The rules of documents.

use jiff::civil::Date;

use super::{
    Command, Decision, Document, DocumentKind, DocumentStatus, Event, Received, RetentionClass, SIZE_MAX,
    refusal,
};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{DocumentId, Personal, line};

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Today, in the zone of the organisation.
    pub today: Option<Date>,
    /// The first document of the account that has the same content.
    pub same_content: Option<DocumentId>,
}

impl Decider for Document {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        if let Command::Receive(received) = command {
            if self.received_at.is_some() {
                return Err(refusal::exists());
            }
            return received_event(context, facts, received).map(|event| vec![event]);
        }
        if self.deleted_at.is_some() && *command == Command::Delete {
            return Ok(vec![]);
        }
        if !self.exists() {
            return Err(refusal::not_found());
        }
        let at = context.now;
        match command {
            // Handled above: the only command before there is a document.
            Command::Receive(_) => Ok(vec![]),
            Command::Verify => self.verify(context, facts),
            Command::Reject { reason } => match &self.decision {
                Some(decision) if decision.verified => Err(refusal::decided()),
                Some(_) => Ok(vec![]),
                None => {
                    let reason = Some(checked_reason(reason)?);
                    let by = context.actor.user;
                    Ok(vec![Event::Decided { decision: Decision { verified: false, by, at, reason } }])
                }
            },
            Command::SetLegalHold { on, .. } if *on == self.legal_hold => Ok(vec![]),
            Command::SetLegalHold { on, reason } => {
                Ok(vec![Event::LegalHoldSet { on: *on, reason: checked_reason(reason)?, at }])
            }
            Command::Delete if self.legal_hold => Err(refusal::legal_hold()),
            Command::Delete => Ok(vec![Event::Deleted { at }]),
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Received { .. } => "document.received.v1",
            Event::Decided { .. } => "document.decided.v1",
            Event::LegalHoldSet { .. } => "document.legal_hold_set.v1",
            Event::Deleted { .. } => "document.deleted.v1",
        }
    }
}

impl Document {
    /// Four eyes: who brought it does not verify it.
    fn verify(&self, context: &Context, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        match self.status(today(context, facts)) {
            DocumentStatus::Verified => return Ok(vec![]),
            DocumentStatus::Rejected => return Err(refusal::decided()),
            DocumentStatus::Expired => return Err(refusal::expired()),
            DocumentStatus::Received => return Err(refusal::not_scanned()),
            DocumentStatus::Scanned | DocumentStatus::Deleted => {}
        }
        if context.actor.user.is_some() && context.actor.user == self.received_by {
            return Err(refusal::own());
        }
        let by = context.actor.user;
        Ok(vec![Event::Decided { decision: Decision { verified: true, by, at: context.now, reason: None } }])
    }
}

fn today(context: &Context, facts: &Facts) -> Date {
    facts.today.unwrap_or_else(|| context.now.to_zoned(jiff::tz::TimeZone::UTC).date())
}

fn checked_reason(reason: &str) -> Result<String, Refusal> {
    line(reason, 500).map_err(|error| {
        refusal::invalid().with_fields(vec![FieldFault::new("/reason", error.code(), error.to_string())])
    })
}

fn received_event(context: &Context, facts: &Facts, received: &Received) -> Result<Event, Refusal> {
    let mut faults = Vec::new();
    let mut fault = |place: &str, code: &str, message: String| {
        faults.push(FieldFault::new(place, code, message));
    };
    let kind = DocumentKind::get(received.kind.trim());
    if kind.is_none() {
        let expected = DocumentKind::CODES.join(", ");
        fault("/type", "not_in_list", format!("expected one of {expected}"));
    }
    let retention = received.retention.as_deref().map(|code| RetentionClass::get(code.trim()));
    if retention == Some(None) {
        let expected = RetentionClass::CODES.join(", ");
        fault("/retention", "not_in_list", format!("expected one of {expected}"));
    }
    let given = received.name.get().map_or("", String::as_str);
    // Only the last part of a path: where it lay before is nobody's business.
    let name = line(given.rsplit(['/', '\\']).next().unwrap_or_default(), 255);
    if let Err(error) = &name {
        fault("/name", error.code(), error.to_string());
    }
    if received.size == 0 {
        fault("", "empty", "the file is empty".to_owned());
    } else if received.size > SIZE_MAX {
        fault("", "too_large", "the file is larger than 50 MiB".to_owned());
    }
    if !is_media_type(&received.mime) {
        fault("/mime", "media_type_invalid", "expected a media type such as application/pdf".to_owned());
    }
    let mut day = |place: &str, text: Option<&str>| {
        let day = text?.trim().parse::<Date>().ok();
        if day.is_none() {
            fault(place, "date_invalid", "expected a date such as 2026-01-31".to_owned());
        }
        day
    };
    let issued_on = day("/issued_on", received.issued_on.as_deref());
    let expires_on = day("/expires_on", received.expires_on.as_deref());
    if issued_on.is_some_and(|issued| issued > today(context, facts)) {
        fault("/issued_on", "in_the_future", "nothing was issued on a day to come".to_owned());
    }
    if issued_on.zip(expires_on).is_some_and(|(first, last)| last < first) {
        fault("/expires_on", "ends_before_start", "the last day lies before the day of issue".to_owned());
    }
    let (Some(kind), Ok(name), true) = (kind, name, faults.is_empty()) else {
        return Err(refusal::invalid().with_fields(faults));
    };
    Ok(Event::Received {
        id: received.id,
        account: received.account,
        kind,
        name: Personal::new(received.account, name),
        mime: received.mime.to_ascii_lowercase(),
        size: received.size,
        digest: received.digest.clone(),
        sha256: received.sha256.clone(),
        scanned: received.fits == Some(true),
        duplicate_of: facts.same_content,
        issued_on,
        expires_on,
        retention: retention.flatten().unwrap_or_else(|| RetentionClass::of(kind)),
        by: context.actor.user,
        at: context.now,
    })
}

/// `type/subtype` without parameters.
fn is_media_type(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte))
    };
    text.len() <= 100 && text.split_once('/').is_some_and(|(kind, rest)| word(kind) && word(rest))
}
