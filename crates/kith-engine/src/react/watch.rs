//! An eye on accounts by rule (D§2.2): low health, a risk class that fell, a limit that is nearly used up for days; off
//! again once nothing asked for it for a month.

use jiff::Timestamp;
use kith_domain::account::{Account, Command as AccountCommand};
use kith_domain::value::Money;
use kith_store::Fault;

use super::{act, passed, remember, said, told};
use crate::engine::Engine;
use crate::execute::Walk;
use crate::noun::{Loaded, load};

/// Health below which an account is watched.
const HEALTH_LOW: f64 = 50.0;
/// Days without a trigger after which a watch that a rule set is cleared.
const QUIET_DAYS: i64 = 30;
/// Percent of the limit above which it is nearly used up, and the days for which it must be.
const USED_PERCENT: i128 = 90;
const USED_DAYS: u16 = 5;

const RULES: [&str; 3] = ["low_health", "class_fell", "limit_used_up"];

impl Engine {
    /// What a limit was used for at least on every one of the last five days and today, where that was more than 90 % of it.
    pub(crate) fn used_up(&self, row: u32, limit: Option<Money>) -> Option<Money> {
        let organisation = self.organisation();
        let home = organisation.currency?;
        let limit = organisation.convert(limit?, home, self.day())?;
        let looks = self.living().exposures(row, USED_DAYS + 1);
        let least = looks.iter().copied().min().filter(|_| looks.len() > usize::from(USED_DAYS))?;
        let used = i128::from(least) * 100 > i128::from(limit.minor) * USED_PERCENT;
        (used && limit.minor > 0).then(|| Money::new(least, home))
    }
}

/// What speaks for an eye on an account: the rule, and why.
fn reasons(
    walk: &mut Walk<'_, '_>,
    account: &Account,
    row: u32,
    all: bool,
) -> Result<Vec<(&'static str, String)>, Fault> {
    let mut found = Vec::new();
    let low = walk.engine.number(row, "health").filter(|health| *health < HEALTH_LOW);
    found.extend(low.map(|health| ("low_health", format!("Its health fell to {health:.0} of 100."))));
    if all {
        let fell = walk.engine.worsened(walk.unit, row, account)?;
        found.extend(fell.map(|(from, to)| {
            ("class_fell", format!("Its risk class fell from {from} to {to} within 30 days."))
        }));
        let used = walk.engine.used_up(row, account.credit_limit);
        found.extend(used.map(|least| {
            let text = format!("{least} and more was owed and on order for 5 days, above 90 % of its limit.");
            ("limit_used_up", text)
        }));
    }
    Ok(found)
}

/// Sets a watch where a rule newly asks for it. What moves by the day is looked at with `all` only.
pub(super) fn watch(
    walk: &mut Walk<'_, '_>,
    loaded: &Loaded<Account>,
    row: u32,
    all: bool,
) -> Result<(), Fault> {
    let account = &loaded.state;
    let reasons = reasons(walk, account, row, all)?;
    let asked = RULES.iter().filter(|rule| all || **rule == "low_health");
    for rule in asked {
        let now = reasons.iter().find(|(cause, _)| cause == rule);
        let (known, level) = (account.condition(rule), u32::from(now.is_some()));
        if let Some((cause, why)) = now.filter(|_| known == 0) {
            let reason = said(account, why.clone());
            let cause = Some((*cause).to_owned());
            if act(walk, &loaded.id, AccountCommand::SetWatch { reason, cause, expires_at: None })? {
                told(walk, account, &[], format!("{} is on watch. {why}", account.name))?;
            }
        }
        if level != known {
            remember(walk, &loaded.id, rule, level)?;
        }
    }
    Ok(())
}

/// A watch whose time is over, or that no rule asked for long enough, is cleared.
pub(super) fn expire(walk: &mut Walk<'_, '_>, id: &str) -> Result<(), Fault> {
    let account = load::<Account>(walk.unit, id)?.state;
    let Some(held) = &account.watch else { return Ok(()) };
    let now = walk.context.now;
    let by_rule = held.cause.as_deref().is_some_and(|cause| RULES.contains(&cause));
    if held.expires_at <= now || (by_rule && RULES.iter().all(|rule| is_quiet(&account, rule, now))) {
        act(walk, id, AccountCommand::ClearWatch { reason: None })?;
    }
    Ok(())
}

/// Whether a rule has asked for nothing for long enough.
fn is_quiet(account: &Account, rule: &str, now: Timestamp) -> bool {
    account.conditions.get(rule).is_none_or(|known| known.level == 0 && passed(known.since, QUIET_DAYS, now))
}
