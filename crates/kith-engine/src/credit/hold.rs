//! Credit holds that come and go by themselves (D§3.3): over a limit for a day, far past due; gone once the cause is.
//!
//! Level-triggered: what should stand is computed anew each time and compared with what stands, so doing it twice does
//! nothing. What a person released stays released for 72 hours, then the cause is looked at again.

use jiff::{SignedDuration, Timestamp};
use kith_domain::account::{Account, Command as AccountCommand, Event, Hold, HoldDraft, HoldType};
use kith_domain::command::Command;
use kith_domain::credit::{Exposure, Overdue, Standing, ceiling};
use kith_domain::value::{AccountId, EntityCode, HoldId, Money, Personal, counted};
use kith_store::Fault;
use serde_json::Value;

use super::Told;
use super::act::Act;
use super::desk::Sitting;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;

/// The rules, as holds name them.
const OVER_LIMIT: &str = "over_limit";
const OVERDUE: &str = "overdue";
/// How long exposure must be over the limit.
const OVER_FOR: SignedDuration = SignedDuration::from_hours(24);
/// Days past due from which an account is held, by its risk class; of class A, of C and better or unknown, of the rest.
const HELD_DAYS: [u16; 3] = [60, 45, 15];
/// Days past due up to which it is let go.
const RELEASED_DAYS: u16 = 15;
/// Percent of the limit up to which a hold for being over it is let go.
const RELEASED_PERCENT: i128 = 95;
/// How long the release of a hold holds.
const RELEASED_FOR: SignedDuration = SignedDuration::from_hours(72);
/// Accounts that are looked at in one sitting.
const TOGETHER: usize = 100;
/// Records of an account in which a release is looked for.
const RECORDS: u32 = 200;

/// What a rule says of an account and an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    /// Hold, for this reason.
    Hold(String),
    /// Let go.
    Release,
    /// Leave it as it is.
    Leave,
}

/// A hold to be placed or released.
#[derive(Debug, Clone)]
pub(super) enum Move {
    Place { account: AccountId, entity: EntityCode, cause: &'static str, reason: String },
    Release { account: AccountId, hold: Box<Hold>, reason: String },
}

impl Engine {
    /// Places and releases the holds that the rules ask for; says how many.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out; what was done before stays done.
    pub async fn tend_credit_holds(&self) -> Result<usize, Fault> {
        let system = Caller::system();
        let mut done = 0_usize;
        for some in self.owing().chunks(TOGETHER) {
            let moves = match self.teller().ask(self, &system, Act::Tend(some.to_vec())).await? {
                Ok(Told::Moves(moves)) => moves,
                Ok(_) => return Err(Fault::corrupt("another answer where holds were asked for")),
                Err(refusal) => return Err(Fault::corrupt(refusal.code)),
            };
            for one in moves {
                done = done.saturating_add(usize::from(self.move_hold(&system, one).await?));
            }
        }
        if done > 0 {
            // Scores know of holds: they stand when this returns.
            self.all_computed().await;
        }
        Ok(done)
    }

    async fn move_hold(&self, system: &Caller, one: Move) -> Result<bool, Fault> {
        let (id, command) = match one {
            Move::Place { account, entity, cause, reason } => {
                if self.released_lately(account, &entity, cause).await? {
                    return Ok(false);
                }
                let id = HoldId(self.new_uuid()?);
                let hold = HoldDraft {
                    entity: Some(entity),
                    cause: Some(cause.to_owned()),
                    ..HoldDraft::new(id, HoldType::Credit, Personal::new(account, reason))
                };
                (account, AccountCommand::PlaceHold { hold: Box::new(hold) })
            }
            Move::Release { account, hold, reason } => {
                let reason = Personal::new(account, reason);
                (account, AccountCommand::ReleaseHold { id: hold.id, kind: hold.kind, reason })
            }
        };
        let request = Request::from(Command::Account { id, command });
        match self.execute(system, request).await?.answer {
            Answer::Done(receipt) => Ok(receipt.changed),
            Answer::Waiting(_) => Ok(false),
            Answer::Refused(refusal) => {
                tracing::warn!(code = refusal.code, "a credit hold could not be moved");
                Ok(false)
            }
        }
    }

    /// Whether a person released a hold of this cause so lately that the release still holds.
    async fn released_lately(
        &self,
        account: AccountId,
        entity: &EntityCode,
        cause: &'static str,
    ) -> Result<bool, Fault> {
        let stream = format!("account/{account}");
        let records =
            self.store().read(move |reader| reader.stream_back(&stream, u64::MAX >> 1, RECORDS)).await?;
        let since = self.now().saturating_sub(RELEASED_FOR).unwrap_or(Timestamp::MIN);
        let mut released = Vec::new();
        for record in records {
            let by_rule = record.header.actor.get("kind").and_then(Value::as_str) == Some("system");
            match serde_json::from_value::<Event>(record.header.body) {
                Ok(Event::HoldReleased { id, at, .. }) if at >= since && !by_rule => released.push(id),
                Ok(Event::HoldPlaced { hold, .. }) => {
                    let same = hold.cause.as_deref() == Some(cause) && hold.entity.as_ref() == Some(entity);
                    if same {
                        return Ok(released.contains(&hold.id));
                    }
                }
                _ => {}
            }
        }
        Ok(false)
    }
}

impl Sitting<'_, '_> {
    /// What the rules ask for, of some accounts.
    pub(super) fn tend(&mut self, accounts: &[AccountId]) -> Result<Vec<Move>, Fault> {
        let mut moves = Vec::new();
        for id in accounts {
            let Some(customer) = self.customer(*id)? else { continue };
            let account = &customer.account;
            let mut codes: Vec<EntityCode> = vec![account.owning_entity.clone()];
            codes.extend(account.overrides.keys().filter(|code| **code != account.owning_entity).cloned());
            for code in codes {
                let Some(entity) = self.entity(&code) else { continue };
                let standing = self.standing(&customer, &entity, None)?;
                if !standing.current {
                    continue;
                }
                let Some(exposure) = standing.exposure else {
                    // Where a rate is missing, what can be said is enough to hold and never to let go.
                    let late = overdue(&standing, self.overdue_at_least(&customer, &entity)?);
                    if let Verdict::Hold(_) = late {
                        moves.extend(step(account, &code, OVERDUE, late, ""));
                    }
                    continue;
                };
                let was_over = self.exposure_before(&customer, &entity, OVER_FOR)?;
                let most = ceiling(&standing, &self.rules.1);
                let over = over_limit(&standing, exposure, most, was_over);
                let late = overdue(&standing, exposure.overdue);
                moves.extend(step(
                    account,
                    &code,
                    OVER_LIMIT,
                    over,
                    "Exposure is well within the limit again.",
                ));
                moves.extend(step(account, &code, OVERDUE, late, "What was far past due is paid."));
            }
        }
        Ok(moves)
    }
}

fn step(
    account: &Account,
    code: &EntityCode,
    cause: &'static str,
    verdict: Verdict,
    released: &str,
) -> Option<Move> {
    let stands = account.hold_of(cause, Some(code));
    match (verdict, stands) {
        (Verdict::Hold(reason), None) => {
            Some(Move::Place { account: account.id, entity: code.clone(), cause, reason })
        }
        (Verdict::Release, Some(hold)) => {
            let (hold, reason) = (Box::new(hold.clone()), released.to_owned());
            Some(Move::Release { account: account.id, hold, reason })
        }
        _ => None,
    }
}

/// Over the limit now and a day ago; let go at 95 % of it.
fn over_limit(standing: &Standing, exposure: Exposure, most: i64, before: Option<i64>) -> Verdict {
    let (limit, now) = (standing.limit.unwrap_or(0), exposure.buckets.exposure());
    if limit > 0 && now > most && before.is_some_and(|before| before > most) {
        let money = |minor| Money::new(minor, standing.currency);
        return Verdict::Hold(format!(
            "Exposure of {} is above the limit of {} for more than a day.",
            money(now),
            money(limit)
        ));
    }
    if i128::from(now) * 100 <= i128::from(limit) * RELEASED_PERCENT {
        Verdict::Release
    } else {
        Verdict::Leave
    }
}

/// Days past due after which an account of a risk class is held.
pub(crate) fn held_days(class: Option<char>) -> u16 {
    let [of_a, hold, of_the_rest] = HELD_DAYS;
    match class {
        Some('A') => of_a,
        Some('D'..='F') => of_the_rest,
        _ => hold,
    }
}

/// Far past due; let go once little of it is left, or none of it old.
fn overdue(standing: &Standing, late: Overdue) -> Verdict {
    let (hold, release) = (held_days(standing.class), RELEASED_DAYS);
    let days = late.oldest_days;
    if late.minor > 0 && days > hold {
        let amount = Money::new(late.minor, standing.currency);
        let oldest = counted(days, "1 day", "{n} days");
        return Verdict::Hold(format!("{amount} is past due, the oldest of it by {oldest}."));
    }
    let unit = 10_i64.pow(u32::from(standing.currency.exponent()));
    let small = unit.saturating_mul(500).max(standing.limit.unwrap_or(0) / 50);
    if days <= release && late.minor <= small { Verdict::Release } else { Verdict::Leave }
}
