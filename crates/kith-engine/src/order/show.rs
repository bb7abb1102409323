//! Orders as the faces show them.

use kith_api::view::{
    OrderCandidateView, OrderHeldView, OrderLineView, OrderMatchView, OrderReasonView, OrderReleaseView,
    OrderView, PriceView,
};
use kith_domain::account::{Account, Tier};
use kith_domain::order::{Order, OrderState, RuleSeverity, SLA_MINUTES, clears, priority};
use kith_domain::policy::{Policy, Rules};
use kith_domain::value::AccountId;
use kith_store::Fault;

use crate::caller::Caller;
use crate::credit::decision_view;
use crate::engine::Engine;
use crate::noun::{Loaded, POLICY, load};

impl Engine {
    /// An order as the caller sees it; `whole` with its lines and what was given.
    pub(super) async fn order_view(
        &self,
        caller: &Caller,
        loaded: &Loaded<Order>,
        whole: bool,
    ) -> Result<OrderView, Fault> {
        let account = loaded.state.matched.account.map(|account| account.to_string());
        let (rules, tier) = self
            .store()
            .read(move |reader| {
                let tier = match &account {
                    Some(account) => load::<Account>(reader, account)?.state.tier,
                    None => Tier::default(),
                };
                Ok((load::<Policy>(reader, POLICY)?.state.rules, tier))
            })
            .await?;
        Ok(self.order_shown(caller, loaded, (&rules, tier), whole))
    }

    pub(super) fn order_shown(
        &self,
        caller: &Caller,
        loaded: &Loaded<Order>,
        (rules, tier): (&Rules, Tier),
        whole: bool,
    ) -> OrderView {
        let order = &loaded.state;
        let text = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
        let held = (order.state == OrderState::Held).then(|| self.held_view(order, rules, tier));
        let release_until =
            order.release.as_ref().filter(|_| order.overridden).map(|release| release.expires_at);
        OrderView {
            id: loaded.id.clone(),
            order_no: order.order_no.clone(),
            state: self.order_state(order).to_owned(),
            outcome: outcome(order.state).map(str::to_owned),
            reasons: reasons(order),
            decision: order.decision.as_deref().map(decision_view),
            lines: if whole { lines(order) } else { Vec::new() },
            total: order.total.map(Into::into),
            reservation_id: order.reservation.clone(),
            expires_at: text(release_until.or(order.reserved_until)),
            account: order.matched.account.map(|account| account.to_string()),
            account_name: order.matched.account.and_then(|account| self.ordering_account(account)),
            matched: self.match_view(order),
            entity: order.entity.as_ref().map(ToString::to_string),
            customer_order_no: order.content.customer_order_no.clone(),
            revision: order.content.revision,
            order_type: order.content.kind.as_str().to_owned(),
            channel: order.content.source.channel.as_str().to_owned(),
            sha256: order.content.source.sha256.clone(),
            requested_pickup: order.content.requested_pickup.map(|day| day.to_string()),
            requested_delivery: order.content.requested_delivery.map(|day| day.to_string()),
            signals: order.signals.clone(),
            held,
            release: order.release.as_ref().map(|release| OrderReleaseView {
                by: release.by.to_string(),
                by_name: self.user_name(&release.by.to_string()),
                at: release.at.to_string(),
                expires_at: release.expires_at.to_string(),
                reason: release.reason.as_ref().and_then(|reason| reason.get().cloned()),
                overridden: order.overridden,
            }),
            cancel_reason: order.cancel_reason.as_ref().and_then(|reason| reason.get().cloned()),
            placed_by: order.placed_by.map(|by| by.to_string()),
            received_at: text(order.received_at).unwrap_or_default(),
            changed_at: text(order.changed_at).unwrap_or_default(),
            duplicate: false,
            order: order.content.given.get().filter(|_| whole && caller.reads_personal()).cloned(),
        }
    }

    fn ordering_account(&self, account: AccountId) -> Option<String> {
        let inner = self.directory().read();
        let row = inner.row(account)?;
        inner.entry(row).map(|entry| entry.name.to_string())
    }

    fn match_view(&self, order: &Order) -> OrderMatchView {
        let share = |milli: u32| f64::from(milli) / 1_000.0;
        let candidates = order.matched.candidates.iter().map(|(account, milli)| OrderCandidateView {
            account: account.to_string(),
            name: self.ordering_account(*account),
            confidence: share(*milli),
        });
        OrderMatchView {
            method: order.matched.method.clone(),
            confidence: share(order.matched.confidence_milli),
            candidates: candidates.collect(),
        }
    }

    /// Where an order stands, with what touchpoints say of one that goes.
    fn order_state(&self, order: &Order) -> &'static str {
        if order.state != OrderState::Confirmed {
            return order.state.as_str();
        }
        self.progress(order).state()
    }

    /// How early a held order is looked at.
    pub(super) fn order_priority(&self, order: &Order, tier: Tier) -> i64 {
        let value = if order.total.is_some() { self.whole_amount(order.total) } else { 0 };
        let days = [order.content.requested_pickup, order.content.requested_delivery];
        let today = self.today_in(&self.organisation().timezone);
        let left = |day: jiff::civil::Date| i64::from(today.until(day).map_or(0, |span| span.get_days()));
        priority(tier, if value == i64::MAX { 0 } else { value }, days.into_iter().flatten().min().map(left))
    }

    fn held_view(&self, order: &Order, rules: &Rules, tier: Tier) -> OrderHeldView {
        let since = order.held_at.unwrap_or_default();
        let organisation = self.organisation();
        let seller = order.entity.as_ref().and_then(|code| organisation.entity(code));
        let zone = seller.map_or(organisation.timezone.as_str(), |seller| seller.timezone.as_str());
        let due = rules.calendar.after(since, SLA_MINUTES, zone, order.entity.as_ref());
        let amount = order.total.map(|total| self.whole_amount(Some(total)));
        let role = amount.and_then(|amount| rules.orders.releaser(amount));
        OrderHeldView {
            priority: self.order_priority(order, tier),
            since: since.to_string(),
            due_at: due.to_string(),
            is_overdue: due < self.now(),
            released_by: role.map(|role| role.as_str().to_owned()),
        }
    }
}

fn outcome(state: OrderState) -> Option<&'static str> {
    match state {
        OrderState::Received | OrderState::Validated | OrderState::CreditCheck | OrderState::Cancelled => {
            None
        }
        OrderState::Held => Some("hold"),
        OrderState::Confirmed => Some("accept"),
        OrderState::Rejected => Some("reject"),
    }
}

/// What the rules found and what credit said, the gravest first.
fn reasons(order: &Order) -> Vec<OrderReasonView> {
    let of_rules = order.findings.iter().map(|finding| OrderReasonView {
        code: finding.code.clone(),
        severity: finding.severity.as_str().to_owned(),
        text: finding.text.clone(),
        pointer: finding.pointer.clone(),
        clears: clears(&finding.code).to_owned(),
        ..OrderReasonView::default()
    });
    let credit = order.decision.as_deref().map(decision_view);
    let of_credit = credit.into_iter().flat_map(|decision| decision.reasons).map(|reason| OrderReasonView {
        clears: if reason.severity == "info" { String::new() } else { clears(&reason.code).to_owned() },
        code: reason.code,
        severity: reason.severity,
        text: reason.text,
        pointer: String::new(),
        values: reason.values,
    });
    // What credit lets go it lets go by its first row; the others are told after what the rules found.
    let goes = order.decision.as_ref().is_some_and(|decision| decision.outcome.goes());
    let words = [RuleSeverity::Reject, RuleSeverity::Hold, RuleSeverity::Warning];
    let weight = |reason: &OrderReasonView| {
        words.iter().position(|word| word.as_str() == reason.severity).unwrap_or(words.len())
    };
    let of_rules = of_rules.map(|reason| (weight(&reason), reason));
    let of_credit = of_credit.map(|reason| (if goes { words.len() } else { weight(&reason) }, reason));
    let mut all: Vec<(usize, OrderReasonView)> = of_rules.chain(of_credit).collect();
    all.sort_by_key(|(weight, _)| *weight);
    all.into_iter().map(|(_, reason)| reason).collect()
}

fn lines(order: &Order) -> Vec<OrderLineView> {
    let line = |(place, line): (usize, &kith_domain::order::Line)| {
        let priced = order.lines.get(place);
        let price = priced.map(|priced| priced.price.clone()).unwrap_or_default();
        let seen: PriceView = serde_json::from_value(price.clone()).unwrap_or_default();
        OrderLineView {
            line_no: line.line_no.clone(),
            item: line.item.clone(),
            qty: line.qty.to_string(),
            uom: line.uom.clone(),
            given_price: line.price.map(|price| price.to_string()),
            unit_price: seen.unit_price,
            total: priced.and_then(|priced| priced.total).map(Into::into),
            as_given: priced.is_some_and(|priced| priced.as_given),
            price,
        }
    };
    order.content.lines.iter().enumerate().map(line).collect()
}
