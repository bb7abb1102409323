//! Asks the policy about a command: lane, steps, times and reasons.

use std::collections::BTreeSet;

use jiff::Span;
use kith_domain::account::{Account, Command as AccountCommand, HoldType, asked_credit_limits};
use kith_domain::approval::{Change, Diff, Operation};
use kith_domain::command::{Command, operation};
use kith_domain::context::{Actor, ActorKind};
use kith_domain::import::{self, Import};
use kith_domain::policy::{LaneFacts, Policy, Verdict};
use kith_domain::user::{self, User};
use kith_domain::value::{Currency, Money, UserId};
use kith_store::Fault;
use serde_json::Value;

use super::Shown;
use super::condition::{self, OneOperation, OperationFacts};
use crate::execute::Walk;
use crate::noun::{Loaded, POLICY, load};

/// What the policy says about a command, and by which version.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) verdict: Verdict,
    pub(crate) version: u64,
    pub(crate) amount: Option<Money>,
}

/// Judges a command by the policy of today. `former` is the change that it edits: what raised that, raises this.
pub(crate) fn judge(
    walk: &mut Walk<'_, '_>,
    command: &Command,
    target: &str,
    shown: &Shown,
    former: Option<&Change>,
) -> Result<Judged, Fault> {
    let policy = load::<Policy>(walk.unit, POLICY)?.state;
    let (lane, more) = facts(walk, command, target, shown, former)?;
    let organisation = &walk.organisation;
    let currency = home(walk)?;
    let today = organisation.day.unwrap_or_else(|| walk.engine.today_in(&organisation.timezone));
    let table = OneOperation::new(organisation, today, &lane, &more);
    let catalogue = condition::catalogue(currency);
    let verdict = policy.rules.judge(&lane, &|condition| table.holds(condition, &catalogue));
    Ok(Judged { verdict, version: policy.version, amount: more.amount })
}

pub(crate) fn home(walk: &Walk<'_, '_>) -> Result<Currency, Fault> {
    walk.organisation.currency.ok_or_else(|| Fault::corrupt("an organisation without a currency"))
}

fn facts(
    walk: &mut Walk<'_, '_>,
    command: &Command,
    target: &str,
    shown: &Shown,
    former: Option<&Change>,
) -> Result<(LaneFacts, OperationFacts), Fault> {
    let loaded = load_account(walk, target)?;
    let account = loaded.as_ref().map(|loaded| &loaded.state);
    let after = |path: &str, held: Option<String>| {
        let given = shown.diff.iter().find(|diff| diff.path == path);
        given.map_or(held, |diff| diff.after.as_str().map(str::to_owned))
    };
    let present = |value: fn(&Account) -> String| account.map(value);
    let limits = limits(walk, command, &shown.diff)?;
    let hold = hold_type(command);
    let released = matches!(operation(command), Operation::HoldRelease) && hold == Some(HoldType::Credit);
    let owed = if released { owed(walk, loaded.as_ref())? } else { None };
    let more = OperationFacts {
        amount: limits.iter().map(|limit| limit.asked).chain(owed).max_by_key(|money| money.minor),
        hold_type: hold.map(|kind| kind.as_str().to_owned()),
        credit_raise: !limits.is_empty() && limits.iter().all(Limit::rises),
        grants_approving: matches!(command, Command::User { command, .. } if user::Command::grants_approving(command)),
        entity: shown.entity.as_ref().map(ToString::to_string),
        tier: after("/tier", present(|account| account.tier.as_str().to_owned())),
        customer_type: after("/customer_type", present(|account| account.customer_type.as_str().to_owned())),
        stage: after("/stage", present(|account| account.stage.as_str().to_owned())),
    };
    let actor = walk.caller.principal.actor.clone();
    let submitter = former.and_then(|change| change.submitted_by.clone());
    let agent = submitter.as_ref().is_some_and(|actor| actor.kind == ActorKind::Agent);
    let in_setup = walk.organisation.is_setup(walk.context.now);
    let new_submitter = is_new(walk, Some(&actor))? || is_new(walk, submitter.as_ref())?;
    let unit = 10_i64.saturating_pow(home(walk)?.exponent().into());
    let mut touched = fields(&shown.diff);
    if let Command::Import { command: import::Command::Start, .. } = command {
        touched.extend(load::<Import>(walk.unit, target)?.state.staged.fields);
    }
    let lane = LaneFacts {
        fields: touched,
        in_setup,
        new_submitter,
        // To hold what is held already is no risk.
        open_compliance: operation(command) != Operation::HoldPlace
            && account.is_some_and(Account::has_open_compliance),
        held: account.is_some_and(|account| !account.holds.is_empty()),
        over_million: more.amount.is_some_and(|amount| amount.minor > unit.saturating_mul(1_000_000)),
        ..LaneFacts::everyday(operation(command), if agent { ActorKind::Agent } else { actor.kind })
    };
    Ok((lane, more))
}

/// The kind of the hold that a command places or releases.
fn hold_type(command: &Command) -> Option<HoldType> {
    let Command::Account { command, .. } = command else { return None };
    match command {
        AccountCommand::PlaceHold { hold } => Some(hold.kind),
        AccountCommand::ReleaseHold { kind, .. } => Some(*kind),
        _ => None,
    }
}

/// What an account owes, in the organisation's currency; unknown where a rate is missing.
fn owed(walk: &Walk<'_, '_>, loaded: Option<&Loaded<Account>>) -> Result<Option<Money>, Fault> {
    let currency = home(walk)?;
    let Some(row) = loaded.and_then(|loaded| loaded.row) else { return Ok(None) };
    let open = walk.engine.living().open_business(row);
    let minor = if open.invoices == 0 { Some(0) } else { open.minor };
    Ok(minor.map(|minor| Money::new(minor, currency)))
}

fn load_account(walk: &mut Walk<'_, '_>, target: &str) -> Result<Option<Loaded<Account>>, Fault> {
    if !target.starts_with("acc_") {
        return Ok(None);
    }
    let account = load::<Account>(walk.unit, target)?;
    Ok((account.version > 0).then_some(account))
}

/// Whether an actor's user is younger than 7 days.
fn is_new(walk: &mut Walk<'_, '_>, actor: Option<&Actor>) -> Result<bool, Fault> {
    let Some(user) = actor.and_then(|actor| actor.user) else { return Ok(false) };
    let created = load::<User>(walk.unit, &user.to_string())?.state.created_at;
    let week = Span::new().hours(7 * 24);
    Ok(created.is_some_and(|at| at.checked_add(week).is_ok_and(|until| walk.context.now < until)))
}

/// A credit limit as it is and as it is asked for, in the organisation's currency where a rate is known.
struct Limit {
    before: Option<Money>,
    asked: Money,
}

impl Limit {
    fn rises(&self) -> bool {
        self.before.is_none_or(|before| before.minor < self.asked.minor)
    }
}

/// Every credit limit that the command sets, for all entities or one. Without a rate the amount counts as it is.
fn limits(walk: &Walk<'_, '_>, command: &Command, diff: &[Diff]) -> Result<Vec<Limit>, Fault> {
    let currency = home(walk)?;
    let at_home = |money: Money| {
        let day = walk.organisation.day;
        day.and_then(|day| walk.organisation.convert(money, currency, day)).unwrap_or(money)
    };
    let mut found = Vec::new();
    for diff in diff {
        let named = diff.path.rsplit('/').next().unwrap_or_default();
        collect(named, &diff.before, &diff.after, &mut |before, asked| {
            found.push(Limit { before: before.map(at_home), asked: at_home(asked) });
        });
    }
    let asked = match command {
        Command::Account { command, .. } => asked_credit_limits(command, currency),
        _ => Vec::new(),
    };
    if found.is_empty() {
        found.extend(
            asked.into_iter().map(|asked| Limit { before: Some(at_home(asked)), asked: at_home(asked) }),
        );
    }
    Ok(found)
}

/// Finds the credit limits within a value.
fn collect(name: &str, before: &Value, after: &Value, found: &mut dyn FnMut(Option<Money>, Money)) {
    let money = |value: &Value| serde_json::from_value::<Money>(value.clone()).ok();
    if matches!(name, "credit_limit" | "group_credit_limit") {
        let asked = money(after).or_else(|| money(after.get("value")?));
        if let Some(asked) = asked {
            found(money(before).or_else(|| money(before.get("value")?)), asked);
        }
        return;
    }
    if let Value::Object(members) = after {
        for (name, value) in members {
            collect(name, before.get(name).unwrap_or(&Value::Null), value, found);
        }
    }
}

/// The fields that a diff touches, as dotted paths without the ids of rows.
fn fields(diff: &[Diff]) -> BTreeSet<String> {
    let is_id = |part: &str| {
        part.split_once('_').is_some_and(|(kind, hex)| kind.len() == 3 && hex.len() == 32)
            || part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let path = |diff: &Diff| {
        let parts = diff.path.split('/').skip(1).filter(|part| !is_id(part));
        parts.map(|part| part.replace("~1", "/").replace("~0", "~")).collect::<Vec<_>>().join(".")
    };
    diff.iter().map(path).collect()
}

/// Whether somebody holds a user's relation: used where only the id is at hand.
pub(crate) fn names(diff: &[Diff], path: &str, user: UserId) -> bool {
    let user = user.to_string();
    diff.iter().any(|diff| diff.path == path && diff.after.as_str() == Some(user.as_str()))
}
