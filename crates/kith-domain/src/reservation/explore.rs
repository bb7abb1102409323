//! Every course that two reservations and their orders can take against one limit, state by state.

use std::collections::{BTreeSet, VecDeque};

use super::tests::draft;
use super::{Command, Draft, Reservation, ReservationState};
use crate::account::Stage;
use crate::context::{ActorKind, Context};
use crate::credit::{Asked, Book, CreditRules, Documents, Exposure, Held, Order, Standing, judge};
use crate::decider::Decider;
use crate::story::{at, context};
use crate::value::{Currency, Money};

/// The limit, and what is asked for: two requests fit together only if both are small.
const LIMIT: i64 = 3;

#[derive(Clone)]
struct World {
    reservations: [Reservation; 2],
    /// Value of each order once it was placed, and whether it was cancelled.
    orders: [Option<(i64, bool)>; 2],
    now: i64,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Reserve(usize, i64),
    Commit(usize, Option<i64>),
    Void(usize),
    Expire(usize),
    Amend(usize, i64),
    Place(usize),
    Cancel(usize),
    Wait,
}

fn usd() -> Currency {
    "USD".parse().unwrap()
}

fn no_rates(minor: i64, from: Currency, to: Currency) -> Option<i64> {
    (from == to).then_some(minor)
}

impl World {
    fn context(&self) -> Context {
        context(ActorKind::System, 0, at(self.now))
    }

    fn exposure(&self) -> Exposure {
        let order = |(doc, order): (u64, &Option<(i64, bool)>)| {
            order.map(|(value, cancelled)| Order {
                doc,
                entity: 1,
                currency: usd(),
                value,
                cancelled,
                delivered: false,
            })
        };
        let orders: Vec<Order> = (1..).zip(&self.orders).filter_map(order).collect();
        let cancelled = orders.iter().filter(|order| order.cancelled).map(|order| order.doc).collect();
        let mut book = Book::of(&Documents { orders, cancelled, ..Documents::default() }, 1, &no_rates);
        for (doc, reservation) in (1..).zip(&self.reservations) {
            if let Some(held) = reservation.held_at(at(self.now)) {
                let committed = reservation.state == Some(ReservationState::Committed);
                book.hold(&Held {
                    order: Some(doc),
                    entity: 1,
                    currency: usd(),
                    amount: held.minor,
                    committed,
                });
            }
        }
        Exposure::of(&book, &|_| true, usd(), 0, &no_rates).unwrap()
    }

    fn decide(&self, minor: i64) -> crate::credit::Decision {
        let standing = Standing {
            stage: Stage::Active,
            suspended: None,
            credit_hold: false,
            watch: false,
            cash_terms: false,
            currency: usd(),
            limit: Some(LIMIT),
            exposure: Some(self.exposure()),
            caps: vec![],
            class: None,
            age_hours: None,
            current: true,
            position: 0,
            data_as_of: at(0),
            policy_version: 1,
        };
        let asked = Asked {
            amount: Some(minor),
            prepaid: false,
            authorised: true,
            currency_enabled: true,
            anomaly: None,
        };
        judge(&asked, &standing, &CreditRules::default())
    }

    fn ask(&mut self, place: usize, minor: i64, command: &Command) {
        let (context, decision) = (self.context(), self.decide(minor));
        let reservation = &mut self.reservations[place];
        for event in reservation.decide(&context, &Some(decision), command).unwrap_or_default() {
            reservation.evolve(&event);
        }
    }

    fn step(&self, step: Step) -> Self {
        let mut next = self.clone();
        let money = |minor| Money::new(minor, usd());
        match step {
            Step::Reserve(place, minor) => {
                let draft =
                    Draft { id: place.to_string(), amount: money(minor), timeout_s: 5, ..draft(minor) };
                next.ask(place, minor, &Command::Reserve(draft));
            }
            Step::Commit(place, minor) => {
                next.ask(place, 0, &Command::Commit { amount: minor.map(money), order_no: None });
            }
            Step::Void(place) => next.ask(place, 0, &Command::Void),
            Step::Expire(place) => next.ask(place, 0, &Command::Expire),
            Step::Amend(place, minor) => {
                let held = next.reservations[place].amount.map_or(0, |held| held.minor);
                next.ask(place, minor - held, &Command::Amend { amount: money(minor) });
            }
            // An order is placed for what was reserved, once.
            Step::Place(place) => {
                if let Some(held) = next.reservations[place].held_at(at(next.now)) {
                    next.orders[place].get_or_insert((held.minor, false));
                }
            }
            Step::Cancel(place) => {
                if let Some(order) = &mut next.orders[place] {
                    order.1 = true;
                }
            }
            Step::Wait => next.now = 5,
        }
        next
    }

    /// What tells one world from another.
    fn key(&self) -> String {
        let of = |reservation: &Reservation| (reservation.state, reservation.amount, reservation.resolved_at);
        let [one, other] = &self.reservations;
        format!("{:?}{:?}{:?}{}", of(one), of(other), self.orders, self.now)
    }
}

fn steps() -> Vec<Step> {
    let mut steps = vec![Step::Wait];
    for place in [0, 1] {
        steps.extend((1..=LIMIT).flat_map(|minor| [Step::Reserve(place, minor), Step::Amend(place, minor)]));
        steps.extend([None, Some(1), Some(4)].map(|minor| Step::Commit(place, minor)));
        steps.extend([Step::Void(place), Step::Expire(place), Step::Place(place), Step::Cancel(place)]);
    }
    steps
}

#[test]
fn no_course_of_two_reservations_goes_over_the_limit_or_resolves_twice() {
    let start = World { reservations: Default::default(), orders: [None, None], now: 0 };
    let mut seen = BTreeSet::from([start.key()]);
    let mut open = VecDeque::from([start]);
    let mut full = false;
    while let Some(world) = open.pop_front() {
        for step in steps() {
            let next = world.step(step);
            let exposure = next.exposure().buckets.exposure();
            assert!(exposure <= LIMIT, "{step:?} leads to {exposure}");
            full |= exposure == LIMIT;
            for (before, after) in world.reservations.iter().zip(&next.reservations) {
                let resolved = before.resolved_at.is_some();
                assert!(!resolved || (before.state, before.resolved_at) == (after.state, after.resolved_at));
            }
            if seen.insert(next.key()) {
                open.push_back(next);
            }
        }
    }
    assert!(full && seen.len() > 500, "{} states", seen.len());
}
