//! The demo company: a distributor of parts with its own freight, its customers, and eighteen months of what
//! happened to them.
//!
//! Everything is a function of a seed and a day, so that two demos with the same seed tell the same stories.
//! The stories are there to be found by asking: see [`story`].

mod account;
mod care;
mod customer;
mod happening;
mod live;
mod name;
mod people;
mod place;
mod plan;
mod price;
mod prng;
mod render;
mod simulate;
mod story;
mod tax;
#[cfg(test)]
mod tests;
mod text;
mod trade;
mod trend;

use std::sync::Arc;

use jiff::civil::Date;
use serde_json::Value;

pub(crate) use care::{CODES, TEAMS, fields};
pub(crate) use live::live;
pub(crate) use people::{Organisation, Role, User, ZONE};
pub(crate) use plan::told_by_bureau;
pub(crate) use price::price_lists;
pub(crate) use story::{Cause, Story};
pub(crate) use tax::spare_tax_id;

use customer::Customer;
use happening::Happening;
use prng::Prng;

/// Days of history before the day of the demo.
pub(crate) const HISTORY_DAYS: i64 = 548;

/// Accounts of the demo when nothing else is asked for.
pub(crate) const ACCOUNTS: usize = 1_200;

/// The fewest accounts with which every story has somebody.
const ACCOUNTS_MIN: usize = 60;

/// A company to seed.
#[derive(Debug)]
pub(crate) struct Company {
    /// Its name, legal entities and exchange rates.
    pub(crate) organisation: Organisation,
    /// Its people, at least one for every role.
    pub(crate) users: Vec<User>,
    /// Bodies of `POST /api/v1/accounts`. `account_manager` and `sales_rep` hold the e-mail address of a user,
    /// to be replaced by the user's id once the users exist.
    pub(crate) accounts: Vec<Value>,
    /// The story of each account, and its cause.
    pub(crate) stories: Vec<(Story, Cause)>,
    /// What happened, as CloudEvents, in order of time; the account is `external:erp:<customer number>`.
    pub(crate) touchpoints: Touchpoints,
}

/// The touchpoints of a company in order of time, made while they are read.
#[derive(Debug)]
pub(crate) struct Touchpoints {
    customers: Arc<[Customer]>,
    happenings: std::vec::IntoIter<Happening>,
}

impl Touchpoints {
    /// Takes those before a day.
    pub(crate) fn before(&mut self, day: Date) -> Self {
        let until = happening::day_of(day) * happening::DAY_SECONDS;
        let mut earlier: Vec<Happening> = std::mem::take(&mut self.happenings).collect();
        let later = earlier.split_off(earlier.partition_point(|happening| happening.at < until));
        self.happenings = later.into_iter();
        Self { customers: Arc::clone(&self.customers), happenings: earlier.into_iter() }
    }
}

impl Iterator for Touchpoints {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        let happening = self.happenings.next()?;
        let customer = self.customers.get(happening.customer as usize)?;
        Some(render::cloud_event(customer, &happening))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.happenings.size_hint()
    }
}

impl ExactSizeIterator for Touchpoints {}

/// The demo company on a day, with [`ACCOUNTS`] accounts. Its history ends the evening before.
#[cfg(test)]
pub(crate) fn company(seed: u64, today: Date) -> Company {
    company_of(seed, today, ACCOUNTS)
}

/// The demo company with about this many accounts ([`ACCOUNTS_MIN`] at least).
#[must_use]
pub(crate) fn company_of(seed: u64, today: Date, accounts: usize) -> Company {
    let mut prng = Prng::new(seed);
    let organisation = people::organisation(&mut prng, today);
    let users = people::users();
    let customers = customer::customers(&mut prng, accounts.max(ACCOUNTS_MIN), today);
    let happenings = simulate::history(&mut prng, &customers, today).happened;
    let trades = trade::trades(&happenings, customers.len(), happening::day_of(today));
    let accounts = customers.iter().zip(trades).map(|(customer, trade)| account::body(customer, trade));
    let accounts = accounts.collect();
    let stories = customers.iter().map(|customer| (customer.story, customer.cause)).collect();
    Company {
        organisation,
        users,
        accounts,
        stories,
        touchpoints: Touchpoints { customers: customers.into(), happenings: happenings.into_iter() },
    }
}
