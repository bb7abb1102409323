//! Looks after changes that wait: reminds, hands on, lets lapse. Asked again and again, each does it once.

use jiff::Timestamp;
use kith_domain::approval::{Change, ChangeState, Command};
use kith_domain::context::Context;
use kith_domain::policy::Policy;
use kith_store::Fault;

use super::{notify, relation};
use crate::caller::Caller;
use crate::effect::Effect;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::noun::{POLICY, load, read};

/// Changes of one transaction.
const PAGE: u32 = 100;

impl Engine {
    /// Does what the clock asks of the changes that wait; says how many it touched.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write; what was done before stays done.
    pub async fn tend_changes(&self, now: Timestamp) -> Result<usize, Fault> {
        let due = self
            .store()
            .read(move |reader| {
                let documents = reader.due_changes(now.as_millisecond(), PAGE)?;
                Ok(documents.into_iter().map(|document| document.id).collect::<Vec<_>>())
            })
            .await?;
        for id in &due {
            let (engine, id) = (self.clone(), id.clone());
            let caller = Caller::system();
            let context = caller.context(now);
            let effects = self.store().write(move |unit| tend(&engine, unit, &caller, &context, &id)).await?;
            self.apply_effects(effects).await;
        }
        Ok(due.len())
    }
}

fn tend(
    engine: &Engine,
    unit: &mut kith_store::Unit<'_>,
    caller: &Caller,
    context: &Context,
    id: &str,
) -> Result<Vec<Effect>, Fault> {
    let organisation = engine.organisation_in(unit)?;
    let mut walk = Walk { engine, unit, caller, context, organisation, effects: Vec::new() };
    let rules = load::<Policy>(walk.unit, POLICY)?.state.rules;
    let document = walk.unit.document(kith_store::Noun::Change, id)?;
    let Some(document) = document else { return Ok(Vec::new()) };
    let mut change = read::<Change>(document)?;
    let facts = relation::system_facts(walk.unit, &walk.organisation, relation::entity_of(&change.state))?;
    while let Some(command) = next(&change.state, context.now, |role, level| rules.successor(role, level)) {
        let secrets = engine.store().secrets();
        match change.act(walk.unit, secrets, context, &facts, &command)? {
            Ok(true) => notify::after(&mut walk, &change.state, &command)?,
            Ok(false) | Err(_) => break,
        }
    }
    super::noted(&mut walk, &change);
    Ok(walk.effects)
}

/// The next thing that the clock asks, if there is any.
fn next(
    change: &Change,
    now: Timestamp,
    successor: impl Fn(kith_domain::access::Role, u8) -> Option<kith_domain::access::Role>,
) -> Option<Command> {
    if change.state != ChangeState::Waiting {
        return None;
    }
    if change.has_lapsed(now) {
        return Some(Command::Expire);
    }
    let (_, step) = change.next_step()?;
    if let Some((level, at)) = step.next_escalation()
        && now >= at
    {
        return Some(Command::Escalate { level, to: successor(step.role, level) });
    }
    let remind =
        step.reminded_at.is_none() && step.schedule.is_some_and(|schedule| now >= schedule.remind_at);
    (remind && step.escalations.is_empty()).then_some(Command::Remind)
}
