//! The change gate: what needs a second person waits; the last approval decides it again on today's state.

mod already;
mod condition;
mod edit;
mod judge;
mod notify;
mod relation;
mod sample;
mod settle;
mod tend;

use kith_domain::access::Role;
use kith_domain::account::{Account, Command as AccountCommand, warnings};
use kith_domain::approval::{Change, Command as ChangeCommand, Diff, Facts, Step, Submission, diff};
use kith_domain::command::{Command, operation};
use kith_domain::context::Context;
use kith_domain::decider::Decider;
use kith_domain::policy::Lane;
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::value::{ChangeId, EntityCode, Personal};
use kith_store::Fault;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

pub(crate) use condition::faults as condition_faults;
pub use edit::Edit;
pub(crate) use notify::{News, holders, tell};
pub(crate) use relation::{Desk, entity_of, system_facts};
pub(crate) use settle::decide_change;

use crate::answer::{Answer, Receipt};
use crate::duplicate::similar;
use crate::effect::Effect;
use crate::execute::Walk;
use crate::noun::{Loaded, json_of, subject_digest, subject_key_digest};
use crate::{facts, life, merge};

/// What the approvers see besides the command.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// What it would alter.
    pub(crate) diff: Vec<Diff>,
    /// What to look at.
    pub(crate) warnings: Vec<FieldFault>,
    /// The entity whose approvers decide; none for the whole organisation.
    pub(crate) entity: Option<EntityCode>,
    /// Another thing that it touches.
    pub(crate) other: Option<String>,
}

/// What an account command would come to.
pub(crate) struct Outlook {
    /// How much must be agreed.
    pub(crate) lane: Lane,
    /// Who agrees, in sequence.
    pub(crate) steps: Vec<Role>,
    /// Why it would be refused today.
    pub(crate) refusal: Option<Refusal>,
    /// What it would alter.
    pub(crate) diff: Vec<Diff>,
}

/// Holds a command for its approvers where policy wants them; `None` where it may be applied at once.
pub(crate) fn hold(
    walk: &mut Walk<'_, '_>,
    command: &Command,
    target: &str,
    base_version: Option<u64>,
    shown: Shown,
) -> Result<Option<Answer>, Fault> {
    let judged = judge::judge(walk, command, target, &shown, None)?;
    if judged.verdict.steps.is_empty() {
        if judged.verdict.pack.is_some() {
            sample::passed(walk, command, target, &judged)?;
        }
        return Ok(None);
    }
    if let Some(refusal) = already::refusal(walk, (command, target), &shown, &judged.verdict.steps)? {
        return Ok(Some(Answer::Refused(refusal)));
    }
    let id = ChangeId(walk.engine.new_uuid()?);
    let entity = shown.entity.clone();
    let held = Held { id, command, target, base_version };
    let submission = submission(walk, &held, shown, judged)?;
    let mut change: Loaded<Change> =
        Loaded { id: id.to_string(), state: Change::default(), version: 0, row: None };
    let facts = system_facts(walk.unit, &walk.organisation, entity.as_ref())?;
    let secrets = walk.engine.store().secrets();
    let command = ChangeCommand::Submit(Box::new(submission));
    if let Err(refusal) = change.act(walk.unit, secrets, walk.context, &facts, &command)? {
        return Ok(Some(Answer::Refused(refusal)));
    }
    noted(walk, &change);
    Ok(Some(Answer::Waiting(Box::new(change.state))))
}

/// A command that is to be held, and what it is about.
struct Held<'h> {
    id: ChangeId,
    command: &'h Command,
    target: &'h str,
    base_version: Option<u64>,
}

/// The change as it is submitted, or edited.
fn submission(
    walk: &Walk<'_, '_>,
    held: &Held<'_>,
    shown: Shown,
    judged: judge::Judged,
) -> Result<Submission, Fault> {
    let payload = json_of(held.command)?.to_string();
    let verdict = judged.verdict;
    Ok(Submission {
        id: held.id,
        operation: operation(held.command),
        command: Box::new(held.command.clone()),
        targets: std::iter::once(held.target.to_owned()).chain(shown.other).collect(),
        base_version: held.base_version,
        lane: verdict.lane,
        reasons: verdict.reasons,
        policy_version: judged.version,
        amount: judged.amount,
        times: verdict.times,
        steps: verdict.steps.iter().map(|rule| Step::waiting(rule, shown.entity.clone())).collect(),
        on_behalf_of: walk.caller.on_behalf_of,
        reason: walk.context.reason.as_ref().map(|reason| Personal::new(held.target, reason.clone())),
        diff: shown.diff,
        warnings: shown.warnings,
        payload_hash: data_encoding::HEXLOWER.encode(digest(&SHA256, payload.as_bytes()).as_ref()),
    })
}

/// Creates or edits an account: decides it now, so that nonsense is refused at once, then holds or applies it.
pub(crate) fn account(
    walk: &mut Walk<'_, '_>,
    loaded: Loaded<Account>,
    command: &AccountCommand,
    whole: &Command,
) -> Result<Answer, Fault> {
    let shown = match preview(walk, &loaded, command)? {
        Ok(Some(shown)) => shown,
        Ok(None) => {
            return Ok(Answer::Done(Receipt { id: loaded.id, version: loaded.version, changed: false }));
        }
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    let base = (loaded.version > 0).then_some(loaded.version);
    if let Some(answer) = hold(walk, whole, &loaded.id, base, shown)? {
        return Ok(answer);
    }
    apply_account(walk, loaded, command, walk.context, None)
}

/// The lane of an account's command, the roles that would approve it, and the refusal that it would meet.
pub(crate) fn outlook(
    walk: &mut Walk<'_, '_>,
    loaded: &Loaded<Account>,
    command: &AccountCommand,
    whole: &Command,
) -> Result<Outlook, Fault> {
    let (shown, refusal) = match preview(walk, loaded, command)? {
        Ok(shown) => (shown.unwrap_or_default(), None),
        Err(refusal) => (Shown::default(), Some(refusal)),
    };
    let verdict = judge::judge(walk, whole, &loaded.id, &shown, None)?.verdict;
    let steps = verdict.steps.iter().map(|step| step.role).collect();
    Ok(Outlook { lane: verdict.lane, steps, refusal, diff: shown.diff })
}

/// The lane of a command, and the roles that would approve it, whatever its rules say.
pub(crate) fn lane_of(
    walk: &mut Walk<'_, '_>,
    whole: &Command,
    target: &str,
) -> Result<(String, Vec<String>), Fault> {
    let verdict = judge::judge(walk, whole, target, &Shown::default(), None)?.verdict;
    let steps = verdict.steps.iter().map(|step| step.role.as_str().to_owned()).collect();
    Ok((verdict.lane.as_str().to_owned(), steps))
}

/// What an account command would alter; `None` when it is so already.
fn preview(
    walk: &mut Walk<'_, '_>,
    loaded: &Loaded<Account>,
    command: &AccountCommand,
) -> Result<Result<Option<Shown>, Refusal>, Fault> {
    let mut facts = facts::account(walk, command)?;
    life::complete(walk, loaded, command, &mut facts, true)?;
    let events = match loaded.state.decide(walk.context, &facts, command) {
        Ok(events) => events,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if events.is_empty() {
        return Ok(Ok(None));
    }
    let mut after = loaded.state.clone();
    events.iter().for_each(|event| after.evolve(event));
    let before = if loaded.version == 0 { json!({}) } else { json_of(&loaded.state)? };
    let other = facts.other.as_deref().map(|other| &other.account);
    let changed = diff(&before, &json_of(&after)?).into_iter().filter(worth_showing);
    let mut notices = if after.deleted_at.is_none() { warnings(&after) } else { Vec::new() };
    if loaded.version == 0 {
        let alike = similar(walk.engine, &after, None);
        notices.extend(walk.engine.similar_warnings(walk.caller, &alike));
    }
    Ok(Ok(Some(Shown {
        diff: merge::line(command, other).into_iter().chain(changed).collect(),
        warnings: notices,
        entity: Some(after.owning_entity.clone()),
        other: merge::other(command).map(|id| id.to_string()),
    })))
}

/// Members that the record keeps for itself, and those that are empty on both sides.
fn worth_showing(diff: &Diff) -> bool {
    let own = [
        "/id",
        "/account_number",
        "/created_at",
        "/updated_at",
        "/stage_since",
        "/conditions",
        "/merged",
        "/merged_into",
        "/deleted_at",
        "/erased_subjects",
    ];
    let empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    };
    let kept = own.contains(&diff.path.as_str());
    let nothing = empty(&diff.before) && empty(&diff.after);
    !kept && !nothing
}

/// Writes what an account command means today.
pub(crate) fn apply_account(
    walk: &mut Walk<'_, '_>,
    mut loaded: Loaded<Account>,
    command: &AccountCommand,
    context: &Context,
    cause: Option<&Value>,
) -> Result<Answer, Fault> {
    merge::lock(walk, command)?;
    let mut facts = facts::account(walk, command)?;
    life::complete(walk, &loaded, command, &mut facts, false)?;
    let old_keys = loaded.state.keys();
    let mut decided = loaded.state.decide(context, &facts, command);
    if let AccountCommand::Create { id, draft, application, .. } = command
        && decided.is_ok()
        && loaded.version == 0
    {
        // Only now: an account that is refused takes no number.
        let place = walk.unit.next_account()?;
        loaded.row = Some(place.row);
        let (id, number, draft) = (*id, place.number, draft.clone());
        let command = AccountCommand::Create { id, number, draft, application: *application };
        decided = loaded.state.decide(context, &facts, &command);
    }
    let events = match decided {
        Ok(events) => events,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    let secrets = walk.engine.store().secrets();
    let before = loaded.state.clone();
    loaded.append(walk.unit, secrets, context, &events, cause)?;
    if !events.is_empty() {
        merge::follow(walk, (&before, &loaded), command, context, cause)?;
        crate::risk::tell_of_cut(walk, &loaded.state, command)?;
        if matches!(command, AccountCommand::ReleaseHold { .. }) {
            walk.effects.push(Effect::HeldOrders(loaded.state.id));
        }
    }
    let new_keys = loaded.state.keys();
    for key in old_keys.difference(&new_keys) {
        walk.unit.release_key(key.kind.as_str(), &facts::key_digest(secrets, key), &loaded.id)?;
        merge::hand_back(walk, &loaded.state, key)?;
    }
    let mut subjects = Vec::new();
    for key in new_keys.difference(&old_keys) {
        let digest = facts::key_digest(secrets, key);
        if merge::claim(walk, (key.kind.as_str(), &digest, key.kind.unique()), &loaded.id)? {
            return Err(Fault::Conflict); // Somebody else took it meanwhile: decide again and say so.
        }
        subjects.push(subject_key_digest(secrets, &key.to_string()));
    }
    merge::reclaim(walk, command)?;
    if old_keys.is_empty() {
        subjects.push(subject_digest(secrets, &loaded.id));
    }
    if let Some(row) = loaded.row {
        walk.effects.push(Effect::Account {
            row,
            version: loaded.version,
            account: Box::new(loaded.state),
            subjects,
        });
    }
    Ok(Answer::Done(Receipt { id: loaded.id, version: loaded.version, changed: !events.is_empty() }))
}

/// Tells the live stream where a change stands.
fn noted(walk: &mut Walk<'_, '_>, change: &Loaded<Change>) {
    walk.effects.push(Effect::Change {
        id: change.id.clone(),
        target: change.state.targets.first().cloned(),
        state: change.state.state.as_str(),
    });
}

/// What the rules must know about the caller for one change.
fn change_facts(walk: &mut Walk<'_, '_>, change: &Change) -> Result<Facts, Fault> {
    let principal = &walk.caller.principal;
    let desk = Desk::new(walk.unit, &walk.organisation, principal, walk.context.now)?;
    desk.facts(walk.unit, change)
}
