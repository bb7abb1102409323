//! Another revision of a change: what is asked anew is decided, judged and shown anew, and its steps begin anew.

use kith_domain::access::Grant;
use kith_domain::account::{Account, Command as AccountCommand, Draft};
use kith_domain::approval::{Change, Command as ChangeCommand, refusal};
use kith_domain::command::Command;
use kith_domain::decider::Decider as _;
use kith_domain::policy::{self, Policy, StepRule};
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::value::AccountId;
use kith_store::{Fault, Unit};
use serde_json::Value;

use super::{Held, Shown, change_facts, judge, noted, notify, preview, submission};
use crate::answer::{Answer, Outcome};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::noun::{POLICY, json_of, load};
use crate::permit;

/// What an edit brings: a merge patch over what the change asks for.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// The members to ask for instead; nothing to submit the same again.
    pub patch: Value,
    /// Why, in place of the reason before.
    pub reason: Option<String>,
    /// Only a change that is stale.
    pub stale_only: bool,
}

impl Engine {
    /// Puts another revision in the place of a change that waits, or submits a stale one again.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn edit_change(
        &self,
        caller: &Caller,
        id: &str,
        edit: Edit,
    ) -> Result<Result<Outcome, Vec<FieldFault>>, Fault> {
        let (engine, caller, id) = (self.clone(), caller.clone(), id.to_owned());
        let context = Caller { reason: edit.reason.clone(), ..caller.clone() }.context(self.now());
        let (done, effects) = self
            .store()
            .write(move |unit: &mut Unit<'_>| {
                let organisation = engine.organisation_in(unit)?;
                let mut walk = Walk {
                    engine: &engine,
                    unit,
                    caller: &caller,
                    context: &context,
                    organisation,
                    effects: Vec::new(),
                };
                let done = revise(&mut walk, &id, &edit)?;
                Ok((done, std::mem::take(&mut walk.effects)))
            })
            .await?;
        self.apply_effects(effects).await;
        Ok(done.map(|answer| Outcome { answer, replayed: false }))
    }
}

type Revised = Result<Answer, Vec<FieldFault>>;

fn revise(walk: &mut Walk<'_, '_>, id: &str, edit: &Edit) -> Result<Revised, Fault> {
    if !walk.caller.principal.may(Grant::ChangesSubmit, None) {
        return Ok(Ok(Answer::Refused(permit::denied(Grant::ChangesSubmit))));
    }
    let mut change = load::<Change>(walk.unit, id)?;
    if edit.stale_only && change.state.state != kith_domain::approval::ChangeState::Stale {
        return Ok(Ok(Answer::Refused(refusal::not_stale())));
    }
    let Some(held) = change.state.command.as_deref().cloned() else {
        return Ok(Ok(Answer::Refused(refusal::not_found())));
    };
    let facts = change_facts(walk, &change.state)?;
    let prepared = match held {
        Command::Account { id, command } => account(walk, id, &command, &edit.patch)?,
        Command::Policy(policy::Command::Set { rules }) => rules_again(walk, &rules, &edit.patch)?,
        _ => Prepared::Refused(refusal::not_editable()),
    };
    let (command, base_version, shown) = match prepared {
        Prepared::Faulty(faults) => return Ok(Err(faults)),
        Prepared::Refused(refusal) => return Ok(Ok(Answer::Refused(refusal))),
        Prepared::Ready { command, base_version, shown } => (command, base_version, shown),
    };
    let target = change.state.targets.first().cloned().unwrap_or_default();
    let mut judged = judge::judge(walk, &command, &target, &shown, Some(&change.state))?;
    if judged.verdict.steps.is_empty() {
        // What once waited goes on waiting for the same people.
        let rule = |step: &kith_domain::approval::Step| StepRule {
            role: step.role,
            approvals: step.approvals,
            proof: step.proof.clone(),
        };
        judged.verdict.steps = change.state.steps.iter().map(rule).collect();
        judged.verdict.lane = change.state.lane;
        judged.verdict.times = change.state.times.clone();
    }
    let held = Held { id: change.state.id, command: &command, target: &target, base_version };
    let mut submission = submission(walk, &held, shown, judged)?;
    submission.on_behalf_of = change.state.on_behalf_of;
    submission.reason = submission.reason.or_else(|| change.state.reason.clone());
    let asked = ChangeCommand::Edit(Box::new(submission));
    let secrets = walk.engine.store().secrets();
    match change.act(walk.unit, secrets, walk.context, &facts, &asked)? {
        Err(refusal) => return Ok(Ok(Answer::Refused(refusal))),
        Ok(false) => {}
        Ok(true) => {
            notify::after(walk, &change.state, &asked)?;
            noted(walk, &change);
        }
    }
    Ok(Ok(Answer::Waiting(Box::new(change.state))))
}

/// A revision that can be submitted, or why not.
#[expect(clippy::large_enum_variant, reason = "made once and taken apart at once")]
enum Prepared {
    Faulty(Vec<FieldFault>),
    Refused(Refusal),
    Ready { command: Command, base_version: Option<u64>, shown: Shown },
}

fn account(
    walk: &mut Walk<'_, '_>,
    id: AccountId,
    held: &AccountCommand,
    patch: &Value,
) -> Result<Prepared, Fault> {
    let (create, draft) = match held {
        AccountCommand::Create { draft, .. } => (true, draft),
        AccountCommand::Update { draft } => (false, draft),
        _ => return Ok(Prepared::Refused(refusal::not_editable())),
    };
    let engine = walk.engine;
    let (newer, faults) = Draft::read_patch(patch, id, &mut || engine.new_uuid().unwrap_or_default());
    if !faults.is_empty() {
        return Ok(Prepared::Faulty(faults));
    }
    let mut body = json_of(draft)?;
    overlay(&mut body, json_of(&newer)?);
    let draft: Box<Draft> =
        serde_json::from_value(body).map_err(|_| Fault::corrupt("a draft that cannot be read back"))?;
    let command = match held {
        AccountCommand::Create { number, .. } if create => {
            AccountCommand::Create { id, number: *number, draft, application: false }
        }
        _ => AccountCommand::Update { draft },
    };
    let loaded = load::<Account>(walk.unit, &id.to_string())?;
    Ok(match preview(walk, &loaded, &command)? {
        Err(refusal) => Prepared::Refused(refusal),
        Ok(None) => Prepared::Refused(refusal::nothing_left()),
        Ok(Some(shown)) => Prepared::Ready {
            command: Command::Account { id, command },
            base_version: (loaded.version > 0).then_some(loaded.version),
            shown,
        },
    })
}

fn rules_again(walk: &mut Walk<'_, '_>, held: &policy::Rules, patch: &Value) -> Result<Prepared, Fault> {
    let mut body = json_of(held)?;
    crate::policy::merge(&mut body, patch);
    let rules: Box<policy::Rules> = match serde_json::from_value(body) {
        Ok(rules) => rules,
        Err(error) => {
            return Ok(Prepared::Faulty(vec![FieldFault::new("", "malformed", error.to_string())]));
        }
    };
    let loaded = load::<Policy>(walk.unit, POLICY)?;
    let facts = policy::Facts { condition_faults: super::condition_faults(&rules, judge::home(walk)?) };
    let command = policy::Command::Set { rules };
    Ok(match loaded.state.decide(walk.context, &facts, &command) {
        Err(refusal) => Prepared::Refused(refusal),
        Ok(events) if events.is_empty() => Prepared::Refused(refusal::nothing_left()),
        Ok(_) => Prepared::Ready {
            shown: crate::policy::shown(&loaded.state.rules, &command)?,
            command: Command::Policy(command),
            base_version: Some(loaded.state.version),
        },
    })
}

/// Lays a newer draft over an older one: what it names is asked for instead. Rows of one id are one row.
fn overlay(older: &mut Value, newer: Value) {
    let (Value::Object(older), Value::Object(newer)) = (older, newer) else { return };
    for (name, value) in newer {
        match (older.get_mut(&name), value) {
            (Some(Value::Array(rows)), Value::Array(more))
                if rows.iter().all(is_row) && more.iter().all(is_row) =>
            {
                for row in more {
                    match rows
                        .iter_mut()
                        .find(|old| row.get("id").is_some() && old.get("id") == row.get("id"))
                    {
                        Some(old) => overlay_row(old, row),
                        None => rows.push(row),
                    }
                }
            }
            (_, value) => {
                older.insert(name, value);
            }
        }
    }
}

fn is_row(row: &Value) -> bool {
    row.get("action").is_some()
}

/// An added row that is then edited is still an added one.
fn overlay_row(older: &mut Value, newer: Value) {
    let action = older.get("action").cloned();
    if newer.get("action").and_then(Value::as_str) == Some("delete") {
        *older = newer;
        return;
    }
    crate::policy::merge(older, &newer);
    if let (Some(action), Some(members)) = (action, older.as_object_mut()) {
        members.insert("action".to_owned(), action);
    }
}
