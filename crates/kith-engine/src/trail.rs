//! Noting who read personal data, who took data away, and who was refused (D§5.3).
//!
//! A read must not wait for a disk: what was read is noted in memory and becomes records of the ledger within a
//! second, one for each actor and door. What leaves as a file is noted before it leaves.

use std::sync::{Mutex, PoisonError};

use kith_domain::access::{ACCESS_KIND, Access, AccessAct, Accesses};
use kith_domain::context::{Actor, Channel, Context};
use kith_store::{Fault, NewRecord, Unit};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::json_of;

/// Most that waits in memory; what comes on top is counted with the last of its kind or written at once.
const WAITING_MAX: usize = 10_000;

/// What was noted and is not stored yet.
#[derive(Debug)]
pub(crate) struct Trail {
    /// The stream of this run: `access/` and an id of its own.
    stream: String,
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    groups: Vec<Group>,
    count: usize,
}

/// What one actor did through one door.
#[derive(Debug, Clone)]
struct Group {
    actor: Actor,
    channel: Channel,
    correlation: String,
    accesses: Vec<Access>,
}

impl Trail {
    pub(crate) fn new(run: uuid::Uuid) -> Self {
        Self { stream: format!("access/{}", run.simple()), waiting: Mutex::default() }
    }

    /// Notes an access; says whether it is time to write.
    fn note(&self, caller: &Caller, access: Access) -> bool {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let place = waiting
            .groups
            .iter()
            .position(|group| group.actor == caller.principal.actor && group.channel == caller.channel);
        let place = place.unwrap_or_else(|| {
            waiting.groups.push(Group {
                actor: caller.principal.actor.clone(),
                channel: caller.channel,
                correlation: caller.correlation.clone(),
                accesses: Vec::new(),
            });
            waiting.groups.len().saturating_sub(1)
        });
        let Some(group) = waiting.groups.get_mut(place) else { return false };
        if let Some(before) = group.accesses.iter_mut().rev().find(|before| before.repeats(&access)) {
            before.times = before.times.saturating_add(1);
            before.records = before.records.saturating_add(access.records);
        } else {
            group.accesses.push(access);
            waiting.count = waiting.count.saturating_add(1);
        }
        waiting.count >= WAITING_MAX
    }

    fn take(&self) -> Vec<Group> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.count = 0;
        std::mem::take(&mut waiting.groups)
    }

    /// Puts back what could not be written.
    fn put_back(&self, mut groups: Vec<Group>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.count = waiting.count.saturating_add(groups.iter().map(|group| group.accesses.len()).sum());
        groups.append(&mut waiting.groups);
        waiting.groups = groups;
    }

    /// Writes what was taken: the records of one run follow each other in one stream.
    fn append(&self, unit: &mut Unit<'_>, context: &Context, groups: &[Group]) -> Result<(), Fault> {
        let version = unit.stream_version(&self.stream)?;
        for (version, group) in (version.saturating_add(1)..).zip(groups) {
            let context = Context {
                actor: group.actor.clone(),
                channel: group.channel,
                correlation: group.correlation.clone(),
                ..context.clone()
            };
            let body = json_of(&Accesses { accesses: group.accesses.clone() })?;
            unit.append(NewRecord::new(&context, self.stream.clone(), version, ACCESS_KIND, body))?;
        }
        Ok(())
    }
}

impl Engine {
    /// Notes an access of somebody else than Kith itself.
    pub(crate) fn note_access(
        &self,
        caller: &Caller,
        act: AccessAct,
        what: &str,
        object: Option<String>,
        records: u64,
    ) {
        let (what, at) = (what.to_owned(), self.now());
        self.note(caller, Access { act, what, object, code: None, at, times: 1, records });
    }

    /// Notes that something was refused.
    pub(crate) fn note_refusal(&self, caller: &Caller, what: &str, object: Option<String>, code: &str) {
        let (what, code, at) = (what.to_owned(), Some(code.to_owned()), self.now());
        self.note(caller, Access { act: AccessAct::Refused, what, object, code, at, times: 1, records: 0 });
    }

    fn note(&self, caller: &Caller, access: Access) {
        if caller.channel == Channel::System {
            return;
        }
        if self.core().trail.note(caller, access) {
            let engine = self.clone();
            std::thread::spawn(move || {
                if let Err(fault) = engine.write_trail_blocking() {
                    tracing::warn!(%fault, "what was read could not be noted");
                }
            });
        }
    }

    /// Makes records of what was noted.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write; it is tried again with what comes next.
    pub async fn write_trail(&self) -> Result<(), Fault> {
        let Some((groups, mut job)) = self.trail_job() else { return Ok(()) };
        let written = self.store().write(move |unit| job(unit)).await;
        written.inspect_err(|_| self.core().trail.put_back(groups))
    }

    /// As [`Engine::write_trail`], for threads that may wait.
    pub(crate) fn write_trail_blocking(&self) -> Result<(), Fault> {
        let Some((groups, mut job)) = self.trail_job() else { return Ok(()) };
        let written = self.store().write_blocking(move |unit| job(unit));
        written.inspect_err(|_| self.core().trail.put_back(groups))
    }

    /// What waits, and the job that writes it.
    #[expect(clippy::type_complexity, reason = "a job has no name")]
    fn trail_job(
        &self,
    ) -> Option<(Vec<Group>, impl FnMut(&mut Unit<'_>) -> Result<(), Fault> + Send + use<>)> {
        let groups = self.core().trail.take();
        if groups.is_empty() {
            return None;
        }
        let (engine, context) = (self.clone(), Caller::system().context(self.now()));
        let written = groups.clone();
        Some((groups, move |unit: &mut Unit<'_>| engine.core().trail.append(unit, &context, &written)))
    }
}
