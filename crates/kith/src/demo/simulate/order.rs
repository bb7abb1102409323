//! Orders and what follows from each: delivery or trouble, invoice, payment.

use super::super::happening::{
    Billing, Day, OrderStep, Trouble, What, add_business_days, business_day_from, is_business_day,
};
use super::super::story::{Cause, Mood, Story};
use super::Life;

/// Invoices of a thousand that a customer disputes, and pays when that is settled.
const DISPUTED: i64 = 4;

/// Days for which those who draw goods in a hurry have not paid.
const DRY: Day = 32;

/// How an order arrived.
#[derive(Clone, Copy)]
struct Way {
    promised: Day,
    delivered: Day,
    /// Business days after the promised one.
    delay: i64,
    damaged: bool,
    /// Nobody makes much of it.
    is_calm: bool,
}

impl Life<'_> {
    /// An order with everything that follows from it.
    pub(super) fn order(&mut self, day: Day, mood: Mood) {
        self.count.order += 1;
        let order = self.count.order;
        // Values lean to the small side, as orders do.
        let spread = self.prng.range(55, 120) + self.prng.range(0, 45) * self.prng.range(0, 2);
        let value = self.customer.order_value * spread / 100 / 25 * 25;
        let lane = self.prng.range(0, self.customer.lanes.len() as i64 - 1) as u8;
        let lead = self.prng.range(2, 6);
        let promised = add_business_days(day, lead);
        let placed_at = self.moment(day, 8, 17);
        self.push(placed_at, What::Order(OrderStep::Placed { order, value, lane, due: promised }));
        if self.prng.chance(9) {
            self.push(placed_at + 3_600, What::Order(OrderStep::Cancelled { order }));
            return;
        }
        let late = self.prng.chance(if mood.is_calm { mood.late / 4 } else { mood.late });
        let damaged = !mood.is_calm && self.prng.chance(mood.damaged);
        let worst = if mood.late > 400 { 6 } else { 4 };
        let delay = if late { self.prng.range(1, worst) } else { 0 };
        // Now and then a day early, but never on the day of the order.
        let early = i64::from(!late && lead > 2 && self.prng.chance(250));
        let delivered =
            if late { add_business_days(promised, delay) } else { add_business_days(day, lead - early) };
        let delivered_at = self.moment(delivered, 9, 16);
        let in_full = !damaged && self.prng.chance(985);
        self.push(delivered_at, What::Order(OrderStep::Delivered { order, promised, in_full }));
        let way = Way { promised, delivered, delay, damaged, is_calm: mood.is_calm };
        let credit = self.trouble(order, value, way);
        self.bill(order, value, delivered, credit);
    }

    /// Exceptions and claims of an order; the amount that is credited.
    fn trouble(&mut self, order: u32, value: i64, way: Way) -> i64 {
        let Way { promised, delivered, delay, damaged, is_calm } = way;
        if delay > 0 && self.prng.chance(800) {
            let severity = match delay {
                _ if is_calm => "low",
                1 if self.prng.chance(500) => "low",
                1 | 2 => "medium",
                3 | 4 => "high",
                _ => "critical",
            };
            self.exception(order, promised, "delay", severity);
        }
        if !damaged {
            return 0;
        }
        let kind = if self.prng.chance(700) { "damage" } else { "shortage" };
        let severity = if self.prng.chance(500) { "high" } else { "medium" };
        self.exception(order, delivered, kind, severity);
        if !self.prng.chance(750) {
            return 0;
        }
        self.count.claim += 1;
        let amount = value * self.prng.range(6, 45) / 100;
        let filed = add_business_days(delivered, self.prng.range(1, 4));
        let at = self.moment(filed, 9, 16);
        self.push(at, What::Trouble(Trouble::Claim { no: self.count.claim, order, kind, amount }));
        if self.prng.chance(650) { amount } else { 0 }
    }

    fn exception(&mut self, order: u32, day: Day, kind: &'static str, severity: &'static str) {
        self.count.exception += 1;
        let at = self.moment(day, 10, 18);
        let no = self.count.exception;
        self.push(at, What::Trouble(Trouble::Exception { no, order, kind, severity }));
    }

    /// Invoice, credit note, and the day on which the customer means to pay.
    fn bill(&mut self, order: u32, value: i64, delivered: Day, credit: i64) {
        let issued = add_business_days(delivered, 1);
        let due = issued + self.customer.terms_days;
        let at = self.moment(issued, 16, 18);
        self.push(at, What::Billing(Billing::Invoice { order, amount: value, due }));
        if credit > 0 {
            let at = self.moment(add_business_days(issued, 6), 9, 12);
            self.push(at, What::Billing(Billing::CreditNote { order, amount: credit }));
        }
        if let Some(paid) = self.pays(issued, due) {
            self.to_pay.entry(paid).or_default().push((order, value - credit));
        } else if self.customer.cause == Cause::Insolvency {
            // Nothing more comes from it: what is left is written off in the end.
            let at = self.moment(business_day_from(due + 75), 9, 12);
            self.push(at, What::Billing(Billing::CreditNote { order, amount: value - credit }));
        }
    }

    /// The day on which an invoice is paid, if it is.
    fn pays(&mut self, issued: Day, due: Day) -> Option<Day> {
        let payer = self.customer.payer();
        let paid = if self.prng.chance(DISPUTED) {
            business_day_from(due + self.prng.range(18, 38))
        } else if self.prng.chance(payer.late) {
            business_day_from(due + self.prng.range(payer.days.0, payer.days.1))
        } else {
            // Customers pay in weekly runs, on Thursdays.
            let mut run = due - 7 * payer.early_weeks;
            while (run + 4).rem_euclid(7) != 4 || !is_business_day(run) {
                run -= 1;
            }
            if run < issued + 2 { business_day_from(issued + 2) } else { run }
        };
        let stops = match self.customer.story {
            Story::BustOut => Some(DRY),
            Story::Defaulting => Some(self.customer.turn),
            _ if self.customer.cause == Cause::Insolvency => Some(self.customer.turn),
            _ => None,
        };
        stops.is_none_or(|ago| paid < self.today - ago).then_some(paid)
    }

    /// The payment runs.
    pub(super) fn payments(&mut self) {
        let returns = match self.customer.story {
            Story::SlowPayer => self.place.is_multiple_of(4),
            Story::Defaulting => true,
            _ => false,
        };
        for (day, allocations) in std::mem::take(&mut self.to_pay) {
            let payment = self.pay(day, &allocations);
            if returns && self.prng.chance(90) {
                let at = self.moment(add_business_days(day, 2), 9, 11);
                self.push(at, What::Billing(Billing::Returned { payment }));
                self.pay(add_business_days(day, 9), &allocations);
            }
        }
    }

    fn pay(&mut self, day: Day, allocations: &[(u32, i64)]) -> u32 {
        self.count.payment += 1;
        let payment = self.count.payment;
        let at = self.moment(day, 10, 15);
        let allocations = allocations.to_vec();
        self.push(at, What::Billing(Billing::Payment { payment, allocations }));
        payment
    }
}
