//! Deciding what waits in quarantine, and replaying what waited for its account.

mod desk;
mod repair;

use kith_domain::access::Grant;
use kith_domain::command::Command as AnyCommand;
use kith_domain::quarantine::{Command, Quarantine};
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_domain::value::QuarantineId;
use kith_store::{Fault, Noun};
use serde_json::{Value, json};

use crate::answer::{Answer, Outcome};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::{load, read};
use crate::permit;

/// Items replayed for one subject in one go.
const REPLAYED: u32 = 1_000;

impl Engine {
    /// Takes an event out of quarantine into the log: as it is (`replay`), or as the correction of the one it
    /// stands against (`accept`).
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn release(&self, caller: &Caller, id: QuarantineId, accept: bool) -> Result<Outcome, Fault> {
        let refused = |refusal| Ok(Outcome { answer: Answer::Refused(refusal), replayed: false });
        if !caller.principal.may(Grant::TouchpointsDecide, None) {
            return refused(permit::denied(Grant::TouchpointsDecide));
        }
        let name = id.to_string();
        let item = self.store().read(move |reader| load::<Quarantine>(reader, &name)).await?.state;
        if !item.exists() {
            return refused(permit::missing("quarantine.not_found", "There is no such item."));
        }
        let Some(mut event) = item.suspect.event.as_ref().and_then(|event| event.get().cloned()) else {
            return refused(Refusal::new(
                RefusalKind::Gone,
                "quarantine.erased",
                "The event was erased.",
                "",
            ));
        };
        if accept {
            as_correction(&mut event, id);
        }
        if let Err(refusal) = self.take_in(event).await? {
            return refused(refusal);
        }
        let command = if accept { Command::Accept { reason: None } } else { Command::Replay };
        self.execute(caller, Request::from(AnyCommand::Quarantine { id, command })).await
    }

    /// Puts an event into the log; the refusal when it would wait in quarantine again.
    async fn take_in(&self, event: Value) -> Result<Result<(), Refusal>, Fault> {
        Ok(self.take_again(&event).await?.map_err(|fault| {
            let code = format!("quarantine.{}", fault.code);
            Refusal::new(
                RefusalKind::Conflict,
                code,
                fault.message,
                "Mend the cause, then replay it, or discard it.",
            )
        }))
    }

    /// Replays what waited, for one of these reasons, for an account that answers to these subjects now.
    pub(crate) async fn replay_waiting(&self, subjects: Vec<String>, codes: &[&str]) -> Result<(), Fault> {
        let waiting = self
            .store()
            .read(move |reader| {
                // Mostly nothing waits at all: an import asks for its thousands of accounts only once.
                if reader.list(Noun::Quarantine, &[("state", "waiting".into())], None, 1)?.is_empty() {
                    return Ok(Vec::new());
                }
                let mut waiting = Vec::new();
                for subject in &subjects {
                    let index = [("state", "waiting".into()), ("subject_key", subject.as_str().into())];
                    for document in reader.list(Noun::Quarantine, &index, None, REPLAYED)? {
                        waiting.push(read::<Quarantine>(document)?);
                    }
                }
                Ok(waiting)
            })
            .await?;
        for item in waiting.into_iter().filter(|item| codes.contains(&item.state.suspect.code.as_str())) {
            let id = item.state.suspect.id;
            if let Some(event) = item.state.suspect.event.and_then(|event| event.value)
                && Box::pin(self.take_in(event)).await?.is_ok()
            {
                let command = AnyCommand::Quarantine { id, command: Command::Replay };
                Box::pin(self.execute(&Caller::system(), Request::from(command))).await?;
            }
        }
        Ok(())
    }
}

/// The event as a correction of the one with its id, under an id of its own.
fn as_correction(event: &mut Value, item: QuarantineId) {
    let id = event.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    if let Value::Object(members) = event {
        members.insert("supersedes".into(), json!(id));
        members.insert("id".into(), json!(format!("{id}#{item}")));
    }
}
