//! Repairing what waits in quarantine, giving it to somebody, and deciding about several at once.

use std::collections::BTreeSet;

use kith_api::request::{QuarantineAct, QuarantineDecide, QuarantineRepair};
use kith_api::view::{QuarantineBatch, QuarantineOutcome};
use kith_domain::access::Grant;
use kith_domain::command::Command as AnyCommand;
use kith_domain::quarantine::{Command, Quarantine, refusal};
use kith_domain::refusal::Refusal;
use kith_domain::user::User;
use kith_domain::value::{Personal, QuarantineId, UserId};
use kith_store::Fault;
use serde_json::{Value, json};

use crate::answer::{Answer, Outcome};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::list::invalid;
use crate::noun::load;
use crate::permit;

/// Items that are decided about at once.
const DECIDED_MAX: usize = 200;

fn refused(refusal: Refusal) -> Outcome {
    Outcome { answer: Answer::Refused(refusal), replayed: false }
}

impl Engine {
    /// Puts right what an event says, and takes it in. An event that would wait again is refused, and nothing is changed.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn repair(
        &self,
        caller: &Caller,
        id: QuarantineId,
        request: &QuarantineRepair,
    ) -> Result<Outcome, Fault> {
        if !caller.principal.may(Grant::TouchpointsDecide, None) {
            return Ok(refused(permit::denied(Grant::TouchpointsDecide)));
        }
        let name = id.to_string();
        let item = self.store().read(move |reader| load::<Quarantine>(reader, &name)).await?.state;
        if !item.exists() {
            return Ok(refused(refusal::not_found()));
        }
        if item.is_conflict() {
            return Ok(refused(refusal::conflict()));
        }
        let held = item.suspect.event.and_then(|event| event.value);
        let event = match self.repaired(caller, held, request) {
            Ok(event) => event,
            Err(refusal) => return Ok(refused(refusal)),
        };
        if let Some(fault) = self.would_wait(&event).await? {
            let place = if request.event.is_some() {
                format!("event{}", fault.pointer)
            } else {
                "subject".to_owned()
            };
            return Ok(refused(invalid(&place, &fault.code, fault.message)));
        }
        let by = caller.principal.user().map_or_else(String::new, |user| user.to_string());
        let reason = Some(Personal::new(by, request.reason.clone()));
        let command = Command::Repair { event: Personal::new(id, event), reason };
        let outcome = self.execute(caller, Request::from(AnyCommand::Quarantine { id, command })).await?;
        match outcome.answer {
            Answer::Done(_) => self.release(caller, id, false).await,
            Answer::Refused(_) | Answer::Waiting(_) => Ok(outcome),
        }
    }

    /// The event as the request wants it.
    fn repaired(
        &self,
        caller: &Caller,
        held: Option<Value>,
        request: &QuarantineRepair,
    ) -> Result<Value, Refusal> {
        let asked = request.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty());
        if request.event.is_none() && asked.is_none() {
            return Err(invalid("subject", "required", "Say whose it is, or give the whole event."));
        }
        let Some(mut event) = request.event.clone().or(held).filter(Value::is_object) else {
            return Err(invalid("event", "not_an_object", "Give the whole event: what came is no object."));
        };
        if let (Some(asked), Value::Object(members)) = (asked, &mut event) {
            let subject = match self.account_known(caller, asked) {
                Some(account) => account.to_string(),
                None => asked.to_owned(),
            };
            members.insert("subject".to_owned(), json!(subject));
        }
        Ok(event)
    }

    /// Says who looks after an item; nobody for `None`.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn assign_quarantined(
        &self,
        caller: &Caller,
        id: QuarantineId,
        to: Option<&str>,
    ) -> Result<Outcome, Fault> {
        let to = match to {
            None => None,
            Some(name) => match self.colleague(caller, name).await? {
                Some(user) => Some(user),
                None => {
                    return Ok(refused(invalid(
                        "to",
                        "user_unknown",
                        "Expected me, or usr_… of an active user.",
                    )));
                }
            },
        };
        let command = AnyCommand::Quarantine { id, command: Command::Assign { to } };
        self.execute(caller, Request::from(command)).await
    }

    /// An active user of the organisation, by id or as `me`.
    async fn colleague(&self, caller: &Caller, name: &str) -> Result<Option<UserId>, Fault> {
        let id = if name == "me" { caller.principal.user() } else { name.parse().ok() };
        let Some(id) = id else { return Ok(None) };
        let user = self.store().read(move |reader| load::<User>(reader, &id.to_string())).await?.state;
        Ok((user.is_active() && user.portal.is_none()).then_some(id))
    }

    /// Does the same with several items. Each is on record for itself; one that is refused holds up no other.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out; what was done before stays done.
    pub async fn decide_quarantined(
        &self,
        caller: &Caller,
        request: &QuarantineDecide,
    ) -> Result<Result<QuarantineBatch, Refusal>, Fault> {
        if !caller.principal.may(Grant::TouchpointsDecide, None) {
            return Ok(Err(permit::denied(Grant::TouchpointsDecide)));
        }
        if request.items.is_empty() || request.items.len() > DECIDED_MAX {
            let message = format!("Name 1 to {DECIDED_MAX} items.");
            return Ok(Err(invalid("items", "items_range", message)));
        }
        let mut batch = QuarantineBatch::default();
        for name in request.items.iter().collect::<BTreeSet<_>>() {
            let answer = match name.parse() {
                Ok(id) => self.decide_quarantined_one(caller, id, request).await?.answer,
                Err(_) => Answer::Refused(refusal::not_found()),
            };
            let refusal = match answer {
                Answer::Refused(refusal) => Some(refusal),
                Answer::Done(_) | Answer::Waiting(_) => None,
            };
            let count = if refusal.is_none() { &mut batch.done } else { &mut batch.refused };
            *count = count.saturating_add(1);
            let name = name.clone();
            let item = name.clone();
            let state = self.store().read(move |reader| load::<Quarantine>(reader, &item)).await?.state;
            batch.items.push(QuarantineOutcome {
                id: name,
                state: if state.exists() { state.state.as_str().to_owned() } else { String::new() },
                code: refusal.as_ref().map(|refusal| refusal.code.clone().to_string()),
                refusal: refusal.map(|refusal| refusal.sentence.to_string()),
            });
        }
        Ok(Ok(batch))
    }

    async fn decide_quarantined_one(
        &self,
        caller: &Caller,
        id: QuarantineId,
        request: &QuarantineDecide,
    ) -> Result<Outcome, Fault> {
        let reason = request.reason.clone().unwrap_or_default();
        match request.act {
            QuarantineAct::Replay => self.release(caller, id, false).await,
            QuarantineAct::Repair => {
                let repair = QuarantineRepair { event: None, subject: request.subject.clone(), reason };
                self.repair(caller, id, &repair).await
            }
            QuarantineAct::Assign => self.assign_quarantined(caller, id, request.to.as_deref()).await,
            QuarantineAct::Discard => {
                let by = caller.principal.user().map_or_else(String::new, |user| user.to_string());
                let command = Command::Discard { reason: Some(Personal::new(by, reason)) };
                self.execute(caller, Request::from(AnyCommand::Quarantine { id, command })).await
            }
        }
    }
}
