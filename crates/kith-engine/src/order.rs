//! Orders at the door: taken in, matched, held against the rules, priced, checked for credit, and recorded as touchpoints.
//!
//! An order is a document of its own. It is written before anything is decided and finished step by step; every step can be
//! taken again, so that whatever stops in between goes on later ([`Engine::finish_orders`]).

mod act;
mod again;
mod assess;
mod customer;
mod list;
mod queue;
mod read;
mod record;
mod show;
mod signal;
mod take;

use kith_api::view::OrderView;
use kith_domain::access::Grant;
use kith_domain::decider::Decider as _;
use kith_domain::order::{Command, Facts, Order, refusal};
use kith_domain::refusal::Refusal;
use kith_domain::value::EntityCode;
use kith_store::{Fault, Noun};

pub use list::OrderRequest;
pub use queue::QueueRequest;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{Loaded, load, read as read_document};

/// An order after it was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The order.
    pub view: OrderView,
    /// Whether it was rejected for what it says itself, and not for credit.
    pub is_invalid: bool,
}

/// Orders that are finished in one go.
const FINISHED_AT_ONCE: u32 = 200;

/// Ends a function with a refusal.
macro_rules! allowed {
    ($outcome:expr) => {
        match $outcome {
            Ok(value) => value,
            Err(refusal) => return Ok(Err(refusal)),
        }
    };
}
use allowed;

impl Engine {
    /// An order by its id or number, if the caller may see it with this grant.
    async fn load_order(
        &self,
        caller: &Caller,
        name: &str,
        grant: Grant,
    ) -> Result<Result<Loaded<Order>, Refusal>, Fault> {
        if !caller.principal.may(grant, None) {
            return Ok(Err(crate::permit::denied(grant)));
        }
        let name = name.to_owned();
        let column = if name.starts_with("ord_") { "id" } else { "order_no" };
        let found = self
            .store()
            .read(move |reader| reader.document_by(Noun::Order, (column, (&name).into())))
            .await?;
        let found = found.map(read_document::<Order>).transpose()?;
        let seen = found.filter(|found| self.sees_order(caller, &found.state, grant));
        Ok(seen.ok_or_else(refusal::not_found))
    }

    /// Whether a grant of the caller reaches an order: by the entity that sells, or the one that owns the account. What
    /// belongs to nobody yet is seen by all who may see orders.
    fn sees_order(&self, caller: &Caller, order: &Order, grant: Grant) -> bool {
        let owner = order.matched.account.and_then(|account| self.owner_of(account));
        let entities: Vec<EntityCode> =
            owner.into_iter().chain(order.entity.clone()).chain(order.content.entity.clone()).collect();
        let mut reached = entities.iter();
        entities.is_empty() || reached.any(|entity| caller.principal.may(grant, Some(entity)))
    }

    /// Decides a command on an order as it stands, and writes what comes of it. Gives the order, and whether it changed.
    async fn order_act(
        &self,
        caller: &Caller,
        id: &str,
        facts: Facts,
        command: Command,
    ) -> Result<Result<(Loaded<Order>, bool), Refusal>, Fault> {
        let (engine, id, context) = (self.clone(), id.to_owned(), caller.context(self.now()));
        let acted = self
            .store()
            .write(move |unit| {
                let mut loaded = load::<Order>(unit, &id)?;
                let events = allowed!(loaded.state.decide(&context, &facts, &command));
                loaded.append(unit, engine.store().secrets(), &context, &events, None)?;
                Ok(Ok((loaded, !events.is_empty())))
            })
            .await?;
        if matches!(&acted, Ok((_, true))) {
            self.publish_work("order");
        }
        Ok(acted)
    }

    /// Does what is still to be done about an order: decides on it, and records it.
    async fn finish(&self, caller: &Caller, loaded: Loaded<Order>) -> Result<Loaded<Order>, Fault> {
        let mut loaded = loaded;
        if loaded.state.is_unfinished() && loaded.state.recorded >= loaded.state.change {
            let assessment = self.assess(&loaded, assess::Asked::Whole).await?;
            let command = Command::Assess(Box::new(assessment));
            if let Ok((decided, _)) = self.order_act(caller, &loaded.id, Facts::default(), command).await? {
                loaded = decided;
            }
        }
        self.record_order(loaded).await
    }

    /// Finishes what was interrupted.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer; it is tried again.
    pub async fn finish_orders(&self) -> Result<u32, Fault> {
        let due = self
            .store()
            .read(|reader| reader.list(Noun::Order, &[("unfinished", "yes".into())], None, FINISHED_AT_ONCE))
            .await?;
        let system = Caller::system();
        let now = self.now();
        let before = now.saturating_sub(jiff::SignedDuration::from_secs(GRACE_S)).unwrap_or(now);
        let mut count = 0;
        for document in due {
            let loaded = read_document::<Order>(document)?;
            // What is younger is in the hands of whoever asked for it.
            if loaded.state.changed_at.is_some_and(|at| at < before) {
                self.finish(&system, loaded).await?;
                count += 1;
            }
        }
        Ok(count)
    }
}

/// Seconds for which an order is left to whoever asked for it.
const GRACE_S: i64 = 30;
