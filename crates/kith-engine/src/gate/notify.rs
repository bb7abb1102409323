//! Tells people what they should know, in the transaction that makes it so.

use std::collections::BTreeSet;

use kith_domain::access::{Grant, Role, grants};
use kith_domain::approval::{Change, ChangeState, Command};
use kith_domain::context::{Actor, Context};
use kith_domain::notification::{Command as NotificationCommand, Message, Notification, NotificationKind};
use kith_domain::user::User;
use kith_domain::value::{EntityCode, NotificationId, Personal, UserId};
use kith_store::Fault;

use super::relation::entity_of;
use crate::effect::Effect;
use crate::execute::Walk;
use crate::facts::all_users;
use crate::noun::load;

/// What is told, before it is known to whom.
pub(crate) struct News<'n> {
    pub(crate) kind: NotificationKind,
    pub(crate) text: String,
    pub(crate) about: &'n str,
}

/// Tells each of these people.
pub(crate) fn tell(walk: &mut Walk<'_, '_>, to: &BTreeSet<UserId>, news: &News<'_>) -> Result<(), Fault> {
    let context = Context { actor: Actor::system(), reason: None, ..walk.context.clone() };
    for user in to {
        let id = NotificationId(walk.engine.new_uuid()?);
        let text = Personal::new(user, news.text.clone());
        let message = Message { to: *user, kind: news.kind, text, about: news.about.to_owned() };
        let mut loaded = load::<Notification>(walk.unit, &id.to_string())?;
        let secrets = walk.engine.store().secrets();
        let sent =
            loaded.act(walk.unit, secrets, &context, &(), &NotificationCommand::Send { id, message })?;
        sent.map_err(|refusal| Fault::corrupt(format!("a notification was refused: {}", refusal.code)))?;
        walk.effects.push(Effect::Notification { id: id.to_string(), user: *user, kind: news.kind });
    }
    Ok(())
}

/// Everybody who holds one of these roles for an entity.
pub(crate) fn holders(
    users: &[User],
    roles: &BTreeSet<Role>,
    entity: Option<&EntityCode>,
) -> BTreeSet<UserId> {
    let holds = |user: &User| {
        user.is_active() && user.roles.iter().any(|held| roles.contains(&held.role) && held.reaches(entity))
    };
    users.iter().filter(|user| holds(user)).map(|user| user.id).collect()
}

/// Everybody who holds a grant everywhere.
fn granted(users: &[User], grant: Grant) -> BTreeSet<UserId> {
    let holds = |user: &User| {
        let mut wide = user.roles.iter().filter(|held| held.entity.is_none());
        user.is_active() && wide.any(|held| grants(held.role).contains(&grant))
    };
    users.iter().filter(|user| holds(user)).map(|user| user.id).collect()
}

/// Tells whom a command on a change concerns, once it was carried out.
pub(crate) fn after(walk: &mut Walk<'_, '_>, change: &Change, command: &Command) -> Result<(), Fault> {
    let about = change.id.to_string();
    let name = walk.engine.title_of(change);
    let news = |kind, text: String| News { kind, text, about: &about };
    let submitter: BTreeSet<UserId> =
        change.submitted_by.iter().filter_map(|actor| actor.user).chain(change.on_behalf_of).collect();
    match (command, change.state) {
        (Command::Edit(_), _) => {
            let voided = change.former.last().map(|former| &former.decisions);
            let to = voided.into_iter().flatten().map(|decision| decision.by).collect();
            tell(
                walk,
                &to,
                &news(NotificationKind::ChangeEdited, format!("{name} was edited; your approval is void.")),
            )
        }
        (Command::Comment { .. }, _) => {
            let decisions = change.steps.iter().flat_map(|step| &step.decisions).map(|decision| decision.by);
            let spoken = change.comments.iter().filter_map(|remark| remark.by.user);
            let mut to: BTreeSet<UserId> = decisions.chain(spoken).chain(submitter).collect();
            if let Some(user) = walk.caller.principal.user() {
                to.remove(&user);
            }
            tell(
                walk,
                &to,
                &news(NotificationKind::ChangeCommented, format!("There is a comment on {name}.")),
            )
        }
        (Command::BreakGlass { .. }, _) => {
            let users = all_users(walk.unit)?;
            let mut to = granted(&users, Grant::AuditRead);
            to.extend(granted(&users, Grant::Operate));
            let text = format!("{name} was applied in an emergency; review it within 24 hours.");
            tell(walk, &to, &news(NotificationKind::GlassBroken, text))?;
            outcome(walk, change, &submitter)
        }
        (Command::Remind, _) => {
            let (to, due) = waiting_for(walk, change)?;
            let text = format!("{name} waits for you; it is due {due}.");
            tell(walk, &to, &news(NotificationKind::ChangeReminder, text))
        }
        (Command::Escalate { to: Some(_), .. }, _) => {
            let (to, _) = waiting_for(walk, change)?;
            let text = format!("Nobody decided on {name} in time; it was handed on to you.");
            tell(walk, &to, &news(NotificationKind::ChangeEscalated, text))
        }
        (Command::Escalate { to: None, .. }, _) => {
            let (to, _) = waiting_for(walk, change)?;
            let text = format!("Nobody decided on {name} in time; it still waits for you.");
            tell(walk, &to, &news(NotificationKind::ChangeEscalated, text))?;
            let users = all_users(walk.unit)?;
            let mut others = granted(&users, Grant::Operate);
            others.retain(|user| !to.contains(user));
            let text = match names(&users, &to).as_str() {
                "" => format!(
                    "Nobody decided on {name} in time, and nobody may: give somebody the role for it."
                ),
                who => format!("Nobody decided on {name} in time; {who} may."),
            };
            tell(walk, &others, &news(NotificationKind::ChangeEscalated, text))
        }
        _ => outcome(walk, change, &submitter),
    }
}

/// Tells the submitter how it ended, unless it ended well or they ended it themselves.
fn outcome(walk: &mut Walk<'_, '_>, change: &Change, submitter: &BTreeSet<UserId>) -> Result<(), Fault> {
    let about = change.id.to_string();
    let name = walk.engine.title_of(change);
    let (kind, text) = match change.state {
        ChangeState::Rejected => (NotificationKind::ChangeRejected, format!("{name} was rejected.")),
        ChangeState::Expired => {
            (NotificationKind::ChangeExpired, format!("Nobody decided on {name} in time; it is not applied."))
        }
        ChangeState::Stale => {
            let text =
                format!("{name} could not be applied: the record moved. Look at it and submit it again.");
            (NotificationKind::ChangeStale, text)
        }
        _ => return Ok(()),
    };
    tell(walk, submitter, &News { kind, text, about: &about })
}

/// The names of some users.
fn names(users: &[User], some: &BTreeSet<UserId>) -> String {
    let some = users.iter().filter(|user| some.contains(&user.id));
    some.filter_map(|user| user.name.get()).map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// Whose step it is, and until when.
fn waiting_for(walk: &mut Walk<'_, '_>, change: &Change) -> Result<(BTreeSet<UserId>, String), Fault> {
    let Some((_, step)) = change.next_step() else { return Ok((BTreeSet::new(), String::new())) };
    let mut to = holders(&all_users(walk.unit)?, &step.roles().collect(), entity_of(change));
    let hands =
        change.submitted_by.iter().filter_map(|actor| actor.user).chain(change.editors.iter().copied());
    for user in hands.chain(step.decisions.iter().map(|decision| decision.by)) {
        to.remove(&user);
    }
    let due = change.due_at().map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string());
    Ok((to, due.unwrap_or_default()))
}
