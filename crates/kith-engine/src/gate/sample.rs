//! What passes by the rule of a pack is looked at now and then: one in twenty (D§5.1).

use kith_domain::command::{Command, operation};
use kith_domain::notification::NotificationKind;
use kith_store::Fault;

use super::judge::Judged;
use super::notify::{News, holders, tell};
use crate::execute::Walk;
use crate::facts::all_users;

/// One in so many is picked.
const ONE_IN: u128 = 20;

/// Picks some of what passed, and asks those who would have approved it to look.
pub(super) fn passed(
    walk: &mut Walk<'_, '_>,
    command: &Command,
    target: &str,
    judged: &Judged,
) -> Result<(), Fault> {
    let lot = walk.engine.new_uuid()?.as_u128();
    if !lot.is_multiple_of(ONE_IN) {
        return Ok(());
    }
    let users = all_users(walk.unit)?;
    let roles = [kith_domain::access::Role::ArManager, kith_domain::access::Role::Manager].into();
    let mut to = holders(&users, &roles, None);
    if let Some(user) = walk.caller.principal.user() {
        to.remove(&user);
    }
    let why = judged.verdict.reasons.first().map(|reason| reason.text.clone()).unwrap_or_default();
    let what = operation(command).as_str().replace('_', " ");
    let text = format!("Picked for a review: {what} of {target}. {why}");
    tell(walk, &to, &News { kind: NotificationKind::SampledReview, text, about: target })
}
