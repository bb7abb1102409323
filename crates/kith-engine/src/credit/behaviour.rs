//! How customers pay (D§3.4): one account, of a legal entity or of all, and the whole portfolio.

mod tell;
mod usage;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use kith_api::view::PaymentBehaviourView;
use kith_domain::access::Grant;
use kith_domain::organisation::Organisation;
use kith_domain::refusal::Refusal;
use kith_domain::value::{Currency, EntityCode};
use kith_profile::{OfEntity, PaymentBehaviour};
use kith_store::Fault;

use self::tell::{Told, tell};
use self::usage::usage;
use super::accuracy::steps;
use super::line::entity_number;
use super::show::entity_unknown;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::permit;

/// A portfolio is served again for so many times of what it took to add it up.
const SERVED_TIMES: u32 = 10;
/// Accounts for which a page may wait.
const FEW: usize = 500;

/// What accounts came to together.
#[derive(Debug, Clone, Default)]
struct Portfolio {
    sums: PaymentBehaviour,
    /// Accounts with invoices, and those left out for want of a rate.
    accounts: u64,
    unrated: u64,
}

impl Portfolio {
    fn add(&mut self, other: &Self) {
        self.sums.add(&other.sums);
        self.accounts = self.accounts.saturating_add(other.accounts);
        self.unrated = self.unrated.saturating_add(other.unrated);
    }
}

/// Accounts by the entity that owns them: whoever may read credit of some adds these up.
type ByOwner = BTreeMap<EntityCode, Portfolio>;

/// A portfolio that was added up.
#[derive(Debug)]
pub(super) struct AddedUp {
    owners: Arc<ByOwner>,
    at: Instant,
    took: Duration,
}

/// The last portfolios, by the entity whose business they are.
#[derive(Debug, Default)]
pub(super) struct LastPortfolios {
    last: Mutex<BTreeMap<Option<EntityCode>, AddedUp>>,
    /// Whoever holds it adds up; the last ones are read meanwhile.
    adding: tokio::sync::Mutex<()>,
}

impl LastPortfolios {
    fn held(&self) -> MutexGuard<'_, BTreeMap<Option<EntityCode>, AddedUp>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last one, and whether it is still served as it is.
    fn get(&self, entity: Option<&EntityCode>) -> Option<(Arc<ByOwner>, bool)> {
        let held = self.held();
        let known = held.get(&entity.cloned())?;
        let is_fresh = known.at.elapsed() < known.took.saturating_mul(SERVED_TIMES);
        Some((Arc::clone(&known.owners), is_fresh))
    }
}

/// The currency of an entity's measures, or of all entities'.
fn currency(organisation: &Organisation, entity: Option<&EntityCode>) -> Result<Currency, Option<Refusal>> {
    match entity {
        Some(code) => {
            organisation.entity(code).map(|entity| entity.currency).ok_or_else(|| Some(entity_unknown()))
        }
        None => organisation.currency.ok_or(None),
    }
}

/// Whose business it is, as the profile asks.
fn scope(
    organisation: &Organisation,
    entity: Option<&EntityCode>,
    owner: &EntityCode,
    currency: Currency,
) -> Option<OfEntity> {
    let number = entity_number(organisation, entity?)?;
    Some(OfEntity { number, currency, owner: entity_number(organisation, owner).unwrap_or(1) })
}

impl Engine {
    /// How an account pays: with one legal entity in its currency, or with all in the organisation's.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn payment_behaviour(
        &self,
        caller: &Caller,
        name: &str,
        entity: Option<EntityCode>,
    ) -> Result<Result<PaymentBehaviourView, Refusal>, Fault> {
        let loaded = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (organisation, account) = (self.organisation(), &loaded.state);
        let may = |entity: &EntityCode| caller.principal.may(Grant::CreditRead, Some(entity));
        if !may(&account.owning_entity) && !entity.as_ref().is_some_and(may) {
            return Ok(Err(permit::denied_for(
                Grant::CreditRead,
                entity.as_ref().unwrap_or(&account.owning_entity),
            )));
        }
        let currency = match currency(&organisation, entity.as_ref()) {
            Ok(currency) => currency,
            Err(Some(refusal)) => return Ok(Err(refusal)),
            Err(None) => return Err(Fault::corrupt("an organisation without a currency")),
        };
        let row = loaded.row.or_else(|| self.find_account(name).map(|found| found.0)).unwrap_or(u32::MAX);
        let of = scope(&organisation, entity.as_ref(), &account.owning_entity, currency);
        let sums = self.living().payment_behaviour(row, of);
        let id = account.id.to_string();
        let steps = self.store().read(move |reader| steps(reader, &id)).await?;
        let usage = usage(self, (account, row), entity.as_ref(), currency, &steps);
        let told = Told {
            account: Some(account.id),
            entity,
            currency,
            day: self.day(),
            accounts: u64::from(sums.as_ref().is_some_and(|sums| sums.invoices > 0)),
            unrated: u64::from(sums.is_none()),
            sums,
            usage: Some(usage),
        };
        Ok(Ok(tell(&told)))
    }

    /// How all accounts pay whose credit the caller may read: of one legal entity's business, or of all together.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn portfolio_behaviour(
        &self,
        caller: &Caller,
        entity: Option<EntityCode>,
    ) -> Result<Result<PaymentBehaviourView, Refusal>, Fault> {
        let currency = match self.portfolio_currency(caller, entity.as_ref())? {
            Ok(currency) => currency,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let owners = self.added_up(entity.clone(), currency).await?;
        Ok(Ok(self.portfolio_told(caller, (entity, currency), &owners)))
    }

    /// The currency of a portfolio that the caller may read.
    fn portfolio_currency(
        &self,
        caller: &Caller,
        entity: Option<&EntityCode>,
    ) -> Result<Result<Currency, Refusal>, Fault> {
        if !caller.principal.may(Grant::CreditRead, entity) {
            return Ok(Err(match entity {
                Some(entity) => permit::denied_for(Grant::CreditRead, entity),
                None => permit::denied(Grant::CreditRead),
            }));
        }
        match currency(&self.organisation(), entity) {
            Ok(currency) => Ok(Ok(currency)),
            Err(Some(refusal)) => Ok(Err(refusal)),
            Err(None) => Err(Fault::corrupt("an organisation without a currency")),
        }
    }

    /// What of a portfolio the caller may read, as measures.
    fn portfolio_told(
        &self,
        caller: &Caller,
        (entity, currency): (Option<EntityCode>, Currency),
        owners: &ByOwner,
    ) -> PaymentBehaviourView {
        let mut all = Portfolio::default();
        let may = |owner: &EntityCode| {
            let of = entity.as_ref().unwrap_or(owner);
            caller.principal.may(Grant::CreditRead, Some(of))
                && caller.principal.reach(Grant::AccountsRead).covers(owner)
        };
        owners.iter().filter(|(owner, _)| may(owner)).for_each(|(_, part)| all.add(part));
        let Portfolio { sums, accounts, unrated } = all;
        tell(&Told {
            account: None,
            entity,
            currency,
            day: self.day(),
            accounts,
            unrated,
            sums: Some(sums),
            usage: None,
        })
    }

    /// The same for a page that waits for nothing: added up only where there are few accounts, else as it was last.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn portfolio_behaviour_known(
        &self,
        caller: &Caller,
        entity: Option<EntityCode>,
    ) -> Result<Option<PaymentBehaviourView>, Fault> {
        if self.directory().read().rows().nth(FEW).is_none() {
            return Ok(self.portfolio_behaviour(caller, entity).await?.ok());
        }
        let Ok(currency) = self.portfolio_currency(caller, entity.as_ref())? else { return Ok(None) };
        let known = self.core().credit.portfolios.get(entity.as_ref());
        if known.as_ref().is_none_or(|(_, is_fresh)| !is_fresh) {
            let (engine, entity) = (self.clone(), entity.clone());
            tokio::spawn(async move {
                if let Err(fault) = engine.added_up(entity, currency).await {
                    tracing::warn!(%fault, "how customers pay could not be added up");
                }
            });
        }
        Ok(known.map(|(owners, _)| self.portfolio_told(caller, (entity, currency), &owners)))
    }

    async fn added_up(&self, entity: Option<EntityCode>, currency: Currency) -> Result<Arc<ByOwner>, Fault> {
        let portfolios = &self.core().credit.portfolios;
        let _adding = portfolios.adding.lock().await;
        if let Some((owners, true)) = portfolios.get(entity.as_ref()) {
            return Ok(owners);
        }
        let (engine, began, of) = (self.clone(), Instant::now(), entity.clone());
        let added = tokio::task::spawn_blocking(move || engine.add_up(of.as_ref(), currency)).await;
        let owners = Arc::new(added.map_err(|_| Fault::Panicked)?);
        let added = AddedUp { owners: Arc::clone(&owners), at: Instant::now(), took: began.elapsed() };
        portfolios.held().insert(entity, added);
        Ok(owners)
    }

    fn add_up(&self, entity: Option<&EntityCode>, currency: Currency) -> ByOwner {
        let organisation = self.organisation();
        let accounts: Vec<(u32, EntityCode)> = {
            let inner = self.directory().read();
            let rows = inner.rows().filter(|(row, _)| !inner.is_merged(*row));
            rows.map(|(row, entry)| (row, entry.entity.clone())).collect()
        };
        let mut owners = ByOwner::new();
        for (row, owner) in accounts {
            let of = scope(&organisation, entity, &owner, currency);
            let part = match self.living().payment_behaviour(row, of) {
                Some(sums) if sums == PaymentBehaviour::default() => continue,
                Some(sums) => Portfolio { accounts: u64::from(sums.invoices > 0), unrated: 0, sums },
                None => Portfolio { unrated: 1, ..Portfolio::default() },
            };
            owners.entry(owner).or_default().add(&part);
        }
        owners
    }
}
