//! What follows at other accounts when a merge, its undoing or a deletion is put on record, in the same transaction.

use kith_domain::account::{Account, Command, Key, merged_into, split_off};
use kith_domain::approval::{Change, Command as ChangeCommand, Diff};
use kith_domain::context::{Actor, Context};
use kith_domain::duplicate::{Command as DuplicateCommand, Duplicate};
use kith_domain::value::{AccountId, Personal};
use kith_store::{Fault, Noun};
use serde_json::{Value, json};

use crate::duplicate::pair_id;
use crate::effect::Effect;
use crate::execute::Walk;
use crate::facts::key_digest;
use crate::noun::{Loaded, load, read, subject_key_digest};

/// Changes of one account that may wait.
const WAITING_MAX: u32 = 1_000;

/// Takes the lock that whatever bends a hierarchy takes first, so that two changes at once cannot make a circle.
pub(crate) fn lock(walk: &mut Walk<'_, '_>, command: &Command) -> Result<(), Fault> {
    match command {
        Command::SetParent { .. } | Command::Merge { .. } | Command::Unmerge { .. } => {
            walk.unit.lock_hierarchy()
        }
        _ => Ok(()),
    }
}

/// Writes the other account's side.
pub(crate) fn follow(
    walk: &mut Walk<'_, '_>,
    (before, survivor): (&Account, &Loaded<Account>),
    command: &Command,
    context: &Context,
    cause: Option<&Value>,
) -> Result<(), Fault> {
    let (loser, event) = match command {
        Command::Merge { loser, .. } => {
            (load::<Account>(walk.unit, &loser.to_string())?, merged_into(survivor.state.id, context.now))
        }
        Command::Unmerge { loser, .. } => {
            let loser = load::<Account>(walk.unit, &loser.to_string())?;
            let event = split_off(&loser.state, before, context.now);
            (loser, event)
        }
        Command::Delete { .. } => return cancel_waiting(walk, &survivor.id, "The account was deleted."),
        _ => return Ok(()),
    };
    let mut loser = loser;
    let secrets = walk.engine.store().secrets();
    loser.append(walk.unit, secrets, context, &[event], cause)?;
    let keys = loser.state.keys().into_iter().chain(survivor.state.keys());
    let subjects = keys.map(|key| subject_key_digest(secrets, &key.to_string())).collect();
    if let Command::Merge { .. } = command {
        let said = format!("The account was merged into {}.", survivor.state.account_number);
        cancel_waiting(walk, &loser.id, &said)?;
    } else {
        part(walk, &loser, survivor)?;
    }
    if let Some(row) = loser.row {
        let (version, account) = (loser.version, Box::new(loser.state));
        walk.effects.push(Effect::Account { row, version, account, subjects });
    }
    Ok(())
}

/// Puts the pair of two that were one before a person again, if it ever stood there.
fn part(walk: &mut Walk<'_, '_>, loser: &Loaded<Account>, survivor: &Loaded<Account>) -> Result<(), Fault> {
    let (Some(one), Some(other)) = (loser.row, survivor.row) else { return Ok(()) };
    let (loser, survivor) = (loser.state.id, survivor.state.id);
    let id = pair_id(if one < other { (loser, survivor) } else { (survivor, loser) });
    let mut pair = load::<Duplicate>(walk.unit, &id.to_string())?;
    if pair.state.exists() {
        let system = Context { actor: Actor::system(), ..walk.context.clone() };
        let secrets = walk.engine.store().secrets();
        let acted = pair.act(walk.unit, secrets, &system, &(), &DuplicateCommand::Part)?;
        acted.map_err(|refusal| Fault::corrupt(format!("a pair cannot be reopened: {}", refusal.code)))?;
    }
    Ok(())
}

/// Gives a loser that was taken out its keys back.
pub(crate) fn reclaim(walk: &mut Walk<'_, '_>, command: &Command) -> Result<(), Fault> {
    let Command::Unmerge { loser, .. } = command else { return Ok(()) };
    let loser = load::<Account>(walk.unit, &loser.to_string())?;
    let secrets = walk.engine.store().secrets();
    for key in loser.state.keys() {
        let digest = key_digest(secrets, &key);
        if walk.unit.claim_key(key.kind.as_str(), &digest, &loser.id, key.kind.unique())?.is_some() {
            return Err(Fault::Conflict);
        }
    }
    Ok(())
}

/// Gives a key that an account no longer has back to the merged account that brought it.
pub(crate) fn hand_back(walk: &mut Walk<'_, '_>, survivor: &Account, key: &Key) -> Result<(), Fault> {
    for loser in survivor.losers().filter(|_| key.kind.unique()) {
        let loser = load::<Account>(walk.unit, &loser.to_string())?;
        if loser.state.keys().contains(key) {
            let digest = key_digest(walk.engine.store().secrets(), key);
            walk.unit.claim_key(key.kind.as_str(), &digest, &loser.id, true)?;
        }
    }
    Ok(())
}

/// Claims a key, from an account that was merged into this one if need be; says whether another account has it.
pub(crate) fn claim(
    walk: &mut Walk<'_, '_>,
    (kind, digest, unique): (&str, &[u8], bool),
    account: &str,
) -> Result<bool, Fault> {
    let Some(holder) = walk.unit.claim_key(kind, digest, account, unique)? else { return Ok(false) };
    let Ok(id) = holder.parse::<AccountId>() else { return Ok(true) };
    if crate::life::survivor_of(walk.unit, id)?.id != account {
        return Ok(true);
    }
    walk.unit.release_key(kind, digest, &holder)?;
    Ok(walk.unit.claim_key(kind, digest, account, unique)?.is_some())
}

/// Ends what waits for an account that is no more.
fn cancel_waiting(walk: &mut Walk<'_, '_>, account: &str, why: &str) -> Result<(), Fault> {
    let index = [("target", account.into()), ("state", "waiting".into())];
    let waiting = walk.unit.list(Noun::Change, &index, None, WAITING_MAX)?;
    let system = Context { actor: Actor::system(), ..walk.context.clone() };
    let facts = crate::gate::system_facts(walk.unit, &walk.organisation, None)?;
    for document in waiting {
        let mut change: Loaded<Change> = read(document)?;
        let comment = Some(Personal::new(&change.id, why.to_owned()));
        let secrets = walk.engine.store().secrets();
        let acted = change.act(walk.unit, secrets, &system, &facts, &ChangeCommand::Cancel { comment })?;
        if acted.is_ok() {
            walk.effects.push(Effect::Change {
                id: change.id.clone(),
                target: Some(account.to_owned()),
                state: change.state.state.as_str(),
            });
        }
    }
    Ok(())
}

/// The other account of a command, for the change's targets.
pub(crate) fn other(command: &Command) -> Option<AccountId> {
    match command {
        Command::Merge { loser, .. } | Command::Unmerge { loser, .. } => Some(*loser),
        _ => None,
    }
}

/// The line of a difference that names the account which comes or goes.
pub(crate) fn line(command: &Command, other: Option<&Account>) -> Option<Diff> {
    let other = other?;
    let named = json!({"id": other.id, "account_number": other.account_number, "name": other.name});
    let path = format!("/merged/{}", other.id);
    match command {
        Command::Merge { .. } => Some(Diff { path, before: Value::Null, after: named }),
        Command::Unmerge { .. } => Some(Diff { path, before: named, after: Value::Null }),
        _ => None,
    }
}

/// Rows that nobody can say of whose they are once an account is taken out again.
pub(crate) fn left_behind(survivor: &Account, command: &Command) -> Vec<String> {
    let Command::Unmerge { loser, .. } = command else { return Vec::new() };
    let merge = survivor.merged.iter().find(|merge| merge.account == *loser);
    merge.map(|merge| merge.added.iter().cloned().collect()).unwrap_or_default()
}
