//! A command to a case: who may, the gate, then the case and its account move together in one transaction.

use kith_domain::account::{Account, Command as AccountCommand, Stage};
use kith_domain::approval::Diff;
use kith_domain::command::Command as Whole;
use kith_domain::context::Context;
use kith_domain::decider::Decider;
use kith_domain::onboarding::{CaseState, Command, Evidence, Onboarding, RejectCode, Started, StepName};
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_domain::value::{AccountId, Personal};
use kith_store::{Fault, Noun, Reader};
use serde_json::{Value, json};

use crate::answer::{Answer, Receipt};
use crate::effect::Effect;
use crate::execute::Walk;
use crate::gate;
use crate::noun::{Loaded, load, read};
use crate::permit;
use crate::screening::is_undecided;

/// Most cases of one account that are looked at.
const CASES_MAX: u32 = 100;

/// The latest case of an account.
pub(crate) fn case_of(reader: &mut Reader<'_>, account: &str) -> Result<Option<Loaded<Onboarding>>, Fault> {
    let found = reader.list_newest(Noun::Onboarding, &[("account_id", account.into())], None, CASES_MAX)?;
    let cases = found.into_iter().map(read::<Onboarding>).collect::<Result<Vec<_>, _>>()?;
    Ok(cases.into_iter().max_by_key(|case| case.state.clock.submitted_at))
}

/// The steps that stand between an account and its admission; none where it has no case.
pub(crate) fn steps_open(reader: &mut Reader<'_>, account: AccountId) -> Result<Option<Vec<String>>, Fault> {
    let case = case_of(reader, &account.to_string())?;
    Ok(case.map(|case| case.state.open_steps().into_iter().map(|step| step.as_str().to_owned()).collect()))
}

/// Whether the policy is asked about a command.
fn is_judged(command: &Command) -> bool {
    match command {
        Command::Waive { .. } | Command::Approve | Command::Reject { .. } => true,
        Command::Start(started) => started.again,
        _ => false,
    }
}

impl Walk<'_, '_> {
    pub(crate) fn onboarding(&mut self, id: &str, command: &Command, whole: &Whole) -> Result<Answer, Fault> {
        let loaded = load::<Onboarding>(self.unit, id)?;
        let started = match command {
            Command::Start(started) => Some(&**started),
            _ => None,
        };
        let account = started.map_or(loaded.state.account, |started| started.account);
        let owner = load::<Account>(self.unit, &account.to_string())?;
        let entity = started.map_or(&loaded.state.entity, |started| &started.entity).clone();
        let new = started.is_some_and(|started| started.draft.is_some());
        if !new && !permit::sees(&self.caller.principal, &owner.state) {
            return Ok(Answer::Refused(match started {
                Some(_) => permit::no_account(),
                None => permit::missing("onboarding.not_found", "There is no such case of onboarding."),
            }));
        }
        let grant = command.operation().grant();
        if !self.caller.principal.may(grant, Some(&entity)) {
            return Ok(Answer::Refused(permit::denied_for(grant, &entity)));
        }
        if let Some(started) = started
            && let Some(refused) = self.startable(started, &owner)?
        {
            return Ok(Answer::Refused(refused));
        }
        if let Command::Waive { step: StepName::Screening, .. } = command
            && is_undecided(self.unit, account)?
        {
            return Ok(Answer::Refused(hit_undecided()));
        }
        match loaded.state.decide(self.context, &(), command) {
            Err(refusal) => return Ok(Answer::Refused(refusal)),
            Ok(events) if events.is_empty() => {
                return Ok(Answer::Done(Receipt { id: loaded.id, version: loaded.version, changed: false }));
            }
            Ok(_) => {}
        }
        if is_judged(command) {
            let shown = gate::Shown {
                diff: shown(&loaded.state, command),
                entity: Some(entity),
                other: Some(id.to_owned()),
                ..gate::Shown::default()
            };
            if let Some(waiting) = gate::hold(self, whole, &account.to_string(), None, shown)? {
                return Ok(waiting);
            }
        }
        apply(self, id, command, self.context, None)
    }

    /// Why a case cannot be started for an account.
    fn startable(&mut self, started: &Started, owner: &Loaded<Account>) -> Result<Option<Refusal>, Fault> {
        if started.draft.is_some() {
            return Ok(None);
        }
        let stage = if started.again { Stage::Rejected } else { Stage::Prospect };
        let waits = owner.state.stage == Stage::Onboarding;
        if let Some(case) = case_of(self.unit, &owner.id)?
            && case.state.is_open()
        {
            return Ok(Some(has_case(&case.id)));
        }
        Ok((owner.state.stage != stage && !waits).then(|| elsewhere(&owner.state)))
    }
}

/// The account is being taken on already.
fn has_case(case: &str) -> Refusal {
    let sentence = "The account is being taken on already.";
    Refusal::new(
        RefusalKind::Conflict,
        "onboarding.account_has_case",
        sentence,
        format!("Go on with {case}."),
    )
}

/// The account is elsewhere in its life.
fn elsewhere(account: &Account) -> Refusal {
    let sentence =
        format!("The account is {}; a prospect or a rejected account applies.", account.stage.as_str());
    let clears = "Reactivate the account, or name another one.";
    Refusal::new(RefusalKind::Conflict, "onboarding.account_elsewhere", sentence, clears)
}

/// The refusal that a command would meet, without doing it.
pub(crate) fn refused(
    walk: &mut Walk<'_, '_>,
    id: &str,
    command: &Command,
) -> Result<Option<Refusal>, Fault> {
    let case = load::<Onboarding>(walk.unit, id)?;
    let mut found = case.state.decide(walk.context, &(), command).err();
    if let Command::Start(started) = command {
        let owner = load::<Account>(walk.unit, &started.account.to_string())?;
        if let Some(refusal) = walk.startable(started, &owner)? {
            return Ok(Some(refusal));
        }
        if let Some((_, create)) = follow(&case.state, command, &walk.context.now)
            && started.draft.is_some()
        {
            let mut facts = crate::facts::account(walk, &create)?;
            crate::life::complete(walk, &owner, &create, &mut facts, true)?;
            if let Err(refusal) = owner.state.decide(walk.context, &facts, &create) {
                let own = found.take().map(|own| own.fields).unwrap_or_default();
                let mut refusal = within(refusal);
                refusal.fields.extend(own);
                return Ok(Some(refusal));
            }
        }
    }
    Ok(found)
}

/// A refusal of the account that an application brings: its fields stand under `account`.
fn within(mut refusal: Refusal) -> Refusal {
    for fault in &mut refusal.fields {
        fault.pointer = format!("/account{}", fault.pointer);
    }
    refusal
}

/// What the approvers see: each step, and what it found last.
fn shown(case: &Onboarding, command: &Command) -> Vec<Diff> {
    let said = |step: &StepName| {
        let record = case.steps.get(step)?;
        let reason = record.trail.last().and_then(|entry| entry.reason.as_ref()?.get().cloned());
        Some(json!({"state": record.state.as_str(), "found": reason}))
    };
    let steps = StepName::ALL.iter().filter_map(|step| {
        let path = format!("/onboarding/{}", step.as_str());
        said(step).map(|after| Diff { path, before: Value::Null, after })
    });
    let own = match command {
        Command::Waive { step, reason } => Some((step.as_str(), json!({"waived": reason.get()}))),
        Command::Reject { code, reason } => {
            Some(("outcome", json!({"code": code.as_str(), "reason": reason.get()})))
        }
        Command::Approve => Some(("approvals", json!("passed"))),
        _ => None,
    };
    let own =
        own.map(|(name, after)| Diff { path: format!("/onboarding/{name}"), before: Value::Null, after });
    own.into_iter().chain(steps.filter(|_| !matches!(command, Command::Start(_)))).collect()
}

/// Writes what a command means today, for the case and for its account.
pub(crate) fn apply(
    walk: &mut Walk<'_, '_>,
    id: &str,
    command: &Command,
    context: &Context,
    cause: Option<&Value>,
) -> Result<Answer, Fault> {
    let mut loaded = load::<Onboarding>(walk.unit, id)?;
    let mut events = match loaded.state.decide(context, &(), command) {
        Ok(events) => events,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    if let (Command::Approve, Some(kith_domain::onboarding::Event::StepMoved { entry, .. })) =
        (command, events.first_mut())
    {
        let change = cause.and_then(|cause| cause.get("change")?.as_str()).unwrap_or("the policy");
        let text = Personal::new(loaded.state.account, format!("Approved: {change}."));
        entry.evidence.push(Evidence { source: "change".to_owned(), text, document: None, as_of: None });
    }
    if let Some((account, command)) = follow(&loaded.state, command, &context.now) {
        let owner = load::<Account>(walk.unit, &account.to_string())?;
        let creates = matches!(command, AccountCommand::Create { .. });
        if let Answer::Refused(refusal) = gate::apply_account(walk, owner, &command, context, cause)? {
            return Ok(Answer::Refused(if creates { within(refusal) } else { refusal }));
        }
    }
    loaded.append(walk.unit, walk.engine.store().secrets(), context, &events, cause)?;
    walk.effects.push(Effect::Work("onboarding"));
    Ok(Answer::Done(Receipt { id: loaded.id, version: loaded.version, changed: !events.is_empty() }))
}

/// What a command to a case means for its account.
fn follow(
    case: &Onboarding,
    command: &Command,
    now: &jiff::Timestamp,
) -> Option<(AccountId, AccountCommand)> {
    match command {
        Command::Start(started) => {
            let command = match &started.draft {
                Some(draft) => AccountCommand::Create {
                    id: started.account,
                    number: 0,
                    draft: draft.clone(),
                    application: true,
                },
                None => AccountCommand::Apply { again: started.again },
            };
            Some((started.account, command))
        }
        Command::Complete { skip_probation } if case.state == CaseState::Open => {
            let review = review_on(case, now);
            Some((case.account, AccountCommand::Admit { skip_probation: *skip_probation, review_on: review }))
        }
        Command::Reject { code, reason } if case.state == CaseState::Open => {
            let match_found = *code == RejectCode::SanctionsMatch;
            let reason = reason.clone();
            Some((case.account, AccountCommand::Reject { match_found, reason }))
        }
        _ => None,
    }
}

/// When the customer is looked into again: after 12 months where its owners are not all known, 24 else (D§2.3).
fn review_on(case: &Onboarding, now: &jiff::Timestamp) -> jiff::civil::Date {
    let complex = case.application.owners_explained.is_some();
    let months = if complex { 12 } else { 24 };
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    today.saturating_add(jiff::Span::new().months(months))
}

/// Somebody concerned may be on a list.
fn hit_undecided() -> Refusal {
    Refusal::new(
        RefusalKind::Conflict,
        "onboarding.hit_undecided",
        "A hit of the screening is not decided yet.",
        "Decide on the hit first; a second pair of eyes closes it as false.",
    )
}
