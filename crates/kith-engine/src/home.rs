//! The start page: how the promises are kept, what needs the caller now, where money is at risk, what happened last.
//!
//! Everything that concerns all accounts comes from columns and tallies in memory; no account is decoded for it.

mod happening;
mod limit;
mod need;
mod outcome;
mod revenue;
mod scope;
mod tally;

use kith_api::view::{HomeView, LimitUseView, OutcomeView, RevenueRiskView};
use kith_domain::refusal::Refusal;
use kith_domain::value::{AccountId, EntityCode};
use kith_query::filter::{self, Filter};
use kith_query::top;
use kith_store::Fault;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::kept::sight;
use crate::table::Accounts;
use need::Debtor;
use scope::Scope;

pub(crate) use tally::Tallies;

/// What memory says, read in one go.
#[derive(Debug, Clone, Default)]
pub(crate) struct Measured {
    accounts: u64,
    outcomes: Vec<OutcomeView>,
    revenue: Option<RevenueRiskView>,
    closest: Vec<(AccountId, EntityCode)>,
    debtors: Vec<Debtor>,
}

/// Both conditions.
fn both(one: &str, other: &str) -> String {
    match (one.is_empty(), other.is_empty()) {
        (true, _) => other.to_owned(),
        (_, true) => one.to_owned(),
        _ => format!("({one}) && ({other})"),
    }
}

impl Engine {
    /// How things stand for the caller: for their own accounts, their teams', or all that they may see.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn home(
        &self,
        caller: &Caller,
        asked: Option<&str>,
    ) -> Result<Result<HomeView, Refusal>, Fault> {
        let teams = self.teams_of(caller).await?;
        let scope = match Scope::chosen(self, caller, &teams, asked) {
            Ok(scope) => scope,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let within = scope.condition(caller, &teams);
        let (engine, reader, condition) = (self.clone(), caller.clone(), within.clone());
        let measured = tokio::task::spawn_blocking(move || engine.remembered(&reader, &condition)).await;
        let mut measured = measured.map_err(|_| Fault::Panicked)?;
        let accuracy = if scope == Scope::All { self.accuracy_outcome(caller).await? } else { None };
        let first = self.onboarding_outcome(caller, &within).await?.into_iter().chain(accuracy);
        measured.outcomes.splice(0..0, first);
        let needs = self.needs(caller, (scope, &within), measured.debtors).await?;
        let limits = self.closest_limits(caller, measured.closest).await?;
        Ok(Ok(HomeView {
            scope: scope.as_str().to_owned(),
            scopes: Scope::offered(caller, &teams)
                .into_iter()
                .map(|scope| scope.as_str().to_owned())
                .collect(),
            accounts: measured.accounts,
            outcomes: measured.outcomes,
            needs: needs.shown,
            needs_total: needs.total,
            needs_pressing: needs.pressing,
            revenue: measured.revenue,
            limits,
            happenings: self.happenings(caller, &within).await?,
            day: self.day().to_string(),
            position: self.position(),
            as_of: self.now().to_string(),
        }))
    }

    /// A condition of our own, checked; one that names a field which is not there finds nothing.
    fn own_filter(&self, text: &str) -> Option<Filter> {
        filter::check(text, &self.catalogue()).ok()
    }

    /// What memory says, worked out when something has changed since.
    fn remembered(&self, caller: &Caller, within: &str) -> Measured {
        let asked = format!("{} {within}", sight(caller));
        self.core().measured.or_else(asked, self.stand(), || self.measure(caller, within))
    }

    fn measure(&self, caller: &Caller, within: &str) -> Measured {
        let Some(scope) = self.own_filter(within) else { return Measured::default() };
        // The lock on the accounts is taken once at a time, and never while another part takes it.
        let awake = Accounts::new(self, caller, None);
        let accounts = top::count(&scope, &awake);
        let quality = self.quality_outcome(within, &awake);
        let closest = self.closest(caller, within, &awake);
        let debtors = self.debtors(caller, within, &awake);
        let split = self.split_by_risk(within, &awake);
        let answered = self.answered(within, &awake);
        let awake = awake.with_dormant(true);
        let retention = self.retention_outcome(within, &awake);
        drop(awake);
        let outcomes = [retention, self.satisfaction_outcome(within, &answered), quality];
        Measured {
            accounts,
            outcomes: outcomes.into_iter().flatten().collect(),
            revenue: split.and_then(|split| self.revenue_risk(within, &split)),
            closest,
            debtors,
        }
    }

    async fn closest_limits(
        &self,
        caller: &Caller,
        closest: Vec<(AccountId, EntityCode)>,
    ) -> Result<Option<Vec<LimitUseView>>, Fault> {
        if !caller.principal.may(kith_domain::access::Grant::CreditRead, None) {
            return Ok(None);
        }
        Ok(self.standings(caller, closest).await?.ok().map(limit::nearly_used))
    }
}
