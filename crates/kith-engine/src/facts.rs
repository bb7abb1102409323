//! What each command must know beyond its own state, read in the same transaction.

use std::collections::{BTreeMap, BTreeSet};

use kith_domain::access::Grant;
use kith_domain::account::{self, Account, Command as AccountCommand, wanted_keys, wanted_users};
use kith_domain::token::{self, Token};
use kith_domain::user::{self, User};
use kith_domain::value::EntityCode;
use kith_store::{Fault, Noun, Reader, Secrets};

use crate::execute::Walk;
use crate::noun::{load, login_digest, read};

/// The digest under which a key of an account is kept.
pub(crate) fn key_digest(secrets: &Secrets, key: &account::Key) -> [u8; 32] {
    secrets.lookup_digest(key.kind.as_str(), &key.value)
}

/// The entity whose account it is: of a new one as given, if it can be read.
pub(crate) fn entity_of(command: &AccountCommand, state: &Account) -> Option<EntityCode> {
    match command {
        AccountCommand::Create { draft, .. } => draft.owning_entity.clone().flatten()?.parse().ok(),
        _ => Some(state.owning_entity.clone()),
    }
}

pub(crate) fn account(walk: &mut Walk<'_, '_>, command: &AccountCommand) -> Result<account::Facts, Fault> {
    let secrets = walk.engine.store().secrets();
    let mut users = BTreeSet::new();
    for user in wanted_users(command) {
        if load::<User>(walk.unit, &user.to_string())?.state.is_active() {
            users.insert(user);
        }
    }
    let mut taken = BTreeMap::new();
    for key in wanted_keys(command) {
        let holders = walk.unit.account_by_key(key.kind.as_str(), &key_digest(secrets, &key))?;
        if let Some(holder) = holders.first().and_then(|holder| holder.parse().ok()) {
            taken.insert(key, holder);
        }
    }
    let organisation = &walk.organisation;
    Ok(account::Facts {
        entities: organisation.entities.iter().map(|entity| (entity.code.clone(), entity.currency)).collect(),
        payment_terms: organisation.payment_terms.iter().cloned().collect(),
        users,
        taken,
        today: Some(walk.engine.today_in(&organisation.timezone)),
        ..account::Facts::default()
    })
}

pub(crate) fn user(
    walk: &mut Walk<'_, '_>,
    command: &user::Command,
    state: &User,
) -> Result<user::Facts, Fault> {
    let email_taken = match command {
        user::Command::Add { email, .. } => match email.get() {
            Some(email) => {
                let digest = login_digest(walk.engine.store().secrets(), email);
                let held = walk.unit.document_by(Noun::User, ("login", (&digest).into()))?;
                held.map(read::<User>).transpose()?.map(|user| user.state.id)
            }
            None => None,
        },
        _ => None,
    };
    Ok(user::Facts {
        entities: walk.organisation.entities.iter().map(|entity| entity.code.clone()).collect(),
        email_taken,
        last_admin: state.is_admin() && !other_admin(walk.unit, state)?,
        may_manage: walk.caller.principal.may(Grant::UsersManage, None),
    })
}

/// Users are few: hundreds, not millions.
pub(crate) fn all_users(reader: &mut Reader<'_>) -> Result<Vec<User>, Fault> {
    let documents = reader.list(Noun::User, &[], None, 10_000)?;
    documents.into_iter().map(|document| read::<User>(document).map(|user| user.state)).collect()
}

fn other_admin(reader: &mut Reader<'_>, state: &User) -> Result<bool, Fault> {
    let users = all_users(reader)?;
    Ok(users.iter().any(|user| user.id != state.id && user.is_admin() && user.is_active()))
}

pub(crate) fn token(
    walk: &mut Walk<'_, '_>,
    command: &token::Command,
    state: &Token,
) -> Result<token::Facts, Fault> {
    let user = match command {
        token::Command::Create { user, .. } => *user,
        token::Command::Revoke => state.user,
    };
    Ok(token::Facts {
        user_active: load::<User>(walk.unit, &user.to_string())?.state.is_active(),
        may_manage: walk.caller.principal.may(Grant::TokensManage, None),
        in_setup: walk.organisation.is_setup(walk.context.now),
    })
}
