//! From what was folded to alerts: rows that something happened to wait here until they are looked at, seconds at most.
//!
//! The condition is compared with what stands, so that looking twice, or again after a restart, changes nothing.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use kith_api::view::CreditRow;
use kith_domain::account::Account;
use kith_domain::alert::{Alert, AlertKind, AlertState, Command, Finding};
use kith_domain::command::Command as AnyCommand;
use kith_domain::value::{AlertId, Money};
use kith_profile::{Fact, FactKind, Spending};
use kith_store::{Fault, Noun};

use super::find::{Look, Standing, Unknown, Used, find, judged};
use super::tuning::Learned;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::{load, read};
use crate::{life, react};

/// Rows that may wait; more are found again at the next start.
const WAITING_MAX: usize = 200_000;
/// Rows that are looked at between two pauses.
const AT_ONCE: usize = 256;
/// Alerts about unknown exposure that are looked at again when rates come.
const UNKNOWN_MAX: u32 = 10_000;
/// Alerts of an account that stand at most, as far as they are looked at.
const STANDING_MAX: u32 = 200;

/// Rows that wait, and what was learned of thresholds.
#[derive(Debug, Default)]
pub(crate) struct Watched {
    rows: Mutex<BTreeSet<u32>>,
    /// Whether the accounts that were active before the start were put in.
    begun: AtomicBool,
    pub(super) learned: Learned,
}

impl Watched {
    /// Puts rows in.
    pub(crate) fn note(&self, rows: impl IntoIterator<Item = u32>) {
        let mut waiting = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        for row in rows {
            if waiting.len() >= WAITING_MAX {
                tracing::warn!("more accounts wait for their alerts than can be kept");
                return;
            }
            waiting.insert(row);
        }
    }

    fn take(&self) -> Vec<u32> {
        let mut waiting = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = Vec::new();
        while taken.len() < AT_ONCE
            && let Some(row) = waiting.pop_first()
        {
            taken.push(row);
        }
        taken
    }

    /// What people said of alerts is learned again.
    pub(crate) fn forget(&self) {
        self.learned.forget();
    }
}

/// Whether a fact can make or end an alert or a hold: orders and money from yesterday on; payments that came back and
/// promises whenever they were.
pub(crate) fn matters(fact: &Fact, today: u16) -> bool {
    let doubt = fact.is(FactKind::PaymentReturned) || fact.kind >= FactKind::Promise as u8;
    doubt || (moves_exposure(fact) && fact.day.saturating_add(1) >= today)
}

/// Whether a fact is about orders or money: of whatever day it is, it moves what an account with a limit owes.
pub(crate) fn moves_exposure(fact: &Fact) -> bool {
    fact.kind <= FactKind::OrderCancelled as u8
        || (FactKind::Invoice as u8..=FactKind::Allocation as u8).contains(&fact.kind)
}

impl Engine {
    /// Looks at the accounts that something happened to since the last look, some at once; says at how many.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write; the accounts are looked at again.
    pub(crate) async fn watch_accounts(&self) -> Result<usize, Fault> {
        let watched = &self.core().feed.watched;
        if !watched.begun.swap(true, Ordering::AcqRel) {
            watched.note(self.living().active_since(self.living().day().saturating_sub(1)));
        }
        let rows = watched.take();
        let limits = match self.limits_of(&rows).await {
            Ok(limits) => limits,
            Err(fault) => {
                watched.note(rows);
                return Err(fault);
            }
        };
        for (at, row) in rows.iter().enumerate() {
            if let Err(fault) = self.watch_account(*row, &limits).await {
                watched.note(rows.iter().skip(at).copied());
                return Err(fault);
            }
        }
        Ok(rows.len())
    }

    /// Where the accounts of rows that have a limit stand, all in one sitting. No list tells who has one: a limit whose
    /// currency has no rate is in none.
    async fn limits_of(&self, rows: &[u32]) -> Result<Vec<CreditRow>, Fault> {
        let ids: Vec<_> = {
            let inner = self.directory().read();
            let canonical = rows.iter().map(|row| inner.canonical(*row));
            canonical.filter_map(|row| inner.entry(row).map(|entry| entry.id)).collect()
        };
        self.limited(ids).await
    }

    /// Puts in whom other rates concern: who trades in other currencies, and of whom exposure could not be said.
    pub(crate) async fn look_again_at_currencies(&self) {
        let unknown = self.store().read(|reader| {
            let mut accounts = Vec::new();
            for state in [AlertState::Open, AlertState::Acknowledged] {
                let index =
                    [("kind", AlertKind::ExposureUnknown.as_str().into()), ("state", state.as_str().into())];
                for document in reader.list(Noun::Alert, &index, None, UNKNOWN_MAX)? {
                    accounts.extend(read::<Alert>(document)?.state.finding.map(|finding| finding.account));
                }
            }
            Ok(accounts)
        });
        let mut rows = self.rows_of_other_currencies();
        match unknown.await {
            Ok(accounts) => rows.extend(accounts.iter().filter_map(|id| self.directory().row(*id))),
            Err(fault) => {
                tracing::warn!(%fault, "alerts about currencies could not be read; the next touchpoint does")
            }
        }
        self.core().feed.watched.note(rows);
    }

    fn rows_of_other_currencies(&self) -> Vec<u32> {
        let Some(home) = self.organisation().currency else { return Vec::new() };
        let inner = self.directory().read();
        let rows = inner.rows().map(|(row, _)| row).filter(|row| !inner.is_merged(*row));
        rows.filter(|row| self.living().trades_in_other_than(*row, home)).collect()
    }

    async fn watch_account(&self, row: u32, limits: &[CreditRow]) -> Result<(), Fault> {
        let row = self.directory().read().canonical(row);
        let Some(id) = self.directory().read().entry(row).map(|entry| entry.id) else { return Ok(()) };
        let name = id.to_string();
        let own = || limits.iter().filter(|limit| limit.account == name);
        let used = own().filter_map(used).max_by(|one, other| one.share().total_cmp(&other.share()));
        let unknown: Vec<Unknown> = own().filter_map(unknown).collect();
        let is_unknown = !unknown.is_empty();
        let known = self.living().spending(row);
        let has_facts = known.is_some();
        let spending =
            known.unwrap_or_else(|| Spending { today: self.living().day(), ..Spending::default() });
        let (thresholds, _) = self.thresholds().await?;
        let organisation = self.organisation();
        let Some(home) = organisation.currency else { return Ok(()) };
        let (engine, day) = (self.clone(), self.day());
        let (wanted, standing, has_news) = self
            .store()
            .read(move |reader| {
                let loaded = load::<Account>(reader, &id.to_string())?;
                let has_news = react::has_news(&loaded.state, &life::behaviour(&engine, reader, &loaded)?);
                let account = loaded.state;
                let mut standing = Vec::new();
                for state in [AlertState::Open, AlertState::Acknowledged] {
                    let name = id.to_string();
                    let index = [("account_id", name.as_str().into()), ("state", state.as_str().into())];
                    let documents = reader.list(Noun::Alert, &index, None, STANDING_MAX)?;
                    standing.extend(documents.into_iter().map(read::<Alert>).collect::<Result<Vec<_>, _>>()?);
                }
                let standing: Vec<Standing> =
                    standing.iter().filter_map(|alert| stands(alert.state.finding.as_ref()?)).collect();
                let seqs: Vec<u32> = judged(&spending, &standing).iter().map(|order| order.seq).collect();
                let ship_to = engine.ship_to(reader, &account, &seqs, &spending.orders)?;
                let limit = account.credit_limit.and_then(|limit| organisation.convert(limit, home, day));
                let look = Look {
                    used,
                    unknown: &unknown,
                    account: &account,
                    spending: &spending,
                    limit,
                    standing: &standing,
                    thresholds: &thresholds,
                    ship_to: &ship_to,
                };
                Ok((find(&look), standing, has_news))
            })
            .await?;
        // What cannot be said ends no alert either.
        let decided = |alert: &Standing| !(is_unknown && alert.kind == AlertKind::OverLimit);
        let standing: Vec<Standing> = standing.into_iter().filter(decided).collect();
        self.settle_alerts(wanted, &standing).await?;
        if !has_facts {
            return Ok(());
        }
        self.show_risk(row).await?;
        if has_news {
            self.react_to(id.to_string(), false).await?;
        }
        self.follow_limit(row).await
    }

    /// Raises what should stand, and clears what stands and should not.
    async fn settle_alerts(&self, wanted: Vec<Finding>, standing: &[Standing]) -> Result<(), Fault> {
        let ids: BTreeSet<AlertId> = wanted.iter().map(|finding| finding.id).collect();
        let raise = wanted.into_iter().map(|finding| (finding.id, Command::Raise(Box::new(finding))));
        let gone = standing.iter().filter(|alert| !ids.contains(&alert.id));
        let clear = gone.map(|alert| (alert.id, Command::Clear));
        for (id, command) in raise.chain(clear) {
            let request = Request::from(AnyCommand::Alert { id, command });
            self.execute(&Caller::system(), request).await?;
        }
        Ok(())
    }
}

/// What the credit book says of a limit: exposure, or what it comes to at least where rates are missing.
fn used(row: &CreditRow) -> Option<Used> {
    let standing = &row.standing;
    let limit = standing.limit.as_ref()?.read().ok()?;
    let exposure = standing.exposure.as_ref().or(standing.exposure_at_least.as_ref())?.read().ok()?;
    let reserved = standing.buckets.as_ref().map(|buckets| buckets.pending.read());
    let reserved = reserved.unwrap_or(Ok(Money::new(0, limit.currency))).ok()?;
    Some(Used { limit, exposure, reserved, at_least: standing.exposure.is_none() })
}

/// What it cannot say.
fn unknown(row: &CreditRow) -> Option<Unknown> {
    let standing = &row.standing;
    let (entity, unrated) = (standing.entity.clone(), standing.unrated.clone());
    (standing.exposure.is_none() && !unrated.is_empty()).then_some(Unknown { entity, unrated })
}

fn stands(finding: &Finding) -> Option<Standing> {
    let seq = finding.evidence.first().copied().filter(|_| finding.kind.is_of_order());
    Some(Standing { id: finding.id, kind: finding.kind, seq })
}
