//! Deciding a change, and applying what all have approved: the held command is decided again on today's state.

use std::collections::BTreeSet;

use kith_domain::account::{Account, Command as AccountCommand, fields_touched};
use kith_domain::approval::{Change, ChangeState, Command as ChangeCommand, Conflict, Rebase};
use kith_domain::command::Command;
use kith_domain::context::{Actor, Context};
use kith_domain::import;
use kith_domain::policy::Policy;
use kith_domain::refusal::Refusal;
use kith_domain::risk::Risk;
use kith_domain::user::User;
use kith_store::Fault;
use serde_json::{Value, json};

use super::{apply_account, change_facts, condition_faults, entity_of, judge, noted, notify, relation};
use crate::answer::{Answer, Receipt};
use crate::effect::Effect;
use crate::execute::Walk;
use crate::noun::{Loaded, POLICY, cause_of_change, load};
use crate::{facts, merge, permit};

/// Decides, comments, cancels, reviews; the decision that completes a change applies it in the same transaction.
pub(crate) fn decide_change(
    walk: &mut Walk<'_, '_>,
    id: &str,
    command: &ChangeCommand,
) -> Result<Answer, Fault> {
    let mut change = load::<Change>(walk.unit, id)?;
    if !change.state.exists() {
        return Ok(Answer::Refused(permit::missing("change.not_found", "There is no such change.")));
    }
    let secrets = walk.engine.store().secrets();
    let facts = change_facts(walk, &change.state)?;
    if change.state.has_lapsed(walk.context.now)
        && change.act(walk.unit, secrets, walk.context, &facts, &ChangeCommand::Expire)?.is_ok()
    {
        notify::after(walk, &change.state, &ChangeCommand::Expire)?;
        noted(walk, &change);
    }
    match change.act(walk.unit, secrets, walk.context, &facts, command)? {
        Err(refusal) => return Ok(Answer::Refused(refusal)),
        Ok(false) => {}
        Ok(true) => {
            if change.state.state == ChangeState::Applying {
                apply_held(walk, &mut change)?;
            }
            notify::after(walk, &change.state, command)?;
            noted(walk, &change);
        }
    }
    Ok(Answer::Waiting(Box::new(change.state)))
}

/// Decides the held command again, on the state of today, as the one who submitted it.
fn apply_held(walk: &mut Walk<'_, '_>, change: &mut Loaded<Change>) -> Result<(), Fault> {
    let Some(held) = change.state.command.clone() else { return Ok(()) };
    let submitter = change.state.submitted_by.clone().unwrap_or_else(Actor::system);
    let context = Context { actor: submitter, reason: None, ..walk.context.clone() };
    let cause = cause_of_change(&change.id);
    let settled = match *held {
        Command::Account { id, command } => {
            let loaded = load::<Account>(walk.unit, &id.to_string())?;
            let left = merge::left_behind(&loaded.state, &command);
            let settled = match moved_under(walk, change, &loaded, &command)? {
                Moved::Apart(stale) => stale,
                Moved::No => {
                    settled(apply_account(walk, loaded, &command, &context, Some(&cause))?, "account_id")
                }
                Moved::Along(rebase) => {
                    let answer = apply_account(walk, loaded, &command, &context, Some(&cause))?;
                    rebased(settled(answer, "account_id"), rebase)
                }
            };
            with_left(settled, &left)
        }
        Command::User { id, command } => {
            let mut loaded = load::<User>(walk.unit, &id.to_string())?;
            let facts = facts::user(walk, &command, &loaded.state)?;
            let answer = act_as(walk, &mut loaded, &facts, &command, &context, &cause)?;
            walk.effects.push(Effect::Users);
            settled(answer, "user_id")
        }
        Command::Risk { id, command } => {
            let loaded = load::<Risk>(walk.unit, &id.to_string())?;
            settled(crate::risk::apply(walk, loaded, &command, &context, Some(&cause))?, "account_id")
        }
        Command::Policy(command) => apply_policy(walk, change, &command, &context, &cause)?,
        Command::Import { id, command } => {
            let mut loaded = load::<import::Import>(walk.unit, &id.to_string())?;
            let answer = act_as(walk, &mut loaded, &(), &command, &context, &cause)?;
            if let Answer::Refused(_) = &answer {
                settled(answer, "import_id")
            } else {
                let back = matches!(command, import::Command::Revert);
                walk.effects.push(if back { Effect::ImportRevert(id) } else { Effect::ImportStart(id) });
                return Ok(()); // Stays `applying` until the last row is done.
            }
        }
        Command::Onboarding { id, command } => {
            let answer = crate::onboarding::apply(walk, &id.to_string(), &command, &context, Some(&cause))?;
            walk.effects.push(Effect::Onboarding(id));
            settled(answer, "onboarding_id")
        }
        _ => ChangeCommand::MarkFailed { result: json!({"code": "change.unsupported"}) },
    };
    let system = Context { actor: Actor::system(), ..walk.context.clone() };
    let facts = relation::system_facts(walk.unit, &walk.organisation, entity_of(&change.state))?;
    let marked = change.act(walk.unit, walk.engine.store().secrets(), &system, &facts, &settled)?;
    marked
        .map(drop)
        .map_err(|refusal: Refusal| Fault::corrupt(format!("a change cannot be settled: {}", refusal.code)))
}

/// The policy is one whole: what was changed meanwhile is looked at again, never merged.
fn apply_policy(
    walk: &mut Walk<'_, '_>,
    change: &Loaded<Change>,
    command: &kith_domain::policy::Command,
    context: &Context,
    cause: &Value,
) -> Result<ChangeCommand, Fault> {
    let mut loaded = load::<Policy>(walk.unit, POLICY)?;
    if change.state.base_version.is_some_and(|base| base != loaded.state.version) {
        let today = crate::noun::json_of(&loaded.state.rules)?;
        let conflicts = conflicts(change, &today, |_| true);
        return Ok(ChangeCommand::MarkStale { version: loaded.state.version, conflicts });
    }
    let kith_domain::policy::Command::Set { rules } = command;
    let before = loaded.state.rules.credit.scorecard;
    let facts = kith_domain::policy::Facts { condition_faults: condition_faults(rules, judge::home(walk)?) };
    let answer = act_as(walk, &mut loaded, &facts, command, context, cause)?;
    if rules.credit.scorecard != before {
        walk.effects.push(Effect::Scorecard);
    }
    Ok(match settled(answer, "policy_id") {
        ChangeCommand::MarkApplied { .. } => {
            let result = json!({"policy_version": loaded.state.version});
            ChangeCommand::MarkApplied { result, rebase: None }
        }
        failed => failed,
    })
}

fn act_as<D: crate::noun::Stored>(
    walk: &mut Walk<'_, '_>,
    loaded: &mut Loaded<D>,
    facts: &D::Facts,
    command: &D::Command,
    context: &Context,
    cause: &Value,
) -> Result<Answer, Fault> {
    let events = match loaded.state.decide(context, facts, command) {
        Ok(events) => events,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    loaded.append(walk.unit, walk.engine.store().secrets(), context, &events, Some(cause))?;
    Ok(Answer::Done(Receipt { id: loaded.id.clone(), version: loaded.version, changed: !events.is_empty() }))
}

fn settled(answer: Answer, name: &str) -> ChangeCommand {
    match answer {
        Answer::Done(receipt) => {
            let result = json!({name: receipt.id, "version": receipt.version});
            ChangeCommand::MarkApplied { result, rebase: None }
        }
        Answer::Refused(refusal) => ChangeCommand::MarkFailed {
            result: json!({"code": refusal.code, "sentence": refusal.sentence, "clears": refusal.clears, "fields": refusal.fields}),
        },
        Answer::Waiting(_) => ChangeCommand::MarkFailed { result: json!({"code": "change.held_twice"}) },
    }
}

/// What came of it, with the rows that somebody must look at.
fn with_left(settled: ChangeCommand, left: &[String]) -> ChangeCommand {
    match settled {
        ChangeCommand::MarkApplied { result: Value::Object(mut result), rebase } if !left.is_empty() => {
            result.insert("left".to_owned(), json!(left));
            ChangeCommand::MarkApplied { result: Value::Object(result), rebase }
        }
        other => other,
    }
}

fn rebased(settled: ChangeCommand, rebase: Rebase) -> ChangeCommand {
    match settled {
        ChangeCommand::MarkApplied { result, .. } => {
            ChangeCommand::MarkApplied { result, rebase: Some(rebase) }
        }
        other => other,
    }
}

/// What became of the record since the change was made.
enum Moved {
    /// Nothing.
    No,
    /// It moved elsewhere: the change still fits.
    Along(Rebase),
    /// It moved in fields that the change touches itself.
    Apart(ChangeCommand),
}

/// Whether the record moved under the change (D§5.2): by what its records since say, and by the values that
/// the approvers were shown.
fn moved_under(
    walk: &mut Walk<'_, '_>,
    change: &Loaded<Change>,
    loaded: &Loaded<Account>,
    command: &AccountCommand,
) -> Result<Moved, Fault> {
    let Some(base) = change.state.base_version.filter(|base| *base != loaded.version) else {
        return Ok(Moved::No);
    };
    let records = walk.unit.stream(&loaded.stream(), base, 1_000)?;
    let mut moved = BTreeSet::new();
    for record in &records {
        let changes = record.header.body.pointer("/updated/changes").and_then(Value::as_object);
        moved.extend(changes.into_iter().flat_map(|changes| changes.keys().cloned()));
    }
    moved.retain(|field| fields_touched(command).contains(field.as_str()));
    let today = crate::noun::json_of(&loaded.state)?;
    let top = |path: &str| path.split('/').nth(1).unwrap_or_default().to_owned();
    let conflicts = conflicts(change, &today, |path| moved.contains(&top(path)));
    if conflicts.is_empty() && moved.is_empty() {
        return Ok(Moved::Along(Rebase { from: base, to: loaded.version }));
    }
    Ok(Moved::Apart(ChangeCommand::MarkStale { version: loaded.version, conflicts }))
}

/// Where the record went another way than the change saw it: base, theirs, mine.
fn conflicts(change: &Loaded<Change>, today: &Value, moved: impl Fn(&str) -> bool) -> Vec<Conflict> {
    let shown = change.state.diff.iter().map(|diff| (diff, at(today, &diff.path)));
    let apart =
        shown.filter(|(diff, theirs)| moved(&diff.path) || (*theirs != diff.before && *theirs != diff.after));
    apart
        .map(|(diff, theirs)| Conflict {
            path: diff.path.clone(),
            base: diff.before.clone(),
            theirs,
            mine: diff.after.clone(),
        })
        .collect()
}

/// The value at a path of a diff, where rows are addressed by their ids; null where there is none.
fn at(value: &Value, path: &str) -> Value {
    let mut here = value;
    for part in path.split('/').skip(1) {
        let name = part.replace("~1", "/").replace("~0", "~");
        let below = match here {
            Value::Array(rows) => {
                rows.iter().find(|row| row.get("id").and_then(Value::as_str) == Some(&name))
            }
            other => other.get(&name),
        };
        let Some(below) = below else { return Value::Null };
        here = below;
    }
    here.clone()
}
