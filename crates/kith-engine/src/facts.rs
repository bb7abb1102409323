//! What each command must know beyond its own state, read in the same transaction.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kith_domain::access::Grant;
use kith_domain::account::{
    self, Account, Command as AccountCommand, names_team, wanted_accounts, wanted_documents, wanted_keys,
    wanted_prices, wanted_users,
};
use kith_domain::document::{self, Document};
use kith_domain::feed;
use kith_domain::mapping::Mapping;
use kith_domain::organisation;
use kith_domain::price_list::{self, PriceList, PriceListKind, price_list_id};
use kith_domain::team::{self, KnownTeam, Team};
use kith_domain::token::{self, Token};
use kith_domain::user::{self, User};
use kith_domain::value::{AccountId, DocumentId, EntityCode};
use kith_domain::vehicle::{self, Vehicle, Vin};
use kith_store::{Fault, Noun, Reader, Secrets};

use crate::execute::Walk;
use crate::noun::{Loaded, load, login_digest, read};

/// The digest under which a key of an account is kept.
pub(crate) fn key_digest(secrets: &Secrets, key: &account::Key) -> [u8; 32] {
    secrets.lookup_digest(key.kind.as_str(), &key.value)
}

/// The entities for which the grant is needed: the one whose account it is, unless the command is about others only, and
/// those that shall have something otherwise.
pub(crate) fn entities_reached(command: &AccountCommand, state: &Account) -> BTreeSet<EntityCode> {
    match command {
        AccountCommand::Create { draft, .. } => {
            let mut reached = draft.reach(state).1;
            reached.extend(owner(draft));
            reached
        }
        AccountCommand::Update { draft } => {
            let (master, mut reached) = draft.reach(state);
            if master || reached.is_empty() {
                reached.insert(state.owning_entity.clone());
            }
            // Who gives it to another entity opens an account there.
            reached.extend(owner(draft));
            reached
        }
        AccountCommand::PlaceHold { hold } => {
            BTreeSet::from([hold.entity.clone().unwrap_or_else(|| state.owning_entity.clone())])
        }
        AccountCommand::ReleaseHold { id, .. } => {
            let held = state.holds.iter().find(|held| held.id == *id);
            let entity = held.and_then(|held| held.entity.clone());
            BTreeSet::from([entity.unwrap_or_else(|| state.owning_entity.clone())])
        }
        _ => BTreeSet::from([state.owning_entity.clone()]),
    }
}

fn owner(draft: &account::Draft) -> Option<EntityCode> {
    draft.owning_entity.as_ref()?.as_ref()?.parse().ok()
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
    let directory = walk.engine.directory();
    let accounts = wanted_accounts(command).into_iter().filter(|id| directory.row(*id).is_some()).collect();
    let (documents, (price_lists, price_groups)) = (documents(walk, command)?, prices(walk, command)?);
    let note_known = match command {
        AccountCommand::AddNote { id, .. } => crate::note::is_known(walk.unit, *id)?,
        _ => false,
    };
    let teams = if names_team(command) { known_teams(walk.unit)? } else { BTreeMap::new() };
    let organisation = &walk.organisation;
    Ok(account::Facts {
        entities: organisation.entities.iter().map(|entity| (entity.code.clone(), entity.currency)).collect(),
        catalogues: Arc::clone(&organisation.catalogues),
        custom_fields: Arc::clone(&organisation.custom_fields),
        accounts,
        users,
        taken,
        note_known,
        documents,
        price_lists,
        price_groups,
        teams,
        today: Some(walk.engine.today_in(&organisation.timezone)),
        ..account::Facts::default()
    })
}

/// Whether an account has the code that is to be deleted.
pub(crate) fn organisation(
    walk: &mut Walk<'_, '_>,
    command: &organisation::Command,
) -> Result<organisation::Facts, Fault> {
    let organisation::Command::DeleteCode { kind, code } = command else {
        return Ok(organisation::Facts::default());
    };
    let text = serde_json::Value::from(code.as_str()).to_string();
    let kind_text = serde_json::Value::from(kind.as_str()).to_string();
    // How the code stands in the document of an account: as a field of its own, as what an entity says, as a dimension.
    let fields: &[&str] = match kind.as_str() {
        "revenue_account" => &["default_revenue_account"],
        other => &[other],
    };
    let mut places: Vec<String> = Vec::new();
    for field in fields {
        places.push(format!("\"{field}\":{text}"));
        places.push(format!("\"{field}\":{{\"mode\":\"value\",\"value\":{text}"));
    }
    places.push(format!("\"type\":{kind_text},\"value\":{text}"));
    Ok(organisation::Facts { code_in_use: walk.unit.account_holds(&places)? })
}

/// Of the documents that a command names, those that there are.
fn documents(
    walk: &mut Walk<'_, '_>,
    command: &AccountCommand,
) -> Result<BTreeMap<DocumentId, AccountId>, Fault> {
    let mut found = BTreeMap::new();
    for id in wanted_documents(command) {
        let document = load::<Document>(walk.unit, &id.to_string())?.state;
        if document.exists() {
            found.insert(id, document.account);
        }
    }
    Ok(found)
}

/// Of the price list and the price group that a command names, those that there are.
fn prices(
    walk: &mut Walk<'_, '_>,
    command: &AccountCommand,
) -> Result<(BTreeSet<String>, BTreeSet<String>), Fault> {
    let (lists, groups) = wanted_prices(command);
    let mut known = |kind: PriceListKind, codes: BTreeSet<String>| {
        let mut held = BTreeSet::new();
        for code in codes {
            if load::<PriceList>(walk.unit, &price_list_id(kind, &code))?.state.exists() {
                held.insert(code);
            }
        }
        Ok::<_, Fault>(held)
    };
    Ok((known(PriceListKind::List, lists)?, known(PriceListKind::Group, groups)?))
}

pub(crate) fn price_list(walk: &mut Walk<'_, '_>) -> Result<price_list::Facts, Fault> {
    let lists = all_price_lists(walk.unit, PriceListKind::List)?;
    let organisation = &walk.organisation;
    Ok(price_list::Facts {
        entities: organisation.entities.iter().map(|entity| (entity.code.clone(), entity.currency)).collect(),
        today: Some(walk.engine.today_in(&organisation.timezone)),
        standard: lists.into_iter().find(|list| list.state.is_standard).map(|list| list.state.code),
    })
}

/// Price lists or groups: dozens, not thousands.
pub(crate) fn all_price_lists(
    reader: &mut Reader<'_>,
    kind: PriceListKind,
) -> Result<Vec<Loaded<PriceList>>, Fault> {
    let documents = reader.list(Noun::PriceList, &[("kind", kind.as_str().into())], None, 10_000)?;
    documents.into_iter().map(read::<PriceList>).collect()
}

/// Teams: dozens, not thousands.
pub(crate) fn all_teams(reader: &mut Reader<'_>) -> Result<Vec<Loaded<Team>>, Fault> {
    reader.list(Noun::Team, &[], None, 10_000)?.into_iter().map(read::<Team>).collect()
}

/// Every team, as the rules of accounts know it.
pub(crate) fn known_teams(reader: &mut Reader<'_>) -> Result<BTreeMap<String, KnownTeam>, Fault> {
    let known = |team: Loaded<Team>| {
        let Team { name, entity, retired, .. } = team.state;
        (team.id, KnownTeam { name, entity, retired })
    };
    Ok(all_teams(reader)?.into_iter().map(known).collect())
}

pub(crate) fn team(
    walk: &mut Walk<'_, '_>,
    command: &team::Command,
    state: &Team,
) -> Result<team::Facts, Fault> {
    let mut users = BTreeMap::new();
    for id in team::wanted_users(state, command) {
        let user = load::<User>(walk.unit, &id.to_string())?.state;
        if user.is_active() {
            users.insert(id, user.roles);
        }
    }
    let entities = walk.organisation.entities.iter().map(|entity| entity.code.clone()).collect();
    Ok(team::Facts { entities, users })
}

pub(crate) fn document(
    walk: &mut Walk<'_, '_>,
    command: &document::Command,
) -> Result<document::Facts, Fault> {
    let same_content = match command {
        document::Command::Receive(received) => {
            let same =
                walk.unit.list(Noun::Document, &[("digest", (&received.digest).into())], None, 1_000)?;
            let same = same.into_iter().map(read::<Document>).collect::<Result<Vec<_>, _>>()?;
            same.into_iter().map(|held| held.state).find(Document::exists).map(|held| held.id)
        }
        _ => None,
    };
    Ok(document::Facts { today: Some(walk.engine.today_in(&walk.organisation.timezone)), same_content })
}

pub(crate) fn vehicle(walk: &mut Walk<'_, '_>, command: &vehicle::Command) -> Result<vehicle::Facts, Fault> {
    let mut accounts = BTreeSet::new();
    for id in vehicle::wanted_accounts(command) {
        let account = load::<Account>(walk.unit, &id.to_string())?.state;
        let seen = walk.caller.principal.may(Grant::AccountsRead, Some(&account.owning_entity));
        if account.exists() && seen {
            accounts.insert(id);
        }
    }
    let (vehicle::Command::Add { draft, .. } | vehicle::Command::Update { draft }) = command;
    let vin = draft.vin.as_ref().and_then(Option::as_ref).and_then(|vin| Vin::parse(vin).ok());
    let holder = match vin {
        Some(vin) => walk.unit.document_by(Noun::Vehicle, ("vin", vin.as_str().into()))?,
        None => None,
    };
    let vin_holder = holder.map(read::<Vehicle>).transpose()?.map(|held| held.state.id);
    Ok(vehicle::Facts { vin_holder, accounts })
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

/// The people who work with Kith: hundreds, not millions. Customers' people are not among them.
pub(crate) fn all_users(reader: &mut Reader<'_>) -> Result<Vec<User>, Fault> {
    let documents = reader.list(Noun::User, &[("kind", "staff".into())], None, 10_000)?;
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

pub(crate) fn feed(walk: &mut Walk<'_, '_>, command: &feed::Command, id: &str) -> Result<feed::Facts, Fault> {
    let feed::Command::Save { plan, .. } = command else { return Ok(feed::Facts::default()) };
    let named = crate::import::feed::of_name(walk.unit, &plan.name)?;
    let mapping = match plan.options.mapping_id {
        Some(id) => load::<Mapping>(walk.unit, &id.to_string())?.state.exists().then_some(id),
        None => None,
    };
    Ok(feed::Facts {
        entities: walk.organisation.entities.iter().map(|entity| entity.code.clone()).collect(),
        name_taken: named.is_some_and(|named| named.id != id),
        mapping,
    })
}
