//! Taking an order in: read, matched, written once, decided, recorded, answered.

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use kith_api::request::OrderPlace;
use kith_domain::access::Grant;
use kith_domain::decider::Decider as _;
use kith_domain::order::{Command, Content, Facts, Order, Received};
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_domain::value::{AccountId, OrderId};
use kith_store::Fault;
use kith_store::idempotency::Answer as Kept;
use ring::digest::{SHA256, digest};

use super::{Placed, again, allowed, read};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{Loaded, json_of, load};
use crate::permit;

/// An order on its way into the store.
#[derive(Clone)]
pub(super) struct Arrival {
    /// Whose it is, as far as that can be told now.
    pub(super) account: Option<AccountId>,
    pub(super) content: Content,
    pub(super) order_no: Option<String>,
    pub(super) sender_key: Option<String>,
    pub(super) number_key: Option<String>,
    pub(super) key: String,
    pub(super) fingerprint: Vec<u8>,
}

impl Engine {
    /// Takes an order in and decides on it. The same order again gives the same answer.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out; what was taken in by then goes on by itself.
    pub async fn place_order(
        &self,
        caller: &Caller,
        order: &OrderPlace,
        key: String,
    ) -> Result<Result<Placed, Refusal>, Fault> {
        if !caller.principal.may(Grant::CreditReserve, None) {
            return Ok(Err(permit::denied(Grant::CreditReserve)));
        }
        let arrival = allowed!(self.arrival(caller, order, key)?);
        let (id, fresh) = allowed!(self.take_in_order(caller, arrival).await?);
        let loaded = self.store().read(move |reader| load::<Order>(reader, &id)).await?;
        let loaded = self.finish(caller, loaded).await?;
        let is_invalid = loaded
            .state
            .decision
            .as_ref()
            .is_none_or(|decision| decision.outcome != kith_domain::credit::Outcome::Reject);
        let mut view = self.order_view(caller, &loaded, true).await?;
        view.duplicate = !fresh;
        Ok(Ok(Placed { view, is_invalid }))
    }

    fn arrival(
        &self,
        caller: &Caller,
        order: &OrderPlace,
        key: String,
    ) -> Result<Result<Arrival, Refusal>, Fault> {
        let account = self.customer_of(order).account;
        if let Some(account) = account
            && !self.may_order_for(caller, account, order.entity.as_deref())
        {
            return Ok(Err(permit::no_account()));
        }
        let subject = match account {
            Some(account) => account.to_string(),
            None => OrderId(self.new_uuid()?).to_string(),
        };
        let content = read::content(order, (&self.organisation(), self.day()), &subject)?;
        let content = match content {
            Ok(content) if content.paid.is_some() && !permit::may_say_paid(caller) => {
                return Ok(Err(read::invalid(vec![permit::not_theirs_to_say("/paid")])));
            }
            Ok(content) => content,
            Err(faults) => return Ok(Err(read::invalid(faults))),
        };
        let order_no = order.order_no.as_deref().map(str::trim).map(str::to_owned);
        let named = sender(order, account).zip(content.customer_order_no.as_ref());
        let secrets = self.store().secrets();
        let named = named.map(|(sender, number)| format!("{sender}\u{0}{number}"));
        let key_of = |noun: &str, told: &str| HEXLOWER.encode(&secrets.lookup_digest(noun, told));
        let number_key = named.as_ref().map(|named| key_of("order_number", named));
        let sender_key = named.map(|named| key_of("order", &format!("{named}\u{0}{}", content.revision)));
        let fingerprint = digest(&SHA256, json_of(order)?.to_string().as_bytes()).as_ref().to_vec();
        Ok(Ok(Arrival { account, content, order_no, sender_key, number_key, key, fingerprint }))
    }

    /// Whether the caller may bring orders of an account, to the entity that sells.
    fn may_order_for(&self, caller: &Caller, account: AccountId, entity: Option<&str>) -> bool {
        let owner = self.owner_of(account);
        let named = entity.and_then(|code| code.trim().parse().ok());
        let mut entities = owner.iter().chain(named.iter());
        entities.any(|entity| caller.principal.may(Grant::CreditReserve, Some(entity)))
    }

    /// Writes an order down, unless it was here before. Gives its id, and whether it is new.
    async fn take_in_order(
        &self,
        caller: &Caller,
        arrival: Arrival,
    ) -> Result<Result<(String, bool), Refusal>, Fault> {
        let (engine, context) = (self.clone(), caller.context(self.now()));
        let user = caller.principal.user();
        let who = user.map_or_else(|| "system".to_owned(), |user| user.to_string());
        self.store()
            .write(move |unit| {
                let scope = format!("{who}/order_place");
                if let Some(kept) = unit.recall(&scope, &arrival.key)? {
                    if kept.fingerprint != arrival.fingerprint {
                        return Ok(Err(key_reused()));
                    }
                    let id = kept.reply.and_then(|reply| String::from_utf8(reply).ok());
                    return Ok(Ok((id.ok_or_else(|| Fault::corrupt("a kept answer was erased"))?, false)));
                }
                let known = allowed!(again::known(unit, &arrival)?);
                let (id, fresh) = match known {
                    Some(id) => (id, false),
                    None => {
                        let id = OrderId(engine.new_uuid()?);
                        let order_no = arrival.order_no.clone().unwrap_or_else(|| number(&engine, id));
                        let order = Received {
                            order_no,
                            sender_key: arrival.sender_key.clone(),
                            number_key: arrival.number_key.clone(),
                            content: arrival.content.clone(),
                            placed_by: user,
                        };
                        let state = Order::default();
                        let mut loaded = Loaded { id: id.to_string(), state, version: 0, row: None };
                        let command = Command::Receive(Box::new(order));
                        let events = allowed!(loaded.state.decide(&context, &Facts::default(), &command));
                        loaded.append(unit, engine.store().secrets(), &context, &events, None)?;
                        (loaded.id, true)
                    }
                };
                unit.remember(&Kept {
                    scope: &scope,
                    key: &arrival.key,
                    fingerprint: &arrival.fingerprint,
                    status: 0,
                    reply: id.as_bytes(),
                    subject: &who,
                    at_ms: context.now.as_millisecond(),
                })?;
                Ok(Ok((id, fresh)))
            })
            .await
    }
}

/// Who sent an order, as far as that is told.
fn sender(order: &OrderPlace, account: Option<AccountId>) -> Option<String> {
    let named = order.source.as_ref().and_then(|source| source.sender.clone());
    let account = || account.map(|account| account.to_string());
    let told = || {
        let sold_to = order.parties.as_ref().and_then(|parties| parties.sold_to.as_ref());
        order
            .account
            .clone()
            .or_else(|| sold_to.and_then(|party| party.account.clone().or(party.name.clone())))
    };
    named.or_else(account).or_else(told).map(|text| text.trim().to_lowercase())
}

/// A number of ours: the day, and what makes it one of its kind.
fn number(engine: &Engine, id: OrderId) -> String {
    let day = engine.day().strftime("%y%m%d").to_string();
    let bytes = id.0.into_bytes();
    let tail: Vec<u8> = bytes.iter().rev().take(7).copied().collect();
    let text: String = BASE32_NOPAD.encode(&tail).chars().take(10).collect();
    format!("SO-{day}-{text}")
}

fn key_reused() -> Refusal {
    Refusal::new(
        RefusalKind::Unprocessable,
        "idempotency_key_reused",
        "This Idempotency-Key was used for another request.",
        "Use a new key for a new request.",
    )
}
