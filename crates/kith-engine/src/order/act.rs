//! What is done with an order that is here: cancelled, amended, released.

use std::collections::BTreeSet;

use kith_api::conform;
use kith_api::request::OrderPlace;
use kith_api::view::OrderView;
use kith_domain::access::{Grant, Role};
use kith_domain::account::Account;
use kith_domain::credit::is_settled;
use kith_domain::order::{Amendment, Assessment, Command, Facts, Order, OrderRules, OrderState, Progress};
use kith_domain::policy::Policy;
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::value::{AccountId, Money, Personal};
use kith_profile::order_number;
use kith_store::Fault;
use serde_json::Value;

use super::assess::{Asked, rejects};
use super::{allowed, read};
use crate::caller::Caller;
use crate::credit::{Resolve, exchange};
use crate::engine::{Engine, profile_day};
use crate::noun::{Loaded, POLICY, load};
use crate::permit;
use crate::policy::merge;

impl Engine {
    /// What touchpoints say became of an order.
    pub(super) fn progress(&self, order: &Order) -> Progress {
        let row = order.matched.account.and_then(|account| self.directory().row(account));
        let Some(row) = row else { return Progress::default() };
        let number = order_number(&self.fact_context().hash_key, &order.order_no);
        let seen = self.living().order_progress(row, number);
        Progress {
            cancelled: seen.cancelled,
            delivered: seen.delivered,
            invoiced: seen.invoiced,
            settled: seen.invoiced && self.is_settled(row, number),
            stage: seen.stage,
        }
    }

    /// Whether all of an order is invoiced and its invoices are paid.
    fn is_settled(&self, row: u32, number: u64) -> bool {
        let (day, organisation) = (self.day(), self.organisation());
        let (documents, _) = self.living().documents(row, u64::MAX, profile_day(day));
        is_settled(&documents, number, &exchange(&organisation, day))
    }

    fn reason(caller: &Caller, text: Option<String>) -> Option<Personal<String>> {
        let by = caller.principal.user().map_or_else(|| "system".to_owned(), |user| user.to_string());
        text.map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .map(|text| Personal::new(by, text))
    }

    /// Calls an order off: its credit is free again.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn cancel_order(
        &self,
        caller: &Caller,
        name: &str,
        reason: Option<String>,
    ) -> Result<Result<OrderView, Refusal>, Fault> {
        let loaded = allowed!(self.load_order(caller, name, Grant::CreditReserve).await?);
        let loaded = self.finish(caller, loaded).await?;
        let facts = Facts { progress: self.progress(&loaded.state), ..Facts::default() };
        let command = Command::Cancel { reason: Self::reason(caller, reason) };
        let (loaded, _) = allowed!(self.order_act(caller, &loaded.id, facts, command).await?);
        let loaded = self.record_order(loaded).await?;
        if let Some(reservation) = loaded.state.reservation.clone() {
            self.free(&reservation).await?;
        }
        self.order_view(caller, &loaded, true).await.map(Ok)
    }

    /// Frees what a reservation still holds; one that holds nothing any more is left as it is.
    pub(super) async fn free(&self, reservation: &str) -> Result<(), Fault> {
        let freed = self.resolve_reservation(&Caller::system(), reservation, Resolve::Void, None).await?;
        if let Err(refusal) = freed {
            tracing::debug!(code = refusal.code, "a reservation that holds nothing any more");
        }
        Ok(())
    }

    /// Lays a merge patch over an order. More is reserved first; what would not go leaves the order as it is.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn amend_order(
        &self,
        caller: &Caller,
        name: &str,
        patch: &Value,
    ) -> Result<Result<OrderView, Refusal>, Fault> {
        let loaded = allowed!(self.load_order(caller, name, Grant::CreditReserve).await?);
        let loaded = self.finish(caller, loaded).await?;
        let Some(mut given) = loaded.state.content.given.get().cloned() else {
            return Ok(Err(permit::missing("order.erased", "What was ordered was erased.")));
        };
        let mut patch = patch.clone();
        let number = patch.as_object_mut().and_then(|members| members.remove("order_no"));
        let other =
            number.filter(|number| number.as_str().map(str::trim) != Some(loaded.state.order_no.as_str()));
        let other = other.map(|_| {
            let message = format!("the order keeps its number {}", loaded.state.order_no);
            FieldFault::new("/order_no", "order_no_differs", message)
        });
        merge(&mut given, &patch);
        let wire = conform::read::<OrderPlace>(given);
        let Some(place) = wire.request.filter(|_| wire.faults.is_empty()) else {
            return Ok(Err(read::invalid(wire.faults.into_iter().chain(other).collect())));
        };
        if patch.get("paid").is_some_and(|paid| !paid.is_null()) && !permit::may_say_paid(caller) {
            return Ok(Err(read::invalid(vec![permit::not_theirs_to_say("/paid")])));
        }
        let subject = loaded.state.content.given.subject.clone();
        let content = match (read::content(&place, (&self.organisation(), self.day()), &subject)?, other) {
            (Ok(content), None) => content,
            (content, other) => {
                let faults = content.err().into_iter().flatten();
                return Ok(Err(read::invalid(faults.chain(other).collect())));
            }
        };
        let mut next = loaded.clone();
        let source = loaded.state.content.source.clone();
        next.state.content = kith_domain::order::Content { source, ..content };
        if next.state.content == loaded.state.content {
            return self.order_view(caller, &loaded, true).await.map(Ok);
        }
        let assessment = match loaded.state.state {
            OrderState::Confirmed => self.assess(&next, Asked::Difference).await?,
            _ => Assessment::default(),
        };
        let difference = assessment.reservation.clone();
        let amendment = Amendment { content: next.state.content, assessment };
        let facts = Facts { progress: self.progress(&loaded.state), ..Facts::default() };
        let command = Command::Amend(Box::new(amendment));
        let amended = self.order_act(caller, &loaded.id, facts, command).await?;
        let finished = match amended {
            Ok((amended, _)) => Ok(self.finish(caller, amended).await?),
            Err(refusal) => Err(refusal),
        };
        // The amended order stands in the book now, or does not go: either way the difference is held no more.
        if let Some(difference) = difference {
            self.free(&difference).await?;
        }
        let loaded = allowed!(finished);
        self.order_view(caller, &loaded, true).await.map(Ok)
    }

    /// Lets one held order go, on the exposure of now.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn release_order(
        &self,
        caller: &Caller,
        name: &str,
        account: Option<String>,
        reason: Option<String>,
    ) -> Result<Result<OrderView, Refusal>, Fault> {
        let loaded = allowed!(self.load_order(caller, name, Grant::ChangesApprove).await?);
        let named = match account {
            Some(name) => match self.account_named(name.trim()) {
                Some(id) if self.reaches_account(caller, id) => Some(id),
                _ => return Ok(Err(permit::no_account())),
            },
            None => None,
        };
        let (facts, required) = self.release_facts(caller, &loaded, named).await?;
        let command = Command::Release { account: named, required, reason: Self::reason(caller, reason) };
        let (loaded, _) = allowed!(self.order_act(caller, &loaded.id, facts, command).await?);
        let loaded = self.finish(caller, loaded).await?;
        self.order_view(caller, &loaded, true).await.map(Ok)
    }

    /// Whether the caller may let a held order go: authority for its amount, and it is not an order of their own.
    pub(crate) fn may_release(&self, caller: &Caller, rules: &OrderRules, order: &OrderView) -> bool {
        let user = caller.principal.user();
        let entity = order.entity.as_ref().and_then(|code| code.parse().ok());
        let total = order
            .total
            .as_ref()
            .and_then(|total| Money::parse(&total.amount, total.currency.parse().ok()?).ok());
        let own = user.is_some() && order.placed_by == user.map(|user| user.to_string());
        let account = order.account.as_ref().and_then(|account| account.parse().ok());
        let looks_after = account.is_some_and(|account| self.looks_after(caller, account));
        !own && !looks_after
            && caller.principal.may(Grant::ChangesApprove, entity.as_ref())
            && has_authority(caller, rules, self.whole_amount(total), entity.as_ref())
    }

    fn reaches_account(&self, caller: &Caller, account: AccountId) -> bool {
        let owner = self.owner_of(account);
        owner.is_some_and(|owner| caller.principal.may(Grant::AccountsRead, Some(&owner)))
    }

    async fn release_facts(
        &self,
        caller: &Caller,
        loaded: &Loaded<Order>,
        named: Option<AccountId>,
    ) -> Result<(Facts, Option<Role>), Fault> {
        let order = &loaded.state;
        let mut asked = loaded.clone();
        if let Some(account) = named.filter(|_| order.matched.account.is_none()) {
            asked.state.matched.account = Some(account);
            asked.state.matched.method = "person".to_owned();
        }
        let account = asked.state.matched.account.map(|account| account.to_string());
        let (account, rules) = self
            .store()
            .read(move |reader| {
                let account = match &account {
                    Some(account) => load::<Account>(reader, account)?.state,
                    None => Account::default(),
                };
                Ok((account, load::<Policy>(reader, POLICY)?.state.rules.orders))
            })
            .await?;
        let now = if order.state == OrderState::Held {
            self.assess(&asked, Asked::Check).await?
        } else {
            Assessment::default()
        };
        let amount = self.whole_amount(now.total.or(order.total));
        let entity = now.entity.as_ref().or(order.entity.as_ref());
        let looking_after: BTreeSet<_> =
            account.sales_rep.into_iter().chain(account.account_manager).collect();
        let facts = Facts {
            progress: self.progress(order),
            looking_after,
            has_authority: has_authority(caller, &rules, amount, entity),
            would_reject: rejects(now.decision.as_deref()),
        };
        Ok((facts, rules.releaser(amount)))
    }

    /// Whole units of the organisation's currency, rounded up; more than anything where that cannot be said.
    pub(super) fn whole_amount(&self, total: Option<Money>) -> i64 {
        let organisation = self.organisation();
        let home = organisation.currency;
        let here = total.zip(home).and_then(|(total, home)| organisation.convert(total, home, self.day()));
        here.map_or(i64::MAX, |money| {
            let unit = 10_i64.pow(u32::from(money.currency.exponent()));
            money.minor.saturating_add(unit.saturating_sub(1)) / unit
        })
    }
}

/// Whether the caller holds a role whose authority covers an amount.
fn has_authority(
    caller: &Caller,
    rules: &OrderRules,
    amount: i64,
    entity: Option<&kith_domain::value::EntityCode>,
) -> bool {
    let holds = |role: Role| caller.principal.holds(role, entity);
    rules.release.iter().any(|row| row.covers(amount) && holds(row.role))
}
