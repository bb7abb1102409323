//! The three measures of how right credit was (D§3.9), recomputed from the records and touchpoints: limits day by day,
//! decisions replayed with all that is known today, and whether limits fitted, 120 days later.

mod adequacy;
mod decisions;
mod history;
mod limits;
mod place;
mod tell;

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use kith_api::view::CreditAccuracyView;
use kith_domain::access::Grant;
use kith_domain::credit::{Confusion, Decision, Outcome, Share};
use kith_domain::refusal::Refusal;
use kith_domain::reservation::Reservation;
use kith_domain::risk::Risk;
use kith_domain::value::AccountId;
use kith_store::{Fault, Reader};

use self::adequacy::Fit;
use self::decisions::{Past, reservations};
use self::history::Policies;
pub(super) use self::history::{Step, state_at, steps};
use self::limits::{Day, LimitDays, limit_days};
use self::place::Places;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{Loaded, load};
use crate::permit;

/// Days of limits and decisions that are looked at.
const WINDOW_DAYS: i32 = 90;
/// Days after which it is known whether a limit fitted.
const LAG_DAYS: i32 = 120;
/// Decisions that are replayed at most, of each account the latest first.
const REPLAYED_MAX: u64 = 20_000;
/// A report is served again for so many times of what it took.
const SERVED_TIMES: u32 = 10;

/// Accounts for which a page may wait.
const FEW: usize = 500;

/// A report that was computed.
#[derive(Debug)]
pub(super) struct Measured {
    view: Arc<CreditAccuracyView>,
    at: Instant,
    took: Duration,
}

/// The last report; whoever holds it computes it.
pub(super) type LastMeasured = tokio::sync::Mutex<Option<Measured>>;

/// A decision that would be another one today.
#[derive(Debug)]
struct Other {
    reservation: Loaded<Reservation>,
    made: Outcome,
    replayed: Decision,
}

/// What the accounts came to so far.
#[derive(Debug, Default)]
struct Sums {
    limits: Share,
    wrong: Vec<(AccountId, LimitDays)>,
    decisions: u64,
    replayed: u64,
    confusion: Confusion,
    /// How many and how much, in the organisation's currency.
    false_approve: (u64, i64),
    false_hold: (u64, i64),
    others: Vec<Other>,
    fits: Share,
    too_tight: u64,
    too_loose: u64,
}

impl Sums {
    /// Adds what one account came to; how many were replayed is counted through.
    fn absorb(&mut self, part: Self) {
        let add =
            |sum: (u64, i64), more: (u64, i64)| (sum.0.saturating_add(more.0), sum.1.saturating_add(more.1));
        self.limits.add(part.limits);
        self.wrong.extend(part.wrong);
        self.decisions = self.decisions.saturating_add(part.decisions);
        self.replayed = part.replayed;
        self.confusion.add(&part.confusion);
        self.false_approve = add(self.false_approve, part.false_approve);
        self.false_hold = add(self.false_hold, part.false_hold);
        self.others.extend(part.others);
        self.fits.add(part.fits);
        self.too_tight = self.too_tight.saturating_add(part.too_tight);
        self.too_loose = self.too_loose.saturating_add(part.too_loose);
    }
}

/// The moment at which a day ends in the organisation's zone; the last day has not ended.
pub(super) fn end_of(engine: &Engine, day: Date) -> Timestamp {
    let zone = TimeZone::get(&engine.organisation().timezone).unwrap_or(TimeZone::UTC);
    let next = day.tomorrow().ok().and_then(|next| next.to_zoned(zone).ok());
    next.map_or(Timestamp::MAX, |next| next.timestamp())
}

/// So many days up to one.
fn days_until(engine: &Engine, last: Date, many: i32) -> Vec<Day> {
    let day = |back: i32| last.saturating_sub(Span::new().days(back));
    (0..many).rev().map(|back| Day { date: day(back), end: end_of(engine, day(back)) }).collect()
}

/// What every account is looked at with.
struct Frame {
    policies: Policies,
    days: Vec<Day>,
    lagged: Vec<Day>,
    since: Timestamp,
}

impl Engine {
    /// How right limits and decisions were.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn credit_accuracy(
        &self,
        caller: &Caller,
    ) -> Result<Result<CreditAccuracyView, Refusal>, Fault> {
        if !caller.principal.may(Grant::CreditRead, None) {
            return Ok(Err(permit::denied(Grant::CreditRead)));
        }
        let view = self.measured(false).await?;
        Ok(Ok(self.accuracy_for(caller, &view)))
    }

    /// The same as it was last computed, for a page that waits for nothing; computed only where there are few accounts.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn credit_accuracy_known(&self, caller: &Caller) -> Result<Option<CreditAccuracyView>, Fault> {
        if !caller.principal.may(Grant::CreditRead, None) {
            return Ok(None);
        }
        let few = self.directory().read().rows().nth(FEW).is_none();
        let known = match self.core().credit.accuracy.try_lock() {
            Ok(last) if !few => last.as_ref().map(|known| Arc::clone(&known.view)),
            Ok(_) => None,
            Err(_) => return Ok(None),
        };
        let view = if few { Some(self.measured(false).await?) } else { known };
        Ok(view.map(|view| self.accuracy_for(caller, &view)))
    }

    /// Computes the measures of the day.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn measure_credit(&self) -> Result<(), Fault> {
        self.measured(true).await.map(drop)
    }

    async fn measured(&self, anew: bool) -> Result<Arc<CreditAccuracyView>, Fault> {
        let mut last = self.core().credit.accuracy.lock().await;
        if let Some(known) = &*last
            && !anew
            && known.at.elapsed() < known.took.saturating_mul(SERVED_TIMES)
        {
            return Ok(Arc::clone(&known.view));
        }
        let (engine, began) = (self.clone(), Instant::now());
        let computed = tokio::task::spawn_blocking(move || engine.measure_accuracy()).await;
        let view = Arc::new(computed.map_err(|_| Fault::Panicked)??);
        *last = Some(Measured { view: Arc::clone(&view), at: Instant::now(), took: began.elapsed() });
        Ok(view)
    }

    fn measure_accuracy(&self) -> Result<CreditAccuracyView, Fault> {
        let policies = self.store().read_blocking(Policies::read)?;
        let (today, now) = (self.day(), self.now());
        let mut days = days_until(self, today, WINDOW_DAYS);
        if let Some(last) = days.last_mut() {
            // Today as it stands.
            last.end = last.end.max(now);
        }
        let then = today.saturating_sub(Span::new().days(LAG_DAYS));
        let since = now.checked_sub(Span::new().hours(24 * i64::from(WINDOW_DAYS))).unwrap_or(Timestamp::MIN);
        let lagged = days_until(self, then, WINDOW_DAYS);
        let frame = Arc::new(Frame { policies, days, lagged, since });
        let accounts: Vec<(u32, AccountId)> = {
            let inner = self.directory().read();
            let rows = inner.rows().filter(|(row, _)| !inner.is_merged(*row));
            rows.map(|(row, entry)| (row, entry.id)).collect()
        };
        let mut sums = Sums::default();
        for account in accounts {
            let (engine, frame) = (self.clone(), Arc::clone(&frame));
            let replayed = sums.replayed;
            let part = self.store().read_blocking(move |reader| {
                let mut part = Sums { replayed, ..Sums::default() };
                engine.measure_account(reader, account, &frame, &mut part)?;
                Ok(part)
            })?;
            sums.absorb(part);
        }
        Ok(self.accuracy_view(&sums, &frame))
    }

    fn measure_account(
        &self,
        reader: &mut Reader<'_>,
        (row, id): (u32, AccountId),
        frame: &Frame,
        sums: &mut Sums,
    ) -> Result<(), Fault> {
        let steps = steps(reader, &id.to_string())?;
        let (days, policies) = (&frame.days, &frame.policies);
        let limits = limit_days(self, reader, (id, row), &steps, (days, policies))?;
        sums.limits.add(limits.share);
        let all = reservations(reader, id)?;
        let risk = load::<Risk>(reader, &id.to_string())?.state;
        let mut places = Places::default();
        let past = Past { engine: self, id, row, steps: &steps, limits: &limits, policies, risk };
        for decided in &all {
            if decided.state.decided_at.is_none_or(|at| at < frame.since) {
                continue;
            }
            sums.decisions = sums.decisions.saturating_add(1);
            if sums.replayed >= REPLAYED_MAX {
                continue;
            }
            if let Some(replayed) = past.replay((reader, &mut places), decided, &all)? {
                self.count_decision(decided, replayed, sums);
            }
        }
        for Fit { too_tight, too_loose } in past.fits(&all, &frame.lagged)? {
            sums.fits.count(!too_tight && !too_loose);
            sums.too_tight = sums.too_tight.saturating_add(u64::from(too_tight));
            sums.too_loose = sums.too_loose.saturating_add(u64::from(too_loose));
        }
        if !limits.wrong.is_empty() {
            sums.wrong.push((id, limits));
        }
        Ok(())
    }

    fn count_decision(&self, decided: &Loaded<Reservation>, replayed: Decision, sums: &mut Sums) {
        let Some(made) = decided.state.decision.as_ref().map(|decision| decision.outcome) else { return };
        sums.replayed = sums.replayed.saturating_add(1);
        sums.confusion.count(made, replayed.outcome);
        let asked = decided.state.draft.as_ref().map(|draft| draft.amount);
        let value = asked.map_or(0, |amount| self.in_home_currency(amount).unwrap_or(0));
        let add = |sum: &mut (u64, i64)| *sum = (sum.0.saturating_add(1), sum.1.saturating_add(value));
        match (made.goes(), replayed.outcome.goes()) {
            (true, false) => add(&mut sums.false_approve),
            (false, true) => add(&mut sums.false_hold),
            _ => {}
        }
        if made != replayed.outcome {
            sums.others.push(Other { reservation: decided.clone(), made, replayed });
        }
    }
}
