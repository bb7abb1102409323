//! What is found out about an order: whose it is, what the rules say, what it costs, whether credit goes.

use kith_api::request::{OrderPlace, PriceAsk, PriceLine};
use kith_api::view::PriceView;
use kith_domain::account::{Account, ContactStatus};
use kith_domain::credit::{Decision, Outcome};
use kith_domain::order::{
    Assessment, CheckFacts, Content, Finding, Match, Order, OrderRules, PriceFound, PricedLine, RuleSeverity,
    check, order_total,
};
use kith_domain::policy::Policy;
use kith_domain::value::{Currency, EntityCode, Money, email_key};
use kith_store::Fault;
use serde_json::Value;

use super::again;
use crate::caller::Caller;
use crate::credit::{CreditAsk, ReserveAsk, Resolve};
use crate::engine::Engine;
use crate::noun::{Loaded, POLICY, json_of, load};
use crate::read::PriceAnswer;

/// Seconds for which the difference of an amendment is held.
const DIFFERENCE_S: u32 = 600;

/// What credit is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// The whole order.
    Whole,
    /// What it comes to more than before.
    Difference,
    /// The whole order; nothing is reserved.
    Check,
}

/// The customer of an order and the entity that sells to it.
struct Deal {
    account: Account,
    row: u32,
    entity: EntityCode,
    currency: Option<Currency>,
}

impl Engine {
    /// Finds out everything about an order as it stands.
    pub(super) async fn assess(&self, loaded: &Loaded<Order>, asked: Asked) -> Result<Assessment, Fault> {
        let order = &loaded.state;
        let given = order.content.given.get().cloned().unwrap_or(Value::Null);
        let place: OrderPlace = serde_json::from_value(given).unwrap_or_default();
        let matched = match order.matched.method.as_str() {
            "person" => order.matched.clone(),
            _ => self.customer_of(&place),
        };
        let deal = self.deal(&matched, &order.content).await?;
        let rules = self.store().read(|reader| load::<Policy>(reader, POLICY)).await?.state.rules.orders;
        let lines = match &deal {
            Some(deal) => self.priced(deal, &order.content).await?,
            None => Vec::new(),
        };
        let currency = deal.as_ref().and_then(|deal| deal.currency);
        let total = currency.and_then(|currency| order_total(&order.content, &lines, currency));
        let mut findings = self.findings(order, &place, &rules, (&matched, deal.as_ref()), (&lines, total));
        findings.splice(0..0, self.standing_revision(loaded).await?);
        let mut assessment = Assessment {
            entity: deal.as_ref().map(|deal| deal.entity.clone()).or_else(|| order.content.entity.clone()),
            matched,
            findings,
            lines,
            total,
            ..Assessment::default()
        };
        if let (Some(deal), Some(total)) = (deal, total) {
            self.ask_credit(loaded, (&place, &deal), total, asked, &mut assessment).await?;
        }
        Ok(assessment)
    }

    /// Another revision of the same order that stands.
    async fn standing_revision(&self, loaded: &Loaded<Order>) -> Result<Option<Finding>, Fault> {
        let loaded = loaded.clone();
        let other = self.store().read(move |reader| again::standing_revision(reader, &loaded)).await?;
        Ok(other.map(|other| {
            let text = format!("Another revision of this order stands as {}.", other.order_no);
            Finding::new("revision_stands", RuleSeverity::Hold, "/revision", text)
        }))
    }

    async fn deal(&self, matched: &Match, content: &Content) -> Result<Option<Deal>, Fault> {
        let Some(id) = matched.account.map(|account| account.to_string()) else { return Ok(None) };
        let loaded = self.store().read(move |reader| load::<Account>(reader, &id)).await?;
        let Some(row) = loaded.row else { return Ok(None) };
        let organisation = self.organisation();
        let entity = content.entity.clone().unwrap_or_else(|| loaded.state.owning_entity.clone());
        let Some(seller) = organisation.entity(&entity) else { return Ok(None) };
        let day = self.today_in(&seller.timezone);
        let seen = loaded.state.seen_by(seller, &organisation, day).account.currency;
        let stated = content.currency.or(content.total.map(|total| total.currency));
        let currency = stated.or(seen).or(Some(seller.currency));
        Ok(Some(Deal { account: loaded.state, row, entity, currency }))
    }

    /// The lines with our prices; the customer's own where we have none.
    async fn priced(&self, deal: &Deal, content: &Content) -> Result<Vec<PricedLine>, Fault> {
        let Some(currency) = deal.currency.filter(|_| !content.lines.is_empty()) else {
            return Ok(Vec::new());
        };
        let lines = content.lines.iter().map(|line| PriceLine {
            item: line.item.clone(),
            item_group: line.item_group.clone(),
            qty: Value::String(line.qty.to_string()),
            uom: Some(line.uom.clone()),
        });
        let ask = PriceAsk {
            account: deal.account.id.to_string(),
            entity: Some(deal.entity.to_string()),
            currency: Some(currency.code().to_owned()),
            lines: Some(lines.collect()),
            ..PriceAsk::default()
        };
        let views = match self.price(&Caller::system(), &ask).await? {
            Ok(PriceAnswer::Many(prices)) => prices.lines,
            Ok(PriceAnswer::One(price)) => vec![*price],
            Err(refusal) => {
                tracing::warn!(code = refusal.code, "the lines of an order could not be priced");
                vec![PriceView::default(); content.lines.len()]
            }
        };
        let mut priced = Vec::with_capacity(views.len());
        for (line, view) in content.lines.iter().zip(&views) {
            let ours = view.total.as_ref().and_then(|total| Money::parse(&total.amount, currency).ok());
            let given = line.given_total(currency);
            priced.push(PricedLine {
                line_no: line.line_no.clone(),
                total: ours.or(given),
                as_given: ours.is_none() && given.is_some(),
                price: json_of(view)?,
            });
        }
        Ok(priced)
    }

    fn findings(
        &self,
        order: &Order,
        place: &OrderPlace,
        rules: &OrderRules,
        (matched, deal): (&Match, Option<&Deal>),
        (lines, total): (&[PricedLine], Option<Money>),
    ) -> Vec<Finding> {
        let prices = order.content.lines.iter().zip(lines).map(|(line, priced)| PriceFound {
            ours: priced.total.filter(|_| !priced.as_given),
            given: deal.and_then(|deal| line.given_total(deal.currency?)),
        });
        let zone = self.organisation().timezone.clone();
        let facts = CheckFacts {
            customer: deal.map(|deal| (deal.account.id, deal.account.tier)),
            matched_by_name: matched.method == "name",
            ordered_by_known: deal.and_then(|deal| is_known(&deal.account, place)),
            prices: prices.collect(),
            total,
            today: Some(self.today_in(&zone)),
        };
        let mut found = check(&order.content, rules, &facts);
        if matched.account.is_none() {
            let pointer = if place.account.is_some() { "/account" } else { "/parties/sold_to" };
            let (code, text) = if matched.candidates.is_empty() {
                ("account_unknown", "No account is known by what the order says of its customer.")
            } else {
                ("account_unsure", "It is not sure which account the order belongs to.")
            };
            found.insert(0, Finding::new(code, RuleSeverity::Hold, pointer, text));
        } else if total.is_none() {
            let text = "It is not known what the order comes to.";
            found.insert(0, Finding::new("amount_unknown", RuleSeverity::Hold, "/total", text));
        } else if total.is_some_and(|total| total.minor == 0) {
            let text = "The order comes to nothing.";
            found.insert(0, Finding::new("amount_zero", RuleSeverity::Hold, "/total", text));
        }
        found
    }

    async fn ask_credit(
        &self,
        loaded: &Loaded<Order>,
        (place, deal): (&OrderPlace, &Deal),
        total: Money,
        asked: Asked,
        assessment: &mut Assessment,
    ) -> Result<(), Fault> {
        let order = &loaded.state;
        let gravest = assessment.findings.iter().map(|finding| finding.severity).max();
        let stands = gravest >= Some(RuleSeverity::Hold);
        let before = order.total.filter(|_| asked == Asked::Difference).map_or(0, |before| before.minor);
        let amount = Money::new(total.minor.saturating_sub(before), total.currency);
        let (anomaly, signals) = self.spending_signals(deal.row, total);
        assessment.signals = signals;
        // Nothing cannot be asked about: the least there is shows whether the customer may order at all.
        let least = if total.minor == 0 { Money::new(1, total.currency) } else { amount };
        let mut ask = CreditAsk::new(deal.account.id.to_string(), deal.entity.clone(), least);
        ask.order_no = (asked == Asked::Whole).then(|| order.order_no.clone());
        ask.prepaid = order
            .content
            .paid
            .is_some_and(|paid| paid.currency == total.currency && paid.minor >= total.minor);
        ask.anomaly = anomaly.filter(|_| asked != Asked::Difference || amount.minor > 0);
        ask.authorised = is_authorised(&deal.account, place);
        if asked == Asked::Difference && amount.minor <= 0 {
            return Ok(());
        }
        let released = order.release_at(self.now()).is_some();
        if asked == Asked::Check
            || amount.minor <= 0
            || (stands && !released)
            || gravest == Some(RuleSeverity::Reject)
        {
            let decision = self.credit_check(&Caller::system(), ask).await?;
            assessment.decision = decision.ok().map(Box::new);
            return Ok(());
        }
        let (id, timeout_s) = match asked {
            Asked::Difference => {
                (format!("{}.d{}.{}", loaded.id, order.change, total.minor), Some(DIFFERENCE_S))
            }
            Asked::Whole | Asked::Check => (format!("{}.{}", loaded.id, order.checks), None),
        };
        self.reserve_for(ask, id, timeout_s, assessment).await
    }

    async fn reserve_for(
        &self,
        ask: CreditAsk,
        id: String,
        timeout_s: Option<u32>,
        assessment: &mut Assessment,
    ) -> Result<(), Fault> {
        let system = Caller::system();
        let wanted = ReserveAsk { ask: ask.clone(), id: Some(id.clone()), timeout_s, key: None };
        let mut reserved = self.reserve(&system, wanted).await?;
        if reserved.is_err() {
            // Interrupted earlier with another amount: that one is free again, and this one is asked anew.
            let freed = self.resolve_reservation(&system, &id, Resolve::Void, None).await?;
            tracing::info!(freed = freed.is_ok(), "a reservation of an interrupted order");
            reserved = self.reserve(&system, ReserveAsk { ask, id: None, timeout_s, key: None }).await?;
        }
        let Ok(reserved) = reserved else { return Ok(()) };
        if reserved.goes() {
            assessment.reservation = reserved.reservation.draft.as_ref().map(|draft| draft.id.clone());
            assessment.reserved_until = reserved.reservation.expires_at;
        }
        assessment.decision = reserved.reservation.decision;
        Ok(())
    }
}

/// The address of whoever orders, as addresses are compared.
fn orderer(place: &OrderPlace) -> Option<String> {
    let email = place.ordered_by.as_ref()?.email.as_ref()?;
    Some(email_key(email))
}

/// The contact who orders, by an address of theirs.
fn contact<'a>(account: &'a Account, place: &OrderPlace) -> Option<&'a kith_domain::account::Contact> {
    let email = orderer(place)?;
    let has = |contact: &&kith_domain::account::Contact| {
        contact.emails.iter().filter_map(|held| held.get()).any(|held| email_key(held) == email)
    };
    account.contacts.iter().find(has)
}

/// Whether whoever orders is known at the customer; nothing when nobody is named.
fn is_known(account: &Account, place: &OrderPlace) -> Option<bool> {
    let email = orderer(place)?;
    let own = account.email.get().is_some_and(|held| email_key(held) == email);
    let domain = account.domain.as_ref().is_some_and(|domain| email.ends_with(&format!("@{domain}")));
    Some(own || domain || contact(account, place).is_some())
}

/// Who left the customer does not order any more.
fn is_authorised(account: &Account, place: &OrderPlace) -> bool {
    contact(account, place).is_none_or(|contact| contact.status != ContactStatus::Left)
}

/// Whether a decision is a rejection.
pub(super) fn rejects(decision: Option<&Decision>) -> bool {
    decision.is_some_and(|decision| decision.outcome == Outcome::Reject)
}
