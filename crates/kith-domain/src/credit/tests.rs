//! Tests of the credit book and of the decision.

mod flow;
mod table;

use jiff::Timestamp;

use super::{Asked, Book, Buckets, Documents, Exposure, Standing};
use crate::account::Stage;
use crate::value::Currency;

fn usd() -> Currency {
    "USD".parse().unwrap()
}

fn eur() -> Currency {
    "EUR".parse().unwrap()
}

/// One euro is two dollars; nothing else has a rate.
fn rates(minor: i64, from: Currency, to: Currency) -> Option<i64> {
    if from == to {
        Some(minor)
    } else if from == eur() && to == usd() {
        Some(minor * 2)
    } else if from == usd() && to == eur() {
        Some(minor / 2)
    } else {
        None
    }
}

fn book(documents: &Documents) -> Book {
    Book::of(documents, 1, &rates)
}

/// All of a book in dollars.
fn buckets(book: &Book) -> Buckets {
    exposure(book, 100).buckets
}

fn exposure(book: &Book, today: u16) -> Exposure {
    Exposure::of(book, &|_| true, usd(), today, &rates).unwrap()
}

/// A good customer with a limit of 1,000.00 USD and nothing open.
fn standing() -> Standing {
    Standing {
        stage: Stage::Active,
        suspended: None,
        credit_hold: false,
        watch: false,
        cash_terms: false,
        currency: usd(),
        limit: Some(100_000),
        exposure: Some(Exposure::default()),
        caps: vec![],
        class: None,
        age_hours: None,
        current: true,
        position: 7,
        data_as_of: Timestamp::UNIX_EPOCH,
        policy_version: 1,
    }
}

/// So many cents on credit.
fn asked(minor: i64) -> Asked {
    Asked { amount: Some(minor), prepaid: false, authorised: true, currency_enabled: true, anomaly: None }
}
