//! Access to the portal when a contract is validated: once for each account, person and role (D§2.3).

use kith_domain::access::Role;
use kith_domain::account::Account;
use kith_domain::context::{Actor, Context};
use kith_domain::contract::{Contract, SignerSide};
use kith_domain::notification::NotificationKind;
use kith_domain::task::Work;
use kith_domain::user::{Command, Facts, User};
use kith_domain::value::{ContactId, Personal, UserId, counted, email_key};
use kith_store::{Fault, Noun};

use super::react::watchers;
use crate::effect::Effect;
use crate::execute::Walk;
use crate::gate::{News, tell};
use crate::mail::queue;
use crate::noun::{Loaded, load, login_digest, read};
use crate::tasks;

/// Somebody who gets access.
pub(crate) struct Person {
    pub(crate) contact: Option<ContactId>,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: Role,
}

/// The customer's signers administer the portal; the contacts that the contract names use it.
fn people(contract: &Contract, account: &Account) -> Vec<Person> {
    let signers = contract.terms.signers.iter().filter(|signer| signer.side == SignerSide::Customer);
    let admins = signers.filter_map(|signer| {
        let (name, email) = (signer.name.get()?.clone(), signer.email.get()?.clone());
        Some(Person { contact: signer.contact, name, email, role: Role::PortalAdmin })
    });
    let named = account.contacts.iter().filter(|row| contract.terms.portal_contacts.contains(&row.id));
    let users = named.filter_map(|contact| {
        let (name, email) = (contact.name.get()?.clone(), contact.emails.first()?.get()?.clone());
        Some(Person { contact: Some(contact.id), name, email, role: Role::PortalUser })
    });
    let mut found: Vec<Person> = admins.collect();
    for person in users {
        if !found.iter().any(|other| email_key(&other.email) == email_key(&person.email)) {
            found.push(person);
        }
    }
    found
}

/// Gives access to everybody whom a contract names; who has it keeps it. What cannot be given becomes a task.
pub(super) fn provision(
    walk: &mut Walk<'_, '_>,
    contract: &Contract,
    account: &Account,
) -> Result<(), Fault> {
    let context = Context { actor: Actor::system(), reason: None, ..walk.context.clone() };
    let mut given = 0_usize;
    for person in people(contract, account) {
        match give(walk, &context, account, &person)? {
            Ok(true) => given = given.saturating_add(1),
            Ok(false) => {}
            Err(code) => blocked(walk, contract, account, &person, &code)?,
        }
    }
    if given > 0 {
        walk.effects.push(Effect::Users);
        let (about, to) = (contract.id.to_string(), watchers(walk, contract, account)?);
        let text = counted(
            given,
            "1 person of {name} has access to the portal.",
            "{n} people of {name} have access to the portal.",
        )
        .replace("{name}", &account.name);
        tell(walk, &to, &News { kind: NotificationKind::PortalAccess, text, about: &about })?;
    }
    Ok(())
}

/// Gives one person access and writes to them; whether that is news, or the code of why not.
pub(crate) fn give(
    walk: &mut Walk<'_, '_>,
    context: &Context,
    account: &Account,
    person: &Person,
) -> Result<Result<bool, String>, Fault> {
    let digest = login_digest(walk.engine.store().secrets(), &person.email);
    let held = walk.unit.document_by(Noun::User, ("login", (&digest).into()))?;
    let mut user = match held {
        Some(document) => read::<User>(document)?,
        None => load::<User>(walk.unit, &UserId(walk.engine.new_uuid()?).to_string())?,
    };
    let acted = act(walk, context, &mut user, account, person)?;
    if acted == Ok(true) {
        invite(walk, context, &mut user, account)?;
    }
    Ok(acted)
}

fn act(
    walk: &mut Walk<'_, '_>,
    context: &Context,
    user: &mut Loaded<User>,
    account: &Account,
    person: &Person,
) -> Result<Result<bool, String>, Fault> {
    let id: UserId = user.id.parse().map_err(|_| Fault::corrupt(format!("the user {}", user.id)))?;
    let command = Command::Provision {
        id,
        name: Personal::new(id, person.name.clone()),
        email: Personal::new(id, person.email.clone()),
        account: account.id,
        contact: person.contact,
        roles: vec![person.role],
    };
    let secrets = walk.engine.store().secrets();
    let acted = user.act(walk.unit, secrets, context, &Facts::default(), &command)?;
    Ok(acted.map_err(|refusal| refusal.code))
}

/// A link to choose a password goes to whoever has access and never used it. The same transaction gives both.
fn invite(
    walk: &mut Walk<'_, '_>,
    context: &Context,
    user: &mut Loaded<User>,
    account: &Account,
) -> Result<(), Fault> {
    let fresh = user
        .state
        .portal
        .as_ref()
        .is_some_and(|portal| portal.account == account.id && portal.activated_at.is_none());
    if !fresh || user.state.activation.is_some() {
        return Ok(());
    }
    let (command, opening) = walk.engine.new_activation(user.state.id)?;
    let secrets = walk.engine.store().secrets();
    if user.act(walk.unit, secrets, context, &Facts::default(), &command)?.is_ok() {
        let draft = walk.engine.activation_mail(&user.state, account, &opening);
        queue(walk, draft)?;
    }
    Ok(())
}

/// The address is somebody else's: a person must say which one to use instead.
fn blocked(
    walk: &mut Walk<'_, '_>,
    contract: &Contract,
    account: &Account,
    person: &Person,
    code: &str,
) -> Result<(), Fault> {
    let who = person.contact.map_or_else(|| email_key(&person.email), |contact| contact.to_string());
    let title = format!("Give {} of {} access to the portal by another address", person.name, account.name);
    tracing::warn!(contract = %contract.id, code, "access to the portal could not be given");
    tasks::open_once(
        walk,
        Work {
            account: Some(account.id),
            kind: "portal_access".to_owned(),
            title: Personal::new(account.id, title),
            due: Some(walk.today_of(&contract.terms.entity).to_string()),
            assignee: account.account_manager.or(contract.drafted_by),
            cause: Some(format!("{}/portal_access/{who}", contract.id)),
        },
    )
}
