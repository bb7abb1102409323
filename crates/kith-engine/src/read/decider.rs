//! Who may decide on a change now, and what else a reader of one change is told.

use std::collections::BTreeSet;

use kith_api::view::{ChangeView, DeciderView};
use kith_domain::access::{Principal, Role};
use kith_domain::approval::{Change, ChangeState};
use kith_domain::context::{Actor, ActorKind};
use kith_domain::delegation::Delegation;
use kith_domain::user::User;
use kith_domain::value::UserId;
use kith_store::{Fault, Noun, Reader};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::facts::all_users;
use crate::gate::{Desk, holders};
use crate::noun::{load, read};

/// Delegations that are looked through, the newest first.
const DELEGATIONS: u32 = 200;

impl Engine {
    /// Completes a change for its own page: who may decide on it now, and what it would do to credit.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn complete_change(&self, caller: &Caller, view: &mut ChangeView) -> Result<(), Fault> {
        let (engine, me, id) = (self.clone(), caller.clone(), view.id.clone());
        let (change, deciders) = self
            .store()
            .read(move |reader| {
                let change = load::<Change>(reader, &id)?.state;
                let deciders = engine.deciders(reader, &me, &change)?;
                Ok((change, deciders))
            })
            .await?;
        view.deciders = deciders;
        if change.state == ChangeState::Waiting {
            view.credit_effects = self.credit_effects(caller, &change).await?;
            view.group_effect = self.group_effect(caller, &change).await?;
        }
        Ok(())
    }

    /// The people who may take the step of a change that is next, by name.
    fn deciders(
        &self,
        reader: &mut Reader<'_>,
        caller: &Caller,
        change: &Change,
    ) -> Result<Vec<DeciderView>, Fault> {
        let Some((_, step)) = change.next_step().filter(|_| change.state == ChangeState::Waiting) else {
            return Ok(Vec::new());
        };
        let roles: BTreeSet<Role> = step.roles().collect();
        let users = all_users(reader)?;
        let entity = step.entity.clone().or_else(|| self.entity_of_change(change));
        let mut able = holders(&users, &roles, entity.as_ref());
        able.extend(in_their_place(reader, &able, caller, self)?);
        let organisation = self.organisation();
        let mut found = Vec::new();
        for user in users.iter().filter(|user| able.contains(&user.id)) {
            let actor = Actor { kind: ActorKind::User, user: Some(user.id) };
            let principal = Principal { actor: actor.clone(), roles: user.roles.clone() };
            let context = kith_domain::context::Context { actor, ..caller.context(self.now()) };
            let desk = Desk::new(reader, &organisation, &principal, context.now)?;
            if desk.could_decide(change) && change.may_decide(&context, &desk.facts(reader, change)?) {
                found.push(decider(user, &roles, step.role));
            }
        }
        found.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(found)
    }
}

/// Those to whom one of these people has lent their place for now.
fn in_their_place(
    reader: &mut Reader<'_>,
    from: &BTreeSet<UserId>,
    caller: &Caller,
    engine: &Engine,
) -> Result<Vec<UserId>, Fault> {
    let now = caller.context(engine.now()).now;
    let mut to = Vec::new();
    for document in reader.list_newest(Noun::Delegation, &[], None, DELEGATIONS)? {
        let delegation = read::<Delegation>(document)?.state;
        if delegation.is_active(now) && from.contains(&delegation.from) {
            to.extend(delegation.terms.as_ref().map(|terms| terms.to));
        }
    }
    Ok(to)
}

fn decider(user: &User, roles: &BTreeSet<Role>, asked: Role) -> DeciderView {
    let own = user.roles.iter().map(|held| held.role).find(|role| roles.contains(role));
    DeciderView {
        user: user.id.to_string(),
        name: user.name.get().cloned(),
        role: own.unwrap_or(asked).as_str().to_owned(),
    }
}
