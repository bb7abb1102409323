//! Credit risk of accounts: what is recorded, the score that it makes, and the limit that behaviour is worth.

mod class;
mod feature;
mod inputs;
mod propose;
mod shadow;
mod show;
mod whose;

use std::collections::BTreeSet;

use kith_api::view::{ContributionView, CounterfactualView, LimitGroundView, RailView};
use kith_domain::account::{Account, Command as AccountCommand};
use kith_domain::approval::diff;
use kith_domain::command::Command as AnyCommand;
use kith_domain::context::Context;
use kith_domain::decider::Decider;
use kith_domain::notification::NotificationKind;
use kith_domain::risk::{Command, Facts, Risk};
use kith_domain::value::Money;
use kith_store::Fault;
use serde_json::{Value, json};

use crate::answer::{Answer, Receipt};
use crate::effect::Effect;
use crate::execute::Walk;
use crate::gate::{self, News, Shown, tell};
use crate::noun::{Loaded, json_of, load};
use crate::permit;

pub use propose::LimitAsked;
pub(crate) use propose::moved;

fn facts(walk: &Walk<'_, '_>, account: &Account) -> Facts {
    Facts { account_known: account.exists() && account.deleted_at.is_none(), today: walk.engine.day() }
}

/// Records what is told of an account's risk; a class is moved where its approvers agree.
pub(crate) fn carry_out(
    walk: &mut Walk<'_, '_>,
    id: &str,
    command: &Command,
    whole: &AnyCommand,
) -> Result<Answer, Fault> {
    let account = load::<Account>(walk.unit, id)?.state;
    let (principal, grant) = (&walk.caller.principal, command.operation().grant());
    if !permit::sees(principal, &account) {
        return Ok(Answer::Refused(permit::no_account()));
    }
    if !principal.may(grant, Some(&account.owning_entity)) {
        return Ok(Answer::Refused(permit::denied_for(grant, &account.owning_entity)));
    }
    let loaded = load::<Risk>(walk.unit, id)?;
    let events = match loaded.state.decide(walk.context, &facts(walk, &account), command) {
        Ok(events) => events,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    if events.is_empty() {
        return Ok(Answer::Done(Receipt { id: loaded.id, version: loaded.version, changed: false }));
    }
    let mut after = loaded.state.clone();
    events.iter().for_each(|event| after.evolve(event));
    let before = if loaded.version == 0 { json!({}) } else { json_of(&loaded.state)? };
    let shown = Shown {
        diff: diff(&before, &json_of(&after)?),
        entity: Some(account.owning_entity.clone()),
        ..Shown::default()
    };
    let base = (loaded.version > 0).then_some(loaded.version);
    if let Some(answer) = gate::hold(walk, whole, id, base, shown)? {
        return Ok(answer);
    }
    apply(walk, loaded, command, walk.context, None)
}

/// Writes what a command means today.
pub(crate) fn apply(
    walk: &mut Walk<'_, '_>,
    mut loaded: Loaded<Risk>,
    command: &Command,
    context: &Context,
    cause: Option<&Value>,
) -> Result<Answer, Fault> {
    let account = load::<Account>(walk.unit, &loaded.id)?;
    let events = match loaded.state.decide(context, &facts(walk, &account.state), command) {
        Ok(events) => events,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    loaded.append(walk.unit, walk.engine.store().secrets(), context, &events, cause)?;
    // Another score may mean another limit.
    walk.effects.extend(account.row.map(Effect::Risk));
    Ok(Answer::Done(Receipt { id: loaded.id, version: loaded.version, changed: !events.is_empty() }))
}

/// Tells whoever looks after the account that its limit was lowered.
pub(crate) fn tell_of_cut(
    walk: &mut Walk<'_, '_>,
    account: &Account,
    command: &AccountCommand,
) -> Result<(), Fault> {
    let AccountCommand::AdjustLimit { from, to, raises: false, ground, .. } = command else { return Ok(()) };
    let people: BTreeSet<_> = account.account_manager.into_iter().chain(account.sales_rep).collect();
    let before = from.map_or_else(|| "none".to_owned(), |from| from.to_string());
    let largest = ground.contributions.iter().filter(|step| step.minor < 0).min_by_key(|step| step.minor);
    let because = largest.map_or_else(String::new, |step| format!(" Most of it: {}.", step.label));
    let text = format!("The credit limit of {} was lowered from {before} to {to}.{because}", account.name);
    let about = account.id.to_string();
    tell(walk, &people, &News { kind: NotificationKind::LimitLowered, text, about: &about })
}

/// The ground of a limit that a change sets.
pub(crate) fn ground_view(command: &AnyCommand) -> Option<LimitGroundView> {
    let AnyCommand::Account { command: AccountCommand::AdjustLimit { ground, .. }, .. } = command else {
        return None;
    };
    let money = |minor: i64| Money::new(minor, ground.currency).into();
    let contributions = ground.contributions.iter().map(|step| ContributionView {
        id: step.id.clone(),
        label: step.label.clone(),
        amount: money(step.minor),
    });
    let rails = ground.rails.iter().map(|rail| RailView { code: rail.code.clone(), text: rail.text.clone() });
    let counterfactuals = ground.counterfactuals.iter().map(|other| CounterfactualView {
        input: other.input.clone(),
        from: other.from.clone(),
        to: other.to.clone(),
        limit: money(other.limit_minor),
    });
    Some(LimitGroundView {
        inputs: ground.inputs.clone(),
        contributions: contributions.collect(),
        guard_rails: rails.collect(),
        counterfactuals: counterfactuals.collect(),
        formula: ground.formula.clone(),
    })
}
