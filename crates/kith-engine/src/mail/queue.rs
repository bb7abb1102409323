//! Into the outbox.

use jiff::{SignedDuration, Timestamp};
use kith_domain::context::{Actor, Context};
use kith_domain::mail::{Command, Letter, Mail};
use kith_domain::value::{AccountId, MailId, Personal};
use kith_store::Fault;

use super::Sheet;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::noun::load;

/// Days for which a mail without a link is worth sending.
const WORTH_DAYS: i64 = 14;

/// A mail before it has an id.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) account: AccountId,
    /// What it is about: `ctr_…`, `usr_…`, `onb_…`.
    pub(crate) about: String,
    pub(crate) to: Personal<String>,
    pub(crate) name: Personal<String>,
    pub(crate) sheet: Sheet,
    /// The path of its link, and until when that works.
    pub(crate) link: Option<(String, Timestamp)>,
}

/// Puts a mail into the outbox. Nobody without an address gets one.
pub(crate) fn queue(walk: &mut Walk<'_, '_>, draft: Draft) -> Result<(), Fault> {
    if draft.to.get().is_none_or(|address| address.trim().is_empty()) {
        return Ok(());
    }
    let id = MailId(walk.engine.new_uuid()?);
    let now = walk.context.now;
    let worth = now.checked_add(SignedDuration::from_hours(WORTH_DAYS.saturating_mul(24))).ok();
    let subject = draft.to.subject.clone();
    let sealed = |text: String| Personal { subject: subject.clone(), value: Some(text) };
    let letter = Letter {
        id,
        kind: draft.sheet.kind,
        account: draft.account,
        about: draft.about,
        name: Personal { subject: subject.clone(), value: draft.name.value.or_else(|| Some(String::new())) },
        subject: sealed(draft.sheet.subject),
        text: sealed(draft.sheet.text),
        until: draft.link.as_ref().map(|(_, until)| *until).or(worth),
        link: draft.link.map(|(path, _)| Personal::new(id, path)),
        to: draft.to,
    };
    let context = Context { actor: Actor::system(), reason: None, ..walk.context.clone() };
    let mut loaded = load::<Mail>(walk.unit, &id.to_string())?;
    let secrets = walk.engine.store().secrets();
    let queued = loaded.act(walk.unit, secrets, &context, &(), &Command::Queue(Box::new(letter)))?;
    queued.map(drop).map_err(|refusal| Fault::corrupt(format!("a mail was refused: {}", refusal.code)))
}

impl Engine {
    /// Puts mails into the outbox, all of them or none.
    pub(crate) async fn queue_mails(&self, caller: &Caller, drafts: Vec<Draft>) -> Result<(), Fault> {
        if drafts.is_empty() {
            return Ok(());
        }
        let (engine, caller, context) = (self.clone(), caller.clone(), caller.context(self.now()));
        self.store()
            .write(move |unit| {
                let organisation = engine.organisation_in(unit)?;
                let (caller, context) = (&caller, &context);
                let mut walk =
                    Walk { engine: &engine, unit, caller, context, organisation, effects: Vec::new() };
                drafts.iter().try_for_each(|draft| queue(&mut walk, draft.clone()))
            })
            .await
    }
}
