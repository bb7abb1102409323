//! How a line moves: reservation, order, delivery, invoice, payment, and back by corrections.

use proptest::prelude::*;

use super::{book, buckets, eur, exposure, rates, usd};
use crate::credit::{Allocation, Buckets, Documents, Held, Invoice, Order, Payer, is_settled};

fn order(doc: u64, value: i64) -> Order {
    Order { doc, entity: 1, currency: usd(), value, cancelled: false, delivered: false }
}

fn invoice(doc: u64, order: Option<u64>, amount: i64) -> Invoice {
    Invoice { doc, order, entity: 1, currency: usd(), amount, due: 90 }
}

fn payment(doc: u64, amount: i64) -> Payer {
    Payer { doc, entity: 1, currency: usd(), amount, day: 50, money: true }
}

fn pays(payer: u64, invoice: u64, amount: i64) -> Allocation {
    Allocation { payer, invoice, amount }
}

fn held(order: Option<u64>, amount: i64) -> Held {
    Held { order, entity: 1, currency: usd(), amount, committed: false }
}

#[test]
fn a_line_moves_from_reservation_to_payment_and_counts_once() {
    let reservation = held(Some(7), 1_000);
    let mut documents = Documents::default();
    let with = |documents: &Documents| {
        let mut book = book(documents);
        book.hold(&reservation);
        buckets(&book)
    };
    assert_eq!(with(&documents), Buckets { pending: 1_000, ..Buckets::default() });
    documents.orders.push(order(7, 1_200));
    assert_eq!(with(&documents), Buckets { open_orders: 1_200, ..Buckets::default() });
    documents.orders[0].delivered = true;
    assert_eq!(with(&documents), Buckets { unbilled: 1_200, ..Buckets::default() });
    documents.invoices.push(invoice(3, Some(7), 700));
    assert_eq!(with(&documents), Buckets { unbilled: 500, open_ar: 700, ..Buckets::default() });
    documents.invoices.push(invoice(4, Some(7), 500));
    documents.payers.push(payment(9, 1_300));
    documents.allocations = vec![pays(9, 3, 700), pays(9, 4, 400)];
    assert_eq!(with(&documents), Buckets { open_ar: 100, unapplied: 200, ..Buckets::default() });
}

#[test]
fn an_order_that_was_paid_ahead_is_no_exposure_before_or_after_its_receipt_is_matched() {
    let mut documents = Documents { orders: vec![order(7, 1_200)], ..Documents::default() };
    let counted = |documents: &Documents| buckets(&book(documents)).exposure();
    assert_eq!(counted(&documents), 1_200, "nothing came yet");
    documents.payers.push(payment(9, 1_200));
    assert_eq!(counted(&documents), 0, "it came and is not matched");
    // It names an invoice that is not there yet: it is not matched either.
    documents.allocations.push(pays(9, 3, 1_200));
    assert_eq!(counted(&documents), 0);
    documents.orders[0].delivered = true;
    assert_eq!(counted(&documents), 0);
    documents.invoices.push(invoice(3, Some(7), 1_200));
    assert_eq!(buckets(&book(&documents)), Buckets::default(), "invoiced and matched");
    documents.orders.clear();
    documents.payers[0].amount = 1_500;
    assert_eq!(counted(&documents), -300, "paid too much is never capped");
}

#[test]
fn an_order_is_settled_once_all_of_it_is_invoiced_and_paid() {
    let settled = |documents: &Documents| is_settled(documents, 7, &rates);
    let mut documents = Documents::default();
    assert!(!settled(&documents), "nobody knows of it");
    documents.orders.push(order(7, 1_200));
    assert!(!settled(&documents), "nothing is invoiced");
    documents.invoices.push(invoice(3, Some(7), 700));
    documents.payers.push(payment(9, 700));
    documents.allocations.push(pays(9, 3, 700));
    assert!(!settled(&documents), "what is invoiced is paid, and 500 is still to come");
    documents.invoices.push(invoice(4, Some(7), 500));
    assert!(!settled(&documents), "the second invoice is open");
    documents.payers.push(payment(10, 499));
    documents.allocations.push(pays(10, 4, 499));
    assert!(!settled(&documents), "a cent is missing");
    documents.payers.push(Payer { money: false, ..payment(11, 1) });
    documents.allocations.push(pays(11, 4, 1));
    assert!(settled(&documents), "a credit note pays, too");
    documents.invoices.push(invoice(5, Some(8), 50));
    assert!(settled(&documents), "invoices of other orders are none of its business");
    let without = |payer: u64| Documents {
        payers: documents.payers.iter().filter(|paid| paid.doc != payer).copied().collect(),
        ..documents.clone()
    };
    assert!(!settled(&without(9)), "a payment that came back opens it again");
    documents.orders[0].cancelled = true;
    assert!(!settled(&documents), "what was called off is cancelled");
}

#[test]
fn what_is_withdrawn_gives_the_reservation_back() {
    let reservation = held(Some(7), 1_000);
    let mut placed = book(&Documents { orders: vec![order(7, 900)], ..Documents::default() });
    placed.hold(&reservation);
    assert_eq!(buckets(&placed).exposure(), 900);
    let mut none = book(&Documents::default());
    none.hold(&reservation);
    assert_eq!(buckets(&none).pending, 1_000);
}

#[test]
fn a_cancelled_order_frees_all_even_if_it_was_never_placed() {
    let cancelled = Order { cancelled: true, ..order(7, 900) };
    let documents = Documents { orders: vec![cancelled], cancelled: vec![7, 8], ..Documents::default() };
    let mut book = book(&documents);
    book.hold(&held(Some(7), 900));
    book.hold(&held(Some(8), 100));
    book.hold(&held(None, 5));
    assert_eq!(buckets(&book), Buckets { pending: 5, ..Buckets::default() });
}

#[test]
fn a_committed_reservation_is_an_open_order() {
    let mut book = book(&Documents::default());
    book.hold(&Held { committed: true, ..held(None, 40) });
    assert_eq!(buckets(&book), Buckets { open_orders: 40, ..Buckets::default() });
}

#[test]
fn credit_notes_go_first_and_what_is_over_reduces_exposure() {
    let note = Payer { money: false, ..payment(5, 60) };
    let documents = Documents {
        invoices: vec![invoice(1, None, 100)],
        payers: vec![payment(2, 100), note],
        allocations: vec![pays(2, 1, 100), pays(5, 1, 60)],
        ..Documents::default()
    };
    let expected = Buckets { unapplied: 60, ..Buckets::default() };
    assert_eq!((buckets(&book(&documents)), expected.exposure()), (expected, -60));
}

#[test]
fn currencies_meet_at_todays_rate() {
    let euros = Payer { currency: eur(), ..payment(2, 80) };
    let documents = Documents {
        invoices: vec![invoice(1, None, 100)],
        payers: vec![euros],
        allocations: vec![pays(2, 1, 80)],
        ..Documents::default()
    };
    // 50 EUR pay 100 USD; 30 EUR stay, worth 60 USD.
    assert_eq!(buckets(&book(&documents)), Buckets { unapplied: 60, ..Buckets::default() });
    let yen = "JPY".parse().unwrap();
    let rateless = Documents { orders: vec![Order { currency: yen, ..order(1, 5) }], ..Documents::default() };
    assert_eq!(super::Exposure::of(&book(&rateless), &|_| true, usd(), 1, &rates), None);
}

#[test]
fn only_what_is_past_due_is_overdue() {
    let documents = Documents {
        invoices: vec![invoice(1, None, 100), Invoice { due: 60, ..invoice(2, None, 30) }],
        ..Documents::default()
    };
    let book = book(&documents);
    let on = |today| {
        let overdue = exposure(&book, today).overdue;
        (overdue.minor, overdue.oldest_days)
    };
    assert_eq!([on(60), on(61), on(90), on(100)], [(0, 0), (30, 1), (30, 30), (130, 40)]);
}

fn documents() -> impl Strategy<Value = Documents> {
    let orders = prop::collection::btree_map(1_u64..5, (0_i64..500, any::<bool>(), any::<bool>()), 0..4);
    let invoices = prop::collection::btree_map(10_u64..15, (prop::option::of(1_u64..6), 0_i64..500), 0..4);
    let payers = prop::collection::btree_map(20_u64..25, (0_i64..700, any::<bool>(), 0_u16..9), 0..4);
    let allocations = prop::collection::vec((20_u64..26, 10_u64..16, 0_i64..600), 0..8);
    (orders, invoices, payers, allocations).prop_map(|(orders, invoices, payers, allocations)| Documents {
        cancelled: orders.iter().filter(|(_, row)| row.1).map(|(doc, _)| *doc).collect(),
        orders: orders
            .into_iter()
            .map(|(doc, (value, cancelled, delivered))| Order { cancelled, delivered, ..order(doc, value) })
            .collect(),
        invoices: invoices.into_iter().map(|(doc, (order, amount))| invoice(doc, order, amount)).collect(),
        payers: payers
            .into_iter()
            .map(|(doc, (amount, money, day))| Payer { money, day, ..payment(doc, amount) })
            .collect(),
        allocations: allocations
            .into_iter()
            .map(|(payer, invoice, amount)| pays(payer, invoice, amount))
            .collect(),
    })
}

proptest! {
    /// Every line stands in exactly one bucket: what is billed of an order is in no other, and no cent is paid twice.
    #[test]
    fn buckets_balance(documents in documents()) {
        let found = buckets(&book(&documents));
        for minor in [found.open_ar, found.unbilled, found.open_orders, found.unapplied] {
            prop_assert!(minor >= 0);
        }
        let billed = |doc: u64| documents.invoices.iter().filter(|row| row.order == Some(doc)).map(|row| row.amount).sum::<i64>();
        let live = documents.orders.iter().filter(|order| !order.cancelled);
        let rest: i64 = live.map(|order| (order.value - billed(order.doc)).max(0)).sum();
        prop_assert_eq!(found.open_orders + found.unbilled, rest);
        let invoiced: i64 = documents.invoices.iter().map(|row| row.amount).sum();
        let paid: i64 = documents.payers.iter().map(|row| row.amount).sum();
        prop_assert_eq!(found.open_ar - found.unapplied, invoiced - paid);
        prop_assert_eq!(found.exposure(), rest + invoiced - paid);
    }

    /// The book is a function of the set: the order in which documents are told never shows.
    #[test]
    fn the_order_of_documents_never_shows(documents in documents()) {
        let mut turned = documents.clone();
        turned.orders.reverse();
        turned.invoices.reverse();
        turned.payers.reverse();
        turned.allocations.reverse();
        prop_assert_eq!(buckets(&book(&turned)), buckets(&book(&documents)));
        prop_assert_eq!(exposure(&book(&turned), 200), exposure(&book(&documents), 200));
    }
}
