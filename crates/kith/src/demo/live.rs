//! What happens while the demo runs: the history goes on at a quicker pace.

use std::collections::VecDeque;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::customer::{Customer, customers};
use super::happening::{
    Contact, DAY_SECONDS, Happening, InquiryStep, OrderStep, QuoteStep, Trouble, What, add_business_days,
};
use super::prng::Prng;
use super::story::Story;
use super::{ACCOUNTS_MIN, people, render, simulate, text};

/// Touchpoints without end, from `now` on, one every few seconds: each is due at its own `time`, which the
/// caller waits for. They continue the history of [`super::company_of`] with the same seed and size on the day `today`:
/// open orders arrive, open invoices are paid, new orders are placed. Document numbers and sources name the
/// start, so that a second run of the same demo repeats none.
pub(crate) fn live(seed: u64, today: Date, now: Timestamp, accounts: usize) -> impl Iterator<Item = Value> {
    let mut prng = Prng::new(seed);
    // The same draws in the same order as for the company, so that the customers are the same.
    people::organisation(&mut prng, today);
    let customers = customers(&mut prng, accounts.max(ACCOUNTS_MIN), today);
    let ahead = simulate::history(&mut prng, &customers, today).ahead;
    let weights = customers.iter().map(weight).collect();
    Live {
        prng: prng.fork(now.as_second().unsigned_abs()),
        run: now.as_second(),
        clock_ms: now.as_millisecond(),
        customers,
        weights,
        ahead: ahead.into(),
        placed: VecDeque::new(),
        count: 0,
    }
}

/// Orders that wait for their delivery, at most.
const PLACED_MAX: usize = 500;

struct Live {
    prng: Prng,
    run: i64,
    clock_ms: i64,
    customers: Vec<Customer>,
    weights: Vec<i64>,
    ahead: VecDeque<Happening>,
    /// Orders placed while the demo runs: customer, number, day promised.
    placed: VecDeque<(u32, u32, i64)>,
    count: u32,
}

/// How often something happens to a customer.
fn weight(customer: &Customer) -> i64 {
    match customer.story {
        Story::Silent | Story::Churned | Story::Defaulting | Story::BustOut => 0,
        Story::Slipping | Story::Troubled => customer.order_rate / 3 + 60,
        Story::Fading => customer.order_rate / 8,
        _ => customer.order_rate + 10,
    }
}

impl Iterator for Live {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        self.clock_ms += self.prng.range(1_500, 10_000);
        self.count += 1;
        let at = self.clock_ms.div_euclid(1000);
        let continued = if self.prng.chance(400) { self.ahead.pop_front() } else { None };
        let happening = match continued {
            Some(happening) => Happening { at, ..happening },
            None => self.fresh(at),
        };
        let customer = self.customers.get(happening.customer as usize)?;
        let mut event = render::cloud_event(customer, &happening);
        event["source"] =
            Value::from(format!("{}/live-{}", event["source"].as_str().unwrap_or("demo"), self.run));
        let time = Timestamp::from_millisecond(self.clock_ms).unwrap_or(Timestamp::UNIX_EPOCH);
        event["time"] = Value::from(time.to_string());
        event["id"] = Value::from(format!("{}/{}", event["id"].as_str().unwrap_or("event"), self.count));
        Some(event)
    }
}

impl Live {
    /// Something new.
    fn fresh(&mut self, at: i64) -> Happening {
        let place = self.prng.weighted(&self.weights);
        let customer = &self.customers[place];
        let place = place as u32;
        let today = at.div_euclid(DAY_SECONDS);
        // Numbers far above those of the history.
        let number = (self.run.rem_euclid(1_000_000) as u32) * 1_000 + 10_000 + self.count;
        let wrong = customer.story.goes_wrong();
        let what = match self.prng.weighted(&[
            24,
            20,
            if wrong { 40 } else { 14 },
            12,
            if wrong { 16 } else { 2 },
            28,
        ]) {
            0 => {
                let value = customer.order_value * self.prng.range(30, 110) / 100;
                let due = add_business_days(today, self.prng.range(2, 5));
                if self.placed.len() < PLACED_MAX {
                    self.placed.push_back((place, number, due));
                }
                What::Order(OrderStep::Placed { order: number, value, lane: 0, due })
            }
            1 if self.placed.len() > 20 => return self.deliver(at),
            2 => {
                let order_no = customer.order_no(1);
                let cause = wrong.then_some(customer.cause);
                let (intent, text) = text::inquiry(&mut self.prng, customer.language, cause, &order_no);
                let priority = if wrong { "P2" } else { "P3" };
                What::Inquiry(number, InquiryStep::Received { intent, priority, channel: "email", text })
            }
            3 => {
                let value = customer.order_value * self.prng.range(120, 400) / 100;
                What::Quote(QuoteStep::Requested { quote: number, lane: 0, value })
            }
            4 if !self.placed.is_empty() => return self.delay(at, number),
            _ => What::Contact(Contact::PortalLogin { no: number, person: 0 }),
        };
        Happening { at, customer: place, what }
    }

    /// The order placed last is held up.
    fn delay(&mut self, at: i64, no: u32) -> Happening {
        let (customer, order, _) = self.placed.back().copied().unwrap_or_default();
        let is_calm = self.customers.get(customer as usize).is_none_or(|customer| customer.mood(0).is_calm);
        let weights = if is_calm { [1, 0, 0] } else { [3, 5, 2] };
        let severity = ["low", "medium", "high"][self.prng.weighted(&weights)];
        Happening {
            at,
            customer,
            what: What::Trouble(Trouble::Exception { no, order, kind: "delay", severity }),
        }
    }

    /// The order that waits longest arrives.
    fn deliver(&mut self, at: i64) -> Happening {
        let (customer, order, promised) = self.placed.pop_front().unwrap_or_default();
        Happening { at, customer, what: What::Order(OrderStep::Delivered { order, promised, in_full: true }) }
    }
}
