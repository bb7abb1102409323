//! The kept book equals the one that is made anew, whatever comes and goes.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use kith_domain::credit::{Book, Documents, Held};
use kith_domain::value::Currency;
use proptest::prelude::*;

use super::{Hold, Line};

/// What happens to a line.
#[derive(Debug, Clone)]
enum Step {
    /// A reservation holds so much: of entity 1 or 2, maybe for an order, for so many seconds or without end.
    Put { id: u8, amount: i64, entity: u8, order: Option<u64>, seconds: Option<i64>, committed: bool },
    /// It holds nothing any more.
    Gone(u8),
    /// Time passes.
    Wait(i64),
    /// A touchpoint changes the documents: these orders are known now.
    Documents(Vec<u64>),
}

fn step() -> impl Strategy<Value = Step> {
    let put = (
        0..8_u8,
        1..1_000_i64,
        1..=2_u8,
        prop::option::of(0..4_u64),
        prop::option::of(1..30_i64),
        any::<bool>(),
    );
    prop_oneof![
        4 => put.prop_map(|(id, amount, entity, order, seconds, committed)| Step::Put {
            id, amount, entity, order, seconds, committed
        }),
        2 => (0..8_u8).prop_map(Step::Gone),
        2 => (0..20_i64).prop_map(Step::Wait),
        1 => prop::collection::vec(0..4_u64, 0..3).prop_map(Step::Documents),
    ]
}

fn documents(cancelled: Vec<u64>) -> Arc<Book> {
    let documents = Documents { cancelled, ..Documents::default() };
    Arc::new(Book::of(&documents, 1, &|_, _, _| None))
}

proptest! {
    #[test]
    fn the_kept_book_equals_the_one_made_anew(steps in prop::collection::vec(step(), 1..60)) {
        let currency: Currency = "USD".parse().unwrap();
        let (mut line, mut now, mut book) = (Line::default(), Timestamp::UNIX_EPOCH, documents(Vec::new()));
        for step in steps {
            match step {
                Step::Put { id, amount, entity, order, seconds, committed } => {
                    let until = seconds.filter(|_| !committed).map(|seconds| now + SignedDuration::from_secs(seconds));
                    let held = Held { order, entity, currency, amount, committed };
                    line.put(&id.to_string(), Some(Hold { held, until }));
                }
                Step::Gone(id) => line.put(&id.to_string(), None),
                Step::Wait(seconds) => now += SignedDuration::from_secs(seconds),
                Step::Documents(known) => book = documents(known),
            }
            let mut anew = (*book).clone();
            line.holding(now).for_each(|held| anew.hold(held));
            prop_assert_eq!(line.whole(&book, now), anew);
        }
    }
}
