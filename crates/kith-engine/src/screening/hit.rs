//! A command on a hit: what the rules must know about whoever asks, and whom a proposal concerns.

use std::collections::BTreeSet;

use kith_domain::access::{Grant, grants};
use kith_domain::account::Account;
use kith_domain::approval::Operation;
use kith_domain::notification::NotificationKind;
use kith_domain::screening::hit::{Command, Facts};
use kith_domain::screening::{Hit, Verdict};
use kith_domain::user::User;
use kith_domain::value::UserId;
use kith_store::Fault;

use crate::answer::Answer;
use crate::execute::Walk;
use crate::facts::all_users;
use crate::gate::{Desk, News, tell};
use crate::noun::load;

/// Carries out a command on a hit. What the first of two reviewers says is told to those who can agree to it.
pub(crate) fn carry_out(walk: &mut Walk<'_, '_>, id: &str, command: &Command) -> Result<Answer, Fault> {
    let mut loaded = load::<Hit>(walk.unit, id)?;
    let facts = facts(walk)?;
    let before = loaded.state.opinions.len();
    let answer = walk.plain(&mut loaded, &facts, command)?;
    if loaded.state.opinions.len() > before {
        tell_reviewers(walk, id, &loaded.state)?;
    }
    Ok(answer)
}

/// Who has decisions of this kind made in their place by whoever asks.
fn facts(walk: &mut Walk<'_, '_>) -> Result<Facts, Fault> {
    let desk = Desk::new(walk.unit, &walk.organisation, &walk.caller.principal, walk.context.now)?;
    Ok(Facts { delegators: desk.delegators(Operation::HitDispose) })
}

fn tell_reviewers(walk: &mut Walk<'_, '_>, id: &str, hit: &Hit) -> Result<(), Fault> {
    let Some(first) = hit.proposal() else { return Ok(()) };
    let account = load::<Account>(walk.unit, &hit.finding.account.to_string())?.state;
    let not = [first.by.user, hit.finding.submitted_by.as_ref().and_then(|by| by.user)];
    let reviews = |user: &User| {
        let mut held =
            user.roles.iter().filter(|held| grants(held.role).contains(&Grant::VerificationsWrite));
        user.is_active()
            && !not.contains(&Some(user.id))
            && held.any(|held| held.reaches(Some(&account.owning_entity)))
    };
    let users = all_users(walk.unit)?;
    let to: BTreeSet<UserId> = users.iter().filter(|user| reviews(user)).map(|user| user.id).collect();
    let (name, entry) = (&account.name, &hit.finding.entry.name);
    let text = match first.verdict {
        Verdict::TrueMatch => {
            format!("{name}: a colleague says that it is {entry} of a list; agree or object.")
        }
        _ => format!("{name}: a colleague says that it is not {entry} of a list; agree or object."),
    };
    tell(walk, &to, &News { kind: NotificationKind::HitProposed, text, about: id })
}
