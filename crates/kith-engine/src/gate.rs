//! The change gate: what needs a second person waits; the last approval decides it again on today's state.

use std::collections::BTreeSet;

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use kith_domain::access::Principal;
use kith_domain::account::{
    Account, Command as AccountCommand, asked_credit_limit, fields_touched, warnings,
};
use kith_domain::approval::{
    self, Change, ChangeState, Command as ChangeCommand, Diff, Lane, LaneFacts, Step, Submission, diff, lane,
    steps,
};
use kith_domain::command::{Command, operation};
use kith_domain::context::Context;
use kith_domain::decider::Decider;
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::user::User;
use kith_domain::value::{ChangeId, EntityCode, Money, Personal};
use kith_domain::{import, user};
use kith_store::Fault;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

use crate::answer::{Answer, Receipt};
use crate::duplicate::{probable, similar};
use crate::effect::Effect;
use crate::execute::{Request, Walk};
use crate::noun::{Loaded, cause_of_change, json_of, load, subject_digest, subject_key_digest};
use crate::{facts, permit};

/// Days of the week on which nobody is expected to decide.
fn is_weekend(at: Timestamp) -> bool {
    matches!(at.to_zoned(TimeZone::UTC).weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Five business days for yellow, ten for red (D§5.2).
fn expiry(now: Timestamp, lane: Lane) -> Timestamp {
    let mut left = if lane == Lane::Red { 10 } else { 5 };
    let mut at = now;
    while left > 0 {
        at = at.checked_add(Span::new().hours(24)).unwrap_or(at);
        if !is_weekend(at) {
            left -= 1;
        }
    }
    at
}

/// What the approvers see besides the command.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// What it would alter.
    pub(crate) diff: Vec<Diff>,
    /// What to look at.
    pub(crate) warnings: Vec<FieldFault>,
    /// The entity whose approvers decide; none for the whole organisation.
    pub(crate) entity: Option<EntityCode>,
}

/// Holds a command for its approvers where policy wants them; `None` where it may be applied at once.
pub(crate) fn hold(
    walk: &mut Walk<'_, '_>,
    command: &Command,
    target: &str,
    base_version: Option<u64>,
    shown: Shown,
) -> Result<Option<Answer>, Fault> {
    let operation = operation(command);
    let fields: BTreeSet<&'static str> = match command {
        Command::Account { command, .. } => fields_touched(command),
        _ => BTreeSet::new(),
    };
    let lane = lane(operation, &fields, &lane_facts(walk, command)?);
    let roles = steps(operation, lane);
    if roles.is_empty() {
        return Ok(None);
    }
    let id = ChangeId(walk.engine.new_uuid()?);
    let payload = json_of(command)?.to_string();
    let submission = Submission {
        id,
        operation,
        command: Box::new(command.clone()),
        targets: vec![target.to_owned()],
        base_version,
        lane,
        steps: roles.into_iter().map(|role| Step::waiting(role, shown.entity.clone())).collect(),
        expires_at: expiry(walk.context.now, lane),
        reason: walk.context.reason.as_ref().map(|reason| Personal::new(target, reason.clone())),
        diff: shown.diff,
        warnings: shown.warnings,
        payload_hash: data_encoding::HEXLOWER.encode(digest(&SHA256, payload.as_bytes()).as_ref()),
    };
    let mut change: Loaded<Change> =
        Loaded { id: id.to_string(), state: Change::default(), version: 0, row: None };
    let facts = change_facts(walk, &change.state)?;
    let acted = change.act(
        walk.unit,
        walk.engine.store().secrets(),
        walk.context,
        &facts,
        &ChangeCommand::Submit(Box::new(submission)),
    )?;
    if let Err(refusal) = acted {
        return Ok(Some(Answer::Refused(refusal)));
    }
    walk.effects.push(Effect::Change {
        id: id.to_string(),
        target: Some(target.to_owned()),
        state: change.state.state.as_str(),
    });
    Ok(Some(Answer::Waiting(Box::new(change.state))))
}

fn lane_facts(walk: &mut Walk<'_, '_>, command: &Command) -> Result<LaneFacts, Fault> {
    let in_setup = walk.organisation.is_setup(walk.context.now);
    let week = Span::new().hours(7 * 24);
    let new_submitter = match walk.caller.principal.user() {
        Some(user) => {
            let created = load::<User>(walk.unit, &user.to_string())?.state.created_at;
            created.is_some_and(|at| at.checked_add(week).is_ok_and(|until| walk.context.now < until))
        }
        None => false,
    };
    let grants_approving =
        matches!(command, Command::User { command, .. } if user::Command::grants_approving(command));
    let over_million = match command {
        Command::Account { command, .. } => walk.organisation.currency.is_some_and(|home| {
            let asked = asked_credit_limit(command, home);
            let rate_day = walk.organisation.day;
            let in_home = |limit| rate_day.and_then(|day| walk.organisation.convert(limit, home, day));
            asked.is_some_and(|limit| million_exceeded(in_home(limit).unwrap_or(limit)))
        }),
        _ => false,
    };
    Ok(LaneFacts {
        in_setup,
        new_submitter,
        grants_approving,
        over_million,
        ..LaneFacts::everyday(walk.caller.principal.actor.kind)
    })
}

/// Above 1,000,000 of whole units.
fn million_exceeded(amount: Money) -> bool {
    let unit = 10_i64.saturating_pow(amount.currency.exponent().into());
    amount.minor > unit.saturating_mul(1_000_000)
}

fn change_facts(walk: &mut Walk<'_, '_>, change: &Change) -> Result<approval::Facts, Fault> {
    let principal: Principal = walk.caller.principal.clone();
    let target = change.targets.first().filter(|target| target.starts_with("acc_"));
    let serves_target = match (target, principal.user()) {
        (Some(target), Some(user)) => load::<Account>(walk.unit, target)?.state.is_served_by(user),
        _ => false,
    };
    Ok(approval::Facts { principal, serves_target })
}

/// Creates or edits an account: decides it now, so that nonsense is refused at once, then holds or applies it.
pub(crate) fn account(
    walk: &mut Walk<'_, '_>,
    loaded: Loaded<Account>,
    command: &AccountCommand,
    request: &Request,
) -> Result<Answer, Fault> {
    let facts = facts::account(walk, command)?;
    let events = match loaded.state.decide(walk.context, &facts, command) {
        Ok(events) => events,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    if events.is_empty() {
        return Ok(Answer::Done(Receipt { id: loaded.id, version: loaded.version, changed: false }));
    }
    let mut after = loaded.state.clone();
    events.iter().for_each(|event| after.evolve(event));
    let alike = if loaded.version == 0 { similar(walk.engine, &after, None) } else { Vec::new() };
    if !request.accept_duplicates
        && let Some(refusal) = probable(walk.engine, walk.caller, &alike)
    {
        return Ok(Answer::Refused(refusal));
    }
    let before = if loaded.version == 0 { json!({}) } else { json_of(&loaded.state)? };
    let base = (loaded.version > 0).then_some(loaded.version);
    let diff = diff(&before, &json_of(&after)?).into_iter().filter(worth_showing).collect();
    let mut shown = Shown { diff, warnings: warnings(&after), entity: Some(after.owning_entity.clone()) };
    shown.warnings.extend(walk.engine.similar_warnings(walk.caller, &alike));
    if let Some(answer) = hold(walk, &request.command, &loaded.id, base, shown)? {
        return Ok(answer);
    }
    apply_account(walk, loaded, command, walk.context, None)
}

/// Members that the record keeps for itself, and those that are empty on both sides.
fn worth_showing(diff: &Diff) -> bool {
    let own = ["/id", "/account_number", "/created_at", "/updated_at"];
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
    let facts = facts::account(walk, command)?;
    let old_keys = loaded.state.keys();
    let mut decided = loaded.state.decide(context, &facts, command);
    if let AccountCommand::Create { id, draft, .. } = command
        && decided.is_ok()
        && loaded.version == 0
    {
        // Only now: an account that is refused takes no number.
        let place = walk.unit.next_account()?;
        loaded.row = Some(place.row);
        let command = AccountCommand::Create { id: *id, number: place.number, draft: draft.clone() };
        decided = loaded.state.decide(context, &facts, &command);
    }
    let events = match decided {
        Ok(events) => events,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    let secrets = walk.engine.store().secrets();
    loaded.append(walk.unit, secrets, context, &events, cause)?;
    let new_keys = loaded.state.keys();
    for key in old_keys.difference(&new_keys) {
        walk.unit.release_key(key.kind.as_str(), &facts::key_digest(secrets, key), &loaded.id)?;
    }
    let mut subjects = Vec::new();
    for key in new_keys.difference(&old_keys) {
        let digest = facts::key_digest(secrets, key);
        if walk.unit.claim_key(key.kind.as_str(), &digest, &loaded.id, key.kind.unique())?.is_some() {
            return Err(Fault::Conflict); // Somebody else took it meanwhile: decide again and say so.
        }
        subjects.push(subject_key_digest(secrets, &key.to_string()));
    }
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

/// Approves, rejects or cancels; the approval that completes a change applies it in the same transaction.
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
    let lapsed = change.state.state == ChangeState::Waiting
        && change.state.expires_at.is_some_and(|until| walk.context.now >= until);
    if lapsed && change.act(walk.unit, secrets, walk.context, &facts, &ChangeCommand::Expire)?.is_ok() {
        noted(walk, &change);
    }
    match change.act(walk.unit, secrets, walk.context, &facts, command)? {
        Err(refusal) => return Ok(Answer::Refused(refusal)),
        Ok(false) => {}
        Ok(true) => {
            if change.state.state == ChangeState::Applying {
                apply_held(walk, &mut change)?;
            }
            noted(walk, &change);
        }
    }
    Ok(Answer::Waiting(Box::new(change.state)))
}

fn noted(walk: &mut Walk<'_, '_>, change: &Loaded<Change>) {
    walk.effects.push(Effect::Change {
        id: change.id.clone(),
        target: change.state.targets.first().cloned(),
        state: change.state.state.as_str(),
    });
}

/// Decides the held command again, on the state of today, as the one who submitted it.
fn apply_held(walk: &mut Walk<'_, '_>, change: &mut Loaded<Change>) -> Result<(), Fault> {
    let Some(held) = change.state.command.clone() else { return Ok(()) };
    let submitter = change.state.submitted_by.clone().unwrap_or_else(kith_domain::context::Actor::system);
    let context = Context { actor: submitter, reason: None, ..walk.context.clone() };
    let cause = cause_of_change(&change.id);
    let settled = match *held {
        Command::Account { id, command } => {
            let loaded = load::<Account>(walk.unit, &id.to_string())?;
            match moved_under(walk, change, &loaded, &command)? {
                Some(stale) => stale,
                None => settled(apply_account(walk, loaded, &command, &context, Some(&cause))?, "account_id"),
            }
        }
        Command::User { id, command } => {
            let mut loaded = load::<User>(walk.unit, &id.to_string())?;
            let facts = facts::user(walk, &command, &loaded.state)?;
            let answer = act_as(walk, &mut loaded, &facts, &command, &context, &cause)?;
            walk.effects.push(Effect::Users);
            settled(answer, "user_id")
        }
        Command::Import { id, .. } => {
            let mut loaded = load::<import::Import>(walk.unit, &id.to_string())?;
            let answer = act_as(walk, &mut loaded, &(), &import::Command::Start, &context, &cause)?;
            if let Answer::Refused(_) = &answer {
                settled(answer, "import_id")
            } else {
                walk.effects.push(Effect::ImportStart(id));
                return Ok(()); // Stays `applying` until the last row is done.
            }
        }
        _ => ChangeCommand::MarkFailed { result: json!({"code": "change.unsupported"}) },
    };
    let system = Context { actor: kith_domain::context::Actor::system(), ..walk.context.clone() };
    let facts = approval::Facts { principal: Principal::system(), serves_target: false };
    let marked = change.act(walk.unit, walk.engine.store().secrets(), &system, &facts, &settled)?;
    marked
        .map(drop)
        .map_err(|refusal: Refusal| Fault::corrupt(format!("a change cannot be settled: {}", refusal.code)))
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
            ChangeCommand::MarkApplied { result: json!({name: receipt.id, "version": receipt.version}) }
        }
        Answer::Refused(refusal) => ChangeCommand::MarkFailed {
            result: json!({"code": refusal.code, "sentence": refusal.sentence, "clears": refusal.clears, "fields": refusal.fields}),
        },
        Answer::Waiting(_) => ChangeCommand::MarkFailed { result: json!({"code": "change.held_twice"}) },
    }
}

/// Whether the record moved under the change in fields that it touches itself (D§5.2: else it is rebased).
fn moved_under(
    walk: &mut Walk<'_, '_>,
    change: &Loaded<Change>,
    loaded: &Loaded<Account>,
    command: &AccountCommand,
) -> Result<Option<ChangeCommand>, Fault> {
    let Some(base) = change.state.base_version.filter(|base| *base != loaded.version) else {
        return Ok(None);
    };
    let records = walk.unit.stream(&loaded.stream(), base, 1_000)?;
    let mut moved = BTreeSet::new();
    for record in &records {
        let changes = record.header.body.pointer("/updated/changes").and_then(Value::as_object);
        moved.extend(changes.into_iter().flat_map(|changes| changes.keys().cloned()));
    }
    let touched = fields_touched(command);
    let fields: Vec<String> =
        touched.iter().filter(|field| moved.contains(**field)).map(|field| format!("/{field}")).collect();
    Ok((!fields.is_empty()).then_some(ChangeCommand::MarkStale { version: loaded.version, fields }))
}
