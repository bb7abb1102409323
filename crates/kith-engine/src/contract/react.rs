//! What follows from the events of a contract by itself, in the same transaction: access, successors, tasks, news.

use std::collections::BTreeSet;

use kith_domain::account::Account;
use kith_domain::context::{Actor, Context};
use kith_domain::contract::{Command, Contract, Event, Facts, Origin};
use kith_domain::notification::NotificationKind;
use kith_domain::task::Work;
use kith_domain::user::User;
use kith_domain::value::{Personal, UserId};
use kith_store::Fault;

use super::provision;
use crate::directory::Agreed;
use crate::effect::Effect;
use crate::execute::Walk;
use crate::gate::{News, tell};
use crate::noun::load;
use crate::tasks;

/// Carries out what follows.
pub(super) fn follow(
    walk: &mut Walk<'_, '_>,
    contract: &Contract,
    account: &Account,
    events: &[Event],
) -> Result<(), Fault> {
    for event in events {
        match event {
            Event::Validated { .. } => provision::provision(walk, contract, account)?,
            Event::Activated { .. } => supersede(walk, contract)?,
            Event::Reminded { deadline, .. } => {
                let title = format!("Decide on {} before {deadline}", name(contract, account));
                let (kind, due) = ("contract_renewal", deadline.to_string());
                open_task(walk, contract, account, (kind, title, due))?;
            }
            Event::AuditDue { on } => {
                let title = format!("Audit whether {} is kept", name(contract, account));
                open_task(walk, contract, account, ("contract_audit", title, on.to_string()))?;
            }
            _ => {}
        }
        if let Some(text) = news(contract, account, event) {
            let about = contract.id.to_string();
            let to = watchers(walk, contract, account)?;
            tell(walk, &to, &News { kind: NotificationKind::Contract, text, about: &about })?;
        }
    }
    Ok(())
}

fn name(contract: &Contract, account: &Account) -> String {
    format!("{} {} with {}", contract.number, contract.terms.title, account.name)
}

/// What people are told of an event; nothing of most.
fn news(contract: &Contract, account: &Account, event: &Event) -> Option<String> {
    let name = name(contract, account);
    Some(match event {
        Event::Submitted { .. } => format!("{name} waits for a review."),
        Event::Returned { reason, .. } => format!("{name} was given back: {reason}"),
        Event::Declined { .. } => format!("A signer declined {name}; it is a draft again."),
        Event::ScanReceived { .. } => format!("A signed paper of {name} waits to be looked at."),
        Event::Signed { .. } if contract.validated_at.is_none() => {
            format!("All have signed {name}; confirm that they may.")
        }
        Event::Validated { .. } => format!("{name} is signed and valid."),
        Event::SigningReminded { hours, .. } => {
            format!("A signature of {name} is missing since {hours} hours.")
        }
        Event::Reminded { days, deadline } => {
            format!("The last day of notice of {name} is {deadline}: {days} days or less are left.")
        }
        Event::AuditDue { .. } => format!("An audit of {name} is due."),
        Event::Renewed { ends_on } => format!("{name} was renewed until {ends_on}."),
        Event::Expired { on } => format!("{name} ended on {on}."),
        Event::Terminated { on } => format!("{name} was terminated as of {on}."),
        _ => return None,
    })
}

/// Who looks after a contract: who drafted and sent it, and who answers for the account; not who acts just now.
pub(super) fn watchers(
    walk: &mut Walk<'_, '_>,
    contract: &Contract,
    account: &Account,
) -> Result<BTreeSet<UserId>, Fault> {
    let named = [contract.drafted_by, contract.sent_by, account.account_manager];
    let mut found = BTreeSet::new();
    for user in named.into_iter().flatten().filter(|user| Some(*user) != walk.caller.principal.user()) {
        if load::<User>(walk.unit, &user.to_string())?.state.is_active() {
            found.insert(user);
        }
    }
    Ok(found)
}

fn open_task(
    walk: &mut Walk<'_, '_>,
    contract: &Contract,
    account: &Account,
    (kind, title, due): (&str, String, String),
) -> Result<(), Fault> {
    let cause = format!("{}/{kind}/{due}", contract.id);
    let work = Work {
        account: Some(account.id),
        kind: kind.to_owned(),
        title: Personal::new(account.id, title),
        due: Some(due),
        assignee: account.account_manager.or(contract.drafted_by),
        cause: Some(cause),
    };
    tasks::open_once(walk, work)
}

/// The contract that this one amends or renews ends where this one begins.
fn supersede(walk: &mut Walk<'_, '_>, contract: &Contract) -> Result<(), Fault> {
    let Some(Origin::Amends(former) | Origin::Renews(former)) = contract.origin else { return Ok(()) };
    let mut loaded = load::<Contract>(walk.unit, &former.to_string())?;
    let context = Context { actor: Actor::system(), reason: None, ..walk.context.clone() };
    let command = Command::Supersede { by: contract.id };
    let secrets = walk.engine.store().secrets();
    let acted = loaded.act(walk.unit, secrets, &context, &Facts::default(), &command)?;
    if acted == Ok(true) {
        let (id, account, state) = (loaded.id, loaded.state.account, loaded.state.state.as_str());
        let agreed = Agreed::of(&loaded.state);
        walk.effects.push(Effect::Contract { id, account, state, agreed });
    }
    Ok(())
}
