//! The queue of held orders is gone through in its order: each is looked at again on the exposure of that moment and gets a
//! decision of its own. Where the room of an account is used up, what stands behind waits (D§3.3).

use std::collections::BTreeMap;

use kith_api::view::{OrderView, QueueItem, QueueView};
use kith_domain::access::Grant;
use kith_domain::order::{Command, Facts, Order, OrderState};
use kith_domain::refusal::Refusal;
use kith_domain::value::{AccountId, EntityCode};
use kith_store::Fault;

use super::allowed;
use super::assess::Asked;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::Loaded;
use crate::permit;

/// Orders that one call goes through at most.
const QUEUE_MAX: usize = 500;
/// Reasons of credit that say that the room is used up.
const NO_ROOM: [&str; 3] = ["over_limit", "far_over_limit", "group_limit"];

/// Which part of the queue, and on whose word.
#[derive(Debug, Clone, Default)]
pub struct QueueRequest {
    /// These orders only, by id or number; all of the queue when empty.
    pub orders: Vec<String>,
    /// Orders of this account only.
    pub account: Option<String>,
    /// On the caller's word also what is still held goes, as far as their authority reaches.
    pub override_held: bool,
    /// Why.
    pub reason: Option<String>,
}

impl Engine {
    /// Goes through held orders in the order of the queue.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out; what was decided before stays decided.
    pub async fn release_queue(
        &self,
        caller: &Caller,
        request: QueueRequest,
    ) -> Result<Result<QueueView, Refusal>, Fault> {
        if !caller.principal.may(Grant::ChangesApprove, None) {
            return Ok(Err(permit::denied(Grant::ChangesApprove)));
        }
        let account = match request.account.as_deref() {
            Some(name) => match self.account_named(name.trim()) {
                Some(account) => Some(account),
                None => return Ok(Err(permit::no_account())),
            },
            None => None,
        };
        let mut named = Vec::new();
        for name in &request.orders {
            named.push(allowed!(self.load_order(caller, name.trim(), Grant::ChangesApprove).await?).id);
        }
        let mut queue = self.queue(caller, account, None, QUEUE_MAX).await?;
        queue.retain(|order| {
            let wanted = named.is_empty() || named.contains(&order.id);
            wanted && self.sees_order(caller, &order.state, Grant::ChangesApprove)
        });
        let mut view = QueueView::default();
        let mut full: BTreeMap<(Option<AccountId>, Option<EntityCode>), String> = BTreeMap::new();
        for loaded in queue {
            let place = (loaded.state.matched.account, loaded.state.entity.clone());
            let before = full.get(&place).filter(|_| !request.override_held).cloned();
            let item = match before {
                Some(first) => behind(&loaded, first),
                None => self.queue_item(caller, loaded, &request).await?,
            };
            if item.outcome == "held" && item.no_room {
                full.entry(place).or_insert_with(|| item.order_no.clone());
            }
            match item.outcome.as_str() {
                "released" => view.released = view.released.saturating_add(1),
                _ => view.left = view.left.saturating_add(1),
            }
            view.items.push(item);
        }
        Ok(Ok(view))
    }

    async fn queue_item(
        &self,
        caller: &Caller,
        loaded: Loaded<Order>,
        request: &QueueRequest,
    ) -> Result<QueueItem, Fault> {
        let loaded = self.recheck(loaded).await?;
        let shown = self.order_view(caller, &loaded, false).await?;
        if loaded.state.state != OrderState::Held || !request.override_held {
            return Ok(item(&shown, loaded.state.state));
        }
        let released = self.release_order(caller, &loaded.id, None, request.reason.clone()).await?;
        Ok(match released {
            Ok(view) => {
                let goes = view.held.is_none();
                item(&view, if goes { OrderState::Confirmed } else { OrderState::Held })
            }
            Err(refusal) => QueueItem {
                outcome: "refused".to_owned(),
                code: Some(refusal.code.clone()),
                text: Some(format!("{} {}", refusal.sentence, refusal.clears)),
                ..item(&shown, OrderState::Held)
            },
        })
    }

    /// Looks at one held order again; it goes where nothing speaks against it any more.
    async fn recheck(&self, loaded: Loaded<Order>) -> Result<Loaded<Order>, Fault> {
        let assessment = self.assess(&loaded, Asked::Whole).await?;
        let reserved = assessment.reservation.clone();
        let command = Command::Recheck(Box::new(assessment));
        let decided = self.order_act(&Caller::system(), &loaded.id, Facts::default(), command).await?;
        let loaded = decided.map_or(loaded, |(decided, _)| decided);
        if let Some(reservation) = reserved.filter(|_| loaded.state.state != OrderState::Confirmed) {
            // Somebody decided otherwise meanwhile, or a rule holds it in spite of credit.
            self.free(&reservation).await?;
        }
        self.record_order(loaded).await
    }

    /// Goes through the held orders of an account by itself: a hold was lifted.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer; what was decided before stays decided.
    pub(crate) async fn recheck_held(&self, account: AccountId) -> Result<(), Fault> {
        let system = Caller::system();
        let mut full = Vec::new();
        for loaded in self.queue(&system, Some(account), None, QUEUE_MAX).await? {
            let entity = loaded.state.entity.clone();
            if full.contains(&entity) {
                continue;
            }
            let loaded = self.recheck(loaded).await?;
            if loaded.state.state == OrderState::Held && has_no_room(&loaded.state) {
                full.push(entity);
            }
        }
        Ok(())
    }

    /// The same beside whatever goes on.
    pub(crate) fn start_rechecking(&self, account: AccountId) {
        let engine = self.clone();
        tokio::spawn(async move {
            if let Err(fault) = engine.recheck_held(account).await {
                tracing::warn!(%fault, "the held orders of an account could not be looked at again");
            }
        });
    }
}

fn has_no_room(order: &Order) -> bool {
    let reasons = order.decision.iter().flat_map(|decision| &decision.reasons);
    let holds =
        |reason: &&kith_domain::credit::Reason| reason.severity >= kith_domain::credit::Severity::Hold;
    reasons.filter(holds).any(|reason| NO_ROOM.contains(&reason.code.as_str()))
}

fn item(order: &OrderView, state: OrderState) -> QueueItem {
    let held = state == OrderState::Held;
    let grave = order.reasons.iter().filter(|reason| matches!(reason.severity.as_str(), "hold" | "reject"));
    let grave: Vec<_> = grave.collect();
    let first = grave.first().filter(|_| held);
    QueueItem {
        id: order.id.clone(),
        order_no: order.order_no.clone(),
        account: order.account.clone(),
        account_name: order.account_name.clone(),
        total: order.total.clone(),
        priority: order.held.as_ref().map(|held| held.priority),
        outcome: if held { "held" } else { "released" }.to_owned(),
        no_room: held && grave.iter().any(|reason| NO_ROOM.contains(&reason.code.as_str())),
        code: first.map(|reason| reason.code.clone()),
        text: first.map(|reason| reason.text.clone()),
    }
}

/// What was not looked at: an order before it took what room there was.
fn behind(loaded: &Loaded<Order>, first: String) -> QueueItem {
    let order = &loaded.state;
    QueueItem {
        id: loaded.id.clone(),
        order_no: order.order_no.clone(),
        account: order.matched.account.map(|account| account.to_string()),
        total: order.total.map(Into::into),
        outcome: "behind".to_owned(),
        code: Some("room_used".to_owned()),
        text: Some(format!("It waits behind {first}, for which there is no room.")),
        ..QueueItem::default()
    }
}
