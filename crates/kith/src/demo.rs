//! The demo company: a distributor of parts with its own freight, its customers, and eighteen months of what
//! happened to them.
//!
//! Everything is a function of a seed and a day, so that two demos with the same seed tell the same stories.
//! The stories are there to be found by asking: see [`story`].

mod care;
mod customer;
mod happening;
mod live;
mod name;
mod people;
mod place;
mod prng;
mod render;
mod simulate;
mod story;
#[cfg(test)]
mod tests;
mod text;

use jiff::civil::Date;
use serde_json::Value;

pub(crate) use care::{CODES, TEAMS, fields, prices};
pub(crate) use live::live;
pub(crate) use people::{Organisation, Role, User};

use customer::Customer;
use happening::Happening;
use prng::Prng;

/// Days of history before the day of the demo.
pub(crate) const HISTORY_DAYS: i64 = 548;

/// Accounts of the demo when nothing else is asked for.
pub(crate) const ACCOUNTS: usize = 400;

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
    /// What happened, as CloudEvents, in order of time; the account is `external:erp:<customer number>`.
    pub(crate) touchpoints: Touchpoints,
}

/// The touchpoints of a company in order of time, made while they are read.
#[derive(Debug)]
pub(crate) struct Touchpoints {
    customers: Vec<Customer>,
    happenings: std::vec::IntoIter<Happening>,
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
    let accounts = customers.iter().map(customer::body).collect();
    Company {
        organisation,
        users,
        accounts,
        touchpoints: Touchpoints { customers, happenings: happenings.into_iter() },
    }
}
