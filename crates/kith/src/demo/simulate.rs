//! Eighteen months in the life of every customer, day by day.

mod contact;
mod order;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::HISTORY_DAYS;
use super::customer::Customer;
use super::happening::{
    DAY_SECONDS, Day, Happening, OrderStep, What, day_of, is_business_day, month_and_day,
};
use super::prng::Prng;
use super::story::{Mood, Story};
use super::trend::{Trend, trend};

/// What happened before the day of the demo, and what follows from it afterwards.
pub(super) struct History {
    /// In order of time, before the day of the demo.
    pub(super) happened: Vec<Happening>,
    /// Deliveries, invoices, payments, answers that are still to come.
    pub(super) ahead: Vec<Happening>,
}

/// Lives of a customer that are tried until one tells its story and no other.
const TRIES: u64 = 24;

/// The history of all customers.
pub(super) fn history(prng: &mut Prng, customers: &[Customer], today: Date) -> History {
    let today = day_of(today);
    let mut all = Vec::new();
    for (place, customer) in customers.iter().enumerate() {
        all.extend(life(prng, customer, place as u32, today));
    }
    all.sort_by_key(|happening| (happening.at, happening.customer));
    let ahead = all.split_off(all.partition_point(|happening| happening.at < today * DAY_SECONDS));
    History { happened: all, ahead }
}

/// What happens to a customer: chance may tell another story than its own, then it is asked again.
fn life(prng: &Prng, customer: &Customer, place: u32, today: Day) -> Vec<Happening> {
    let live = |attempt: u64| {
        let own = prng.fork(0x1_0000 + u64::from(place) + (attempt << 32));
        Life::new(own, customer, place, today).live()
    };
    let tried = (0..TRIES).map(live).find(|happenings| tells(customer, happenings, today));
    tried.unwrap_or_else(|| live(0))
}

/// Whether the happenings of a customer tell its story, and no other customer's.
fn tells(customer: &Customer, happenings: &[Happening], today: Day) -> bool {
    let until = today * DAY_SECONDS;
    let past = || happenings.iter().filter(|happening| happening.at < until);
    let orders = past().filter(|happening| matches!(happening.what, What::Order(OrderStep::Placed { .. })));
    let days: Vec<Day> = orders.map(|happening| happening.at.div_euclid(DAY_SECONDS)).collect();
    let recent = |happening: &Happening| happening.at >= (today - 30) * DAY_SECONDS && happening.is_issue();
    let has_issues = || past().any(recent);
    let trend = trend(&days, today);
    match customer.story {
        Story::Slipping => trend == Trend::Declining && has_issues(),
        Story::Fading => trend == Trend::Declining && !has_issues(),
        Story::Growing => trend == Trend::Growing,
        Story::Steady => trend == Trend::Flat,
        Story::Troubled | Story::Late | Story::Unhappy | Story::SlowPayer => trend != Trend::Declining,
        _ => true,
    }
}

/// How many documents of each kind a customer has so far.
#[derive(Debug, Default)]
struct Counters {
    order: u32,
    quote: u32,
    exception: u32,
    claim: u32,
    payment: u32,
    inquiry: u32,
    survey: u32,
    visit: u32,
    meeting: u32,
    mention: u32,
}

/// One customer on its way through the days.
struct Life<'a> {
    prng: Prng,
    customer: &'a Customer,
    place: u32,
    today: Day,
    count: Counters,
    /// What is paid on which day: order numbers and amounts.
    to_pay: BTreeMap<Day, Vec<(u32, i64)>>,
    /// Orders come when this sum of daily rates reaches the mark.
    pressure: i64,
    mark: i64,
    out: Vec<Happening>,
}

impl<'a> Life<'a> {
    fn new(mut prng: Prng, customer: &'a Customer, place: u32, today: Day) -> Self {
        let mark = prng.range(200, 1_200);
        Self {
            prng,
            customer,
            place,
            today,
            count: Counters::default(),
            to_pay: BTreeMap::new(),
            pressure: 0,
            mark,
            out: Vec::new(),
        }
    }

    fn live(mut self) -> Vec<Happening> {
        for day in self.today - HISTORY_DAYS..self.today {
            if !is_business_day(day) {
                continue;
            }
            let mood = self.customer.mood(self.today - day);
            self.orders_of(day, mood);
            self.quotes_of(day, mood);
            self.inquiries_of(day, mood);
            self.visits_of(day, mood);
            self.surveys_of(day, mood);
        }
        self.payments();
        self.out
    }

    fn push(&mut self, at: i64, what: What) {
        self.out.push(Happening { at, customer: self.place, what });
    }

    /// A moment of a business day at the customer, between two hours.
    fn moment(&mut self, day: Day, from: i64, to: i64) -> i64 {
        day * DAY_SECONDS + self.customer.behind_utc() + self.prng.range(from * 3_600, to * 3_600)
    }

    fn orders_of(&mut self, day: Day, mood: Mood) {
        let season = self.customer.season(month_and_day(day).0);
        self.pressure += self.customer.order_rate * mood.orders / 1000 * season / 1000;
        while self.pressure >= self.mark {
            self.pressure -= self.mark;
            self.mark = self.prng.range(650, 1_350);
            self.order(day, mood);
        }
    }
}
