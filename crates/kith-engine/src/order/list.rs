//! Lists of orders: newest first, and the queue of held ones in the order in which they are looked at.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use kith_api::view::{OrderView, Page};
use kith_domain::access::Grant;
use kith_domain::account::{Account, Tier};
use kith_domain::order::{Order, stored_state};
use kith_domain::policy::{Policy, Rules};
use kith_domain::refusal::Refusal;
use kith_domain::value::AccountId;
use kith_store::{Fault, Noun, Param};

use super::allowed;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{Loaded, POLICY, load, read as read_document};
use crate::permit;

/// Orders that are read in one go.
const CHUNK: u32 = 200;
/// Held orders that are put in order at most.
const QUEUE_MAX: usize = 5_000;

/// Which orders.
#[derive(Debug, Clone, Default)]
pub struct OrderRequest {
    /// Only those that stand there, in a word of [`kith_domain::order::STANDS`].
    pub state: Option<&'static str>,
    /// Only those of this account: `acc_…`, its number, or a reference.
    pub account: Option<String>,
    /// The order after which the page begins.
    pub cursor: Option<String>,
    /// How many.
    pub limit: usize,
}

impl Engine {
    /// An order by its id or its number.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn order(&self, caller: &Caller, name: &str) -> Result<Result<OrderView, Refusal>, Fault> {
        let loaded = allowed!(self.load_order(caller, name, Grant::CreditRead).await?);
        self.order_view(caller, &loaded, true).await.map(Ok)
    }

    /// A page of orders; held ones in the order of the queue.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn orders(
        &self,
        caller: &Caller,
        request: OrderRequest,
    ) -> Result<Result<Page<OrderView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::CreditRead, None) {
            return Ok(Err(permit::denied(Grant::CreditRead)));
        }
        let account = match &request.account {
            Some(name) => match self.account_named(name) {
                Some(account) => Some(account),
                None => return Ok(Err(permit::no_account())),
            },
            None => None,
        };
        let rules = self.store().read(|reader| load::<Policy>(reader, POLICY)).await?.state.rules;
        let most = request.limit.saturating_add(1);
        let found = if request.state == Some("held") {
            self.queue(caller, account, request.cursor.as_deref(), most).await?
        } else {
            self.newest_orders(caller, account, &request, most).await?
        };
        let Page { items, next_cursor, has_more } = Page::cut(found, request.limit, |order| order.id.clone());
        let items = self.shown(caller, &items, &rules).await?;
        Ok(Ok(Page { items, next_cursor, has_more }))
    }

    async fn shown(
        &self,
        caller: &Caller,
        orders: &[Loaded<Order>],
        rules: &Rules,
    ) -> Result<Vec<OrderView>, Fault> {
        let tiers = self.tiers(orders).await?;
        let tier = |order: &Order| order.matched.account.and_then(|account| tiers.get(&account).copied());
        let view = |loaded: &Loaded<Order>| {
            self.order_shown(caller, loaded, (rules, tier(&loaded.state).unwrap_or_default()), false)
        };
        Ok(orders.iter().map(view).collect())
    }

    /// The tiers of the customers of some orders.
    async fn tiers(&self, orders: &[Loaded<Order>]) -> Result<BTreeMap<AccountId, Tier>, Fault> {
        let accounts: std::collections::BTreeSet<AccountId> =
            orders.iter().filter_map(|loaded| loaded.state.matched.account).collect();
        self.store()
            .read(move |reader| {
                let tier = |account: &AccountId| {
                    Ok((*account, load::<Account>(reader, &account.to_string())?.state.tier))
                };
                accounts.iter().map(tier).collect()
            })
            .await
    }

    async fn chunk(
        &self,
        index: Vec<(&'static str, String)>,
        before: Option<String>,
    ) -> Result<Vec<Loaded<Order>>, Fault> {
        self.store()
            .read(move |reader| {
                let equals: Vec<(&'static str, Param<'_>)> =
                    index.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
                let found = reader.list_newest(Noun::Order, &equals, before.as_deref(), CHUNK)?;
                found.into_iter().map(read_document::<Order>).collect()
            })
            .await
    }

    async fn newest_orders(
        &self,
        caller: &Caller,
        account: Option<AccountId>,
        request: &OrderRequest,
        most: usize,
    ) -> Result<Vec<Loaded<Order>>, Fault> {
        let stored = request.state.and_then(stored_state);
        let state = stored.map(|state| ("state", state.as_str().to_owned()));
        let account = account.map(|account| ("account_id", account.to_string()));
        let index: Vec<(&'static str, String)> = account.into_iter().chain(state).collect();
        let (mut found, mut before) = (Vec::new(), request.cursor.clone());
        loop {
            let chunk = self.chunk(index.clone(), before).await?;
            let is_last = chunk.len() < CHUNK as usize;
            before = chunk.last().map(|loaded| loaded.id.clone());
            let stands = |order: &Order| request.state.is_none_or(|state| self.order_state(order) == state);
            found.extend(
                chunk.into_iter().filter(|one| {
                    self.sees_order(caller, &one.state, Grant::CreditRead) && stands(&one.state)
                }),
            );
            if is_last || found.len() >= most {
                found.truncate(most);
                return Ok(found);
            }
        }
    }

    /// The held orders, those that are looked at first at the top.
    pub(super) async fn queue(
        &self,
        caller: &Caller,
        account: Option<AccountId>,
        after: Option<&str>,
        most: usize,
    ) -> Result<Vec<Loaded<Order>>, Fault> {
        let request = OrderRequest { state: Some("held"), ..OrderRequest::default() };
        let held = self.newest_orders(caller, account, &request, QUEUE_MAX).await?;
        let tiers = self.tiers(&held).await?;
        let tier = |order: &Order| order.matched.account.and_then(|account| tiers.get(&account).copied());
        let mut ranked: Vec<(Reverse<i64>, Loaded<Order>)> = held
            .into_iter()
            .map(|one| (Reverse(self.order_priority(&one.state, tier(&one.state).unwrap_or_default())), one))
            .collect();
        // Of equal ones the older goes first.
        ranked.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| one.1.id.cmp(&other.1.id)));
        let place = after.and_then(|id| ranked.iter().position(|(_, one)| one.id == id));
        let from = place.map_or(0, |place| place.saturating_add(1));
        Ok(ranked.into_iter().skip(from).take(most).map(|(_, one)| one).collect())
    }
}
