//! What Kith does to accounts by itself: out of probation, suspended in probation, on watch and off again, and the proposal to
//! let go of whoever does not buy any more (D§2.2).
//!
//! Reactions are level-triggered: a rule compares how far its condition has come with what the account remembers of it, and
//! the command and what is remembered are one transaction. Told twice, by two nodes or after a crash, it does it once; a
//! hold that a person released stays released until the condition comes about anew. A rebuild does not come through here.

mod cause;
mod watch;

use std::collections::BTreeSet;

use jiff::Timestamp;
use kith_domain::access::Role;
use kith_domain::account::{
    Account, Command as AccountCommand, Conduct, HoldDraft, HoldType, Stage, suspensions,
};
use kith_domain::approval::{Change, ChangeState, Operation};
use kith_domain::command::Command;
use kith_domain::context::Context;
use kith_domain::notification::NotificationKind;
use kith_domain::value::{HoldId, Personal};
use kith_store::{Fault, Noun, Unit};

use crate::answer::Answer;
use crate::caller::Caller;
use crate::effect::Effect;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::facts::all_users;
use crate::gate::{self, News, holders, tell};
use crate::life;
use crate::list::{LIMIT_MAX, ListRequest};
use crate::noun::{Loaded, load, read};

pub(crate) use cause::has_news;

/// Days without an order after which it is proposed to let go of an account.
const DORMANT_DAYS: f64 = 365.0;
/// Days that an account is a customer before that is proposed.
const YEAR_DAYS: i64 = 365;
/// Days after which it is proposed to close an inactive account.
const CLOSE_DAYS: i64 = 730;
/// Changes of one account that are looked at.
const CHANGES_MAX: u32 = 100;

/// Which accounts are looked at again and again: those about whom a rule has something new to say. The rules decide.
const SOON: [&str; 3] = [
    r#"stage == "probation""#,
    r#"stage == "active" && health < 50 && !has(watched_until)"#,
    "watched_until <= today()",
];

/// Which accounts are looked at once a day besides.
const DAILY: [&str; 5] = [
    "has(watched_until)",
    r#"stage == "active" && risk_class in ["C", "D", "E", "F"]"#,
    "credit_hold == true",
    r#"stage == "active" && created_on < today() - days(365) && (!has(days_since_last_order) || days_since_last_order >= 365)"#,
    r#"stage == "inactive""#,
];

impl Engine {
    /// Looks at every account that a rule may have something new to say about; with `all`, at those of the daily rules, too.
    /// Says how many were changed.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write; what was done before stays done.
    pub async fn react(&self, all: bool) -> Result<usize, Fault> {
        let mut concerned = BTreeSet::new();
        for filter in SOON.iter().chain(DAILY.iter().filter(|_| all)) {
            self.concerned(filter, &mut concerned);
        }
        if all {
            self.doubtful(&mut concerned);
        }
        let mut changed = 0;
        for id in concerned {
            changed += usize::from(self.react_to(id, all).await?);
        }
        Ok(changed)
    }

    /// Does what the rules say about one account; whether anything changed.
    pub(crate) async fn react_to(&self, id: String, all: bool) -> Result<bool, Fault> {
        let (engine, caller) = (self.clone(), Caller::system());
        let context = caller.context(self.now());
        let effects =
            self.store().write(move |unit| look(&engine, unit, &caller, &context, &id, all)).await?;
        let changed = !effects.is_empty();
        self.apply_effects(effects).await;
        Ok(changed)
    }

    /// Those who promised to pay or whose payments came back, and those whose limit is nearly used up for days: no field
    /// tells of them.
    fn doubtful(&self, found: &mut BTreeSet<String>) {
        let limited = {
            let inner = self.directory().read();
            inner.rows().map(|(row, _)| row).filter(|row| !inner.is_merged(*row)).collect::<Vec<u32>>()
        };
        let limits = limited.into_iter().filter(|row| self.used_up(*row, self.limit_cell(*row)).is_some());
        let rows: Vec<u32> = limits.chain(self.living().rows_of_doubt()).collect();
        let inner = self.directory().read();
        let canonical = rows.into_iter().map(|row| inner.canonical(row));
        found.extend(canonical.filter_map(|row| inner.entry(row).map(|entry| entry.id.to_string())));
    }

    fn concerned(&self, filter: &str, found: &mut BTreeSet<String>) {
        let mut request = ListRequest {
            filter: filter.to_owned(),
            fields: vec!["stage".to_owned()],
            limit: Some(LIMIT_MAX),
            ..ListRequest::default()
        };
        // The filters are our own: they are refused only where a field is gone, and then nobody is concerned.
        while let Ok(page) = self.list(&Caller::system(), &request) {
            let ids = page.items.iter().filter_map(|item| item.get("id")?.as_str());
            found.extend(ids.map(str::to_owned));
            request.cursor = page.next_cursor;
            if request.cursor.is_none() {
                return;
            }
        }
    }
}

/// Everything that the rules say about one account now, in one transaction.
fn look(
    engine: &Engine,
    unit: &mut Unit<'_>,
    caller: &Caller,
    context: &Context,
    id: &str,
    all: bool,
) -> Result<Vec<Effect>, Fault> {
    let organisation = engine.organisation_in(unit)?;
    let mut walk = Walk { engine, unit, caller, context, organisation, effects: Vec::new() };
    let loaded = load::<Account>(walk.unit, id)?;
    let account = &loaded.state;
    let Some(row) = loaded.row.filter(|_| account.merged_into.is_none() && account.deleted_at.is_none())
    else {
        return Ok(Vec::new());
    };
    let conduct = life::conduct(engine, walk.unit, &loaded)?;
    match account.stage {
        Stage::Probation => probation(&mut walk, &loaded, &conduct)?,
        Stage::Active => watch::watch(&mut walk, &loaded, row, all)?,
        _ => {}
    }
    if matches!(account.stage, Stage::Active | Stage::Probation) {
        cause::tend(&mut walk, &loaded, &conduct)?;
    }
    watch::expire(&mut walk, id)?;
    if all {
        dormant(&mut walk, id, row)?;
    }
    Ok(walk.effects)
}

/// Carries out a command of Kith's own through the gate; whether anything came of it.
fn act(walk: &mut Walk<'_, '_>, id: &str, command: AccountCommand) -> Result<bool, Fault> {
    let loaded = load::<Account>(walk.unit, id)?;
    let account = loaded.state.id;
    let whole = Command::Account { id: account, command: command.clone() };
    Ok(match gate::account(walk, loaded, &command, &whole)? {
        Answer::Done(receipt) => receipt.changed,
        Answer::Waiting(_) => true,
        Answer::Refused(_) => false,
    })
}

/// Remembers how far the condition of a rule has come.
fn remember(walk: &mut Walk<'_, '_>, id: &str, rule: &str, level: u32) -> Result<(), Fault> {
    act(walk, id, AccountCommand::NoteCondition { rule: rule.to_owned(), level }).map(drop)
}

fn said(account: &Account, text: impl Into<String>) -> Personal<String> {
    Personal::new(account.id, text.into())
}

/// Tells whoever serves an account, and these roles.
fn told(walk: &mut Walk<'_, '_>, account: &Account, roles: &[Role], text: String) -> Result<(), Fault> {
    let roles: BTreeSet<Role> = roles.iter().copied().collect();
    let mut to = holders(&all_users(walk.unit)?, &roles, Some(&account.owning_entity));
    to.extend(account.account_manager.into_iter().chain(account.sales_rep));
    tell(walk, &to, &News { kind: NotificationKind::AccountMoved, text, about: &account.id.to_string() })
}

/// Suspended for late or returned payments; else out of probation once everything speaks for it.
fn probation(walk: &mut Walk<'_, '_>, loaded: &Loaded<Account>, conduct: &Conduct) -> Result<(), Fault> {
    let account = &loaded.state;
    let mut held = false;
    for (rule, level, reason) in suspensions(conduct) {
        let known = account.condition(rule);
        if level > known {
            let hold = HoldDraft {
                cause: Some(rule.to_owned()),
                release_rule: Some("The payment is made good, and the AR Manager releases it.".to_owned()),
                ..HoldDraft::new(
                    HoldId(walk.engine.new_uuid()?),
                    HoldType::Manual,
                    said(account, reason.clone()),
                )
            };
            held |= act(walk, &loaded.id, AccountCommand::PlaceHold { hold: Box::new(hold) })?;
            let text = format!("{} is suspended: {reason} Look into it.", account.name);
            told(walk, account, &[Role::ArManager], text)?;
        }
        if level != known {
            remember(walk, &loaded.id, rule, level)?;
        }
    }
    if held {
        return Ok(());
    }
    let reason = said(account, "It paid well for long enough.");
    if act(walk, &loaded.id, AccountCommand::Activate { reason })? {
        told(walk, account, &[], format!("{} is out of probation: an active customer.", account.name))?;
    }
    Ok(())
}

fn passed(since: Timestamp, days: i64, now: Timestamp) -> bool {
    let until = since.checked_add(jiff::Span::new().hours(days.saturating_mul(24)));
    until.is_ok_and(|until| until <= now)
}

/// Proposes to deactivate an active account that ordered nothing for a year and owes nothing, and to close one that was
/// inactive for two years. A proposal is a change that waits: nothing happens silently, and a no is not asked again.
fn dormant(walk: &mut Walk<'_, '_>, id: &str, row: u32) -> Result<(), Fault> {
    let account = load::<Account>(walk.unit, id)?.state;
    let now = walk.context.now;
    let since = account.stands_since().unwrap_or(now);
    let (rule, is_due) = match account.stage {
        Stage::Active => {
            let idle = walk.engine.number(row, "days_since_last_order");
            let open = walk.engine.living().open_business(row);
            let long = idle.is_none_or(|days| days >= DORMANT_DAYS) && passed(since, YEAR_DAYS, now);
            ("dormant", long && open.invoices == 0 && open.orders == 0)
        }
        Stage::Inactive => ("long_inactive", passed(since, CLOSE_DAYS, now)),
        _ => return Ok(()),
    };
    let known = account.condition(rule);
    if is_due && known == 0 && !asked_already(walk, id)? {
        let command = match account.stage {
            Stage::Active => {
                let reason = said(&account, "No order for a year, and nothing is open.");
                AccountCommand::Deactivate { reason, allow_open_ar: false }
            }
            _ => AccountCommand::Close { reason: said(&account, "Inactive for two years.") },
        };
        act(walk, id, command)?;
    }
    if u32::from(is_due) != known {
        remember(walk, id, rule, u32::from(is_due))?;
    }
    Ok(())
}

/// Whether somebody is asked already to let go of the account.
fn asked_already(walk: &mut Walk<'_, '_>, id: &str) -> Result<bool, Fault> {
    let found = walk.unit.list_newest(Noun::Change, &[("target", id.into())], None, CHANGES_MAX)?;
    for document in found {
        let change = read::<Change>(document)?.state;
        let ends = matches!(change.operation, Some(Operation::AccountDeactivate | Operation::AccountClose));
        if ends && change.state == ChangeState::Waiting {
            return Ok(true);
        }
    }
    Ok(false)
}
