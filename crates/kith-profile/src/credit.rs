//! What the credit book needs of an account: its documents, each once.

use kith_domain::credit::{Allocation, Documents, Invoice, Order, Payer};
use kith_domain::value::{Currency, Money};

use crate::fact::{Fact, FactKind, pseudonym, within};
use crate::living::Living;
use crate::metric::orders::{Order as Placed, orders};
use crate::metric::sheet::{View, of_doc, reference};

/// The hash of an order's number, as facts carry it.
#[must_use]
pub fn order_number(hash_key: &[u8; 16], order_no: &str) -> u64 {
    pseudonym(hash_key, "order", order_no)
}

/// The same as facts of a row carry it within the account that it was merged into.
#[must_use]
pub fn merged_number(number: u64, row: u32) -> u64 {
    within(number, row)
}

/// Live orders of which something is not invoiced.
pub(crate) fn unbilled(view: &View<'_>, live: &[Placed]) -> Vec<u64> {
    let mut billed: Vec<(u64, u8, i64)> = invoices(view)
        .filter_map(|(invoice, order)| Some((order?, invoice.currency, invoice.amount)))
        .collect();
    billed.sort_unstable();
    let open = |order: &&Placed| {
        let start = billed.partition_point(|row| row.0 < order.doc);
        let rows = billed.iter().skip(start).take_while(|row| row.0 == order.doc);
        let same = rows.filter(|row| row.1 == order.currency);
        same.fold(0_i64, |sum, row| sum.saturating_add(row.2)) < order.value
    };
    live.iter().filter(open).map(|order| order.doc).collect()
}

/// Invoices, each with the order that it bills.
fn invoices<'a>(view: &View<'a>) -> impl Iterator<Item = (&'a Fact, Option<u64>)> {
    let mut orders: Vec<(u64, u32, u64)> =
        view.kind(FactKind::InvoiceOrder).iter().map(|fact| (fact.doc, fact.seq, reference(fact))).collect();
    orders.sort_unstable();
    let order = move |invoice: &Fact| {
        // Only the touchpoint that rules the invoice says which order it bills.
        let key = (invoice.doc, invoice.seq);
        let found = orders.binary_search_by_key(&key, |(doc, seq, _)| (*doc, *seq)).ok()?;
        orders.get(found).map(|(_, _, order)| *order)
    };
    view.latest(FactKind::Invoice).into_iter().map(move |invoice| (invoice, order(invoice)))
}

fn currency(fact: &Fact) -> Option<Currency> {
    Currency::from_index(fact.currency)
}

impl Living {
    /// A number that stays as long as the facts of a row do.
    #[must_use]
    pub fn changes(&self, row: u32) -> u32 {
        self.account_at(row, |account| account.changes).unwrap_or_default()
    }

    /// The documents of a row as of a position of the log, and the number of its facts' state ([`Self::changes`]) if it
    /// reaches no further. Payments dated after `today` (days since 1970-01-01) are not received yet.
    #[must_use]
    pub fn documents(&self, row: u32, position: u64, today: u16) -> (Documents, Option<u32>) {
        let reaches = |fact: &Fact| u64::from(fact.seq) <= position;
        let facts = self.account_at(row, |account| {
            let known: Vec<Fact> =
                account.facts.iter().filter(|fact| reaches(fact) && is_money(fact)).copied().collect();
            (known, account.facts.iter().all(reaches).then_some(account.changes))
        });
        let Some((facts, changes)) = facts else { return (Documents::default(), Some(0)) };
        (self.viewed(&facts, |view| documents_of(view, today)), changes)
    }
}

impl Living {
    /// The documents of a row as they were known at a moment, by the times of the touchpoints.
    #[must_use]
    pub fn documents_until(&self, row: u32, until_ms: i64, today: u16) -> Documents {
        let until = u64::try_from(until_ms).unwrap_or_default();
        let known = |fact: &&Fact| is_money(fact) && fact.at() <= until;
        let facts = self
            .account_at(row, |account| account.facts.iter().filter(known).copied().collect::<Vec<Fact>>());
        self.viewed(&facts.unwrap_or_default(), |view| documents_of(view, today))
    }

    /// The documents of a row as they stood at the end of days: of the first one, and of each later one up to `today` on which
    /// something of them is dated.
    #[must_use]
    pub fn documents_by_day(&self, row: u32, first: u16, today: u16) -> Vec<(u16, Documents)> {
        let facts = self.account_at(row, |account| {
            account.facts.iter().filter(|fact| is_money(fact) && fact.day <= today).copied().collect()
        });
        let facts: Vec<Fact> = facts.unwrap_or_default();
        let mut days: Vec<u16> = facts.iter().map(|fact| fact.day.max(first)).chain([first]).collect();
        days.dedup();
        days.sort_unstable();
        days.dedup();
        let documents = |day: u16| {
            let until = facts.partition_point(|fact| fact.day <= day);
            let known = facts.get(..until).unwrap_or_default();
            (day, self.viewed(known, |view| documents_of(view, day)))
        };
        days.into_iter().map(documents).collect()
    }

    /// The numbers of the legal entities that an order, invoice, payment or credit note of a row names, sorted.
    #[must_use]
    pub fn trades_with(&self, row: u32) -> Vec<u8> {
        let named = |fact: &&Fact| is_money(fact) && fact.entity != 0;
        let of = |account: &crate::account::Account| {
            account
                .facts
                .iter()
                .filter(named)
                .map(|fact| fact.entity)
                .collect::<std::collections::BTreeSet<u8>>()
        };
        self.account_at(row, of).unwrap_or_default().into_iter().collect()
    }

    /// Whether an order, invoice or payment of a row is in another currency.
    #[must_use]
    pub fn trades_in_other_than(&self, row: u32, home: Currency) -> bool {
        let is_other =
            |fact: &Fact| is_money(fact) && currency(fact).is_some_and(|currency| currency != home);
        self.account_at(row, |account| account.facts.iter().any(is_other)).unwrap_or_default()
    }

    /// Amounts that moved with an entity since a moment: of orders, invoices, payments and credit notes.
    #[must_use]
    pub fn moved_since(&self, row: u32, entity: u8, since_ms: i64) -> Vec<i64> {
        let since = u64::try_from(since_ms).unwrap_or_default();
        let moved = |fact: &&Fact| {
            is_money(fact)
                && fact.is_primary()
                && fact.entity == entity
                && fact.amount != 0
                && fact.at() >= since
        };
        let amounts = self.account_at(row, |account| {
            account.facts.iter().filter(moved).map(|fact| fact.amount).collect::<Vec<i64>>()
        });
        amounts.unwrap_or_default()
    }
}

/// What touchpoints say became of an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrderProgress {
    /// It was placed.
    pub placed: bool,
    /// It was called off.
    pub cancelled: bool,
    /// It was delivered.
    pub delivered: bool,
    /// Something of it was invoiced.
    pub invoiced: bool,
    /// How far it came on its way: the number of the last [`crate::touchpoint::Stage`] that was told, 0 for none.
    pub stage: u8,
}

impl Living {
    /// Every order of a row that was not called off: when it was placed, in seconds since 1970, and its value.
    #[must_use]
    pub fn placed_orders(&self, row: u32) -> Vec<(u32, Money)> {
        let facts = self.account_at(row, |account| account.facts.iter().copied().filter(is_money).collect());
        let facts: Vec<Fact> = facts.unwrap_or_default();
        self.viewed(&facts, |view| {
            let placed = |order: &Placed| {
                let makes = |fact: &&&Fact| fact.doc == order.doc && fact.flags & Fact::AMENDED == 0;
                let first = view.kind(FactKind::Order).iter().filter(makes).map(|fact| fact.at_s).min()?;
                Some((first, Money::new(order.value, Currency::from_index(order.currency)?)))
            };
            orders(view).iter().filter(|order| !order.cancelled).filter_map(placed).collect()
        })
    }

    /// What became of an order of a row, by the hash of its number ([`order_number`]).
    #[must_use]
    pub fn order_progress(&self, row: u32, number: u64) -> OrderProgress {
        let has = |facts: &[Fact], kind| facts.iter().any(|fact| fact.is(kind) && fact.doc == number);
        let bills = |fact: &Fact| fact.is(FactKind::InvoiceOrder) && reference(fact) == number;
        let moves = |fact: &Fact| fact.is(FactKind::OrderMoved) && fact.doc == number;
        let stage_of = |fact: &Fact| u8::try_from(fact.aux).unwrap_or_default();
        let look = |account: &crate::account::Account| OrderProgress {
            placed: has(&account.facts, FactKind::Order),
            cancelled: has(&account.facts, FactKind::OrderCancelled),
            delivered: has(&account.facts, FactKind::Delivered),
            invoiced: account.facts.iter().any(bills),
            stage: account.facts.iter().filter(|fact| moves(fact)).map(stage_of).max().unwrap_or_default(),
        };
        self.account_at(row, look).unwrap_or_default()
    }
}

/// Whether a fact is about orders, invoices or payments.
fn is_money(fact: &Fact) -> bool {
    const KINDS: u32 = 1 << FactKind::Order as u32
        | 1 << FactKind::OrderCancelled as u32
        | 1 << FactKind::Delivered as u32
        | 1 << FactKind::Invoice as u32
        | 1 << FactKind::InvoiceOrder as u32
        | 1 << FactKind::CreditNote as u32
        | 1 << FactKind::Payment as u32
        | 1 << FactKind::Allocation as u32
        | 1 << FactKind::PaymentReturned as u32;
    KINDS >> (fact.kind & 31) & 1 == 1
}

/// The documents of a view of all facts, those dated ahead among them.
fn documents_of(view: &View<'_>, today: u16) -> Documents {
    let delivered = view.latest(FactKind::Delivered);
    let order = |order: Placed| {
        Some(Order {
            doc: order.doc,
            entity: order.entity,
            currency: Currency::from_index(order.currency)?,
            value: order.value,
            cancelled: order.cancelled,
            delivered: of_doc(&delivered, order.doc).is_some(),
        })
    };
    let mut documents = Documents {
        orders: orders(view).into_iter().filter_map(order).collect(),
        cancelled: view.kind(FactKind::OrderCancelled).iter().map(|fact| fact.doc).collect(),
        invoices: invoices(view).filter_map(|(fact, order)| invoice(fact, order)).collect(),
        ..Documents::default()
    };
    let payments = view.latest(FactKind::Payment);
    let returned = view.latest(FactKind::PaymentReturned);
    // Days differ by zone: what is dated tomorrow may have come.
    let came = |fact: &Fact| fact.day <= today.saturating_add(1) && of_doc(&returned, fact.doc).is_none();
    let payer = |fact: &Fact, money| {
        let Fact { doc, entity, amount, day, .. } = *fact;
        currency(fact).map(|currency| Payer { doc, entity, currency, amount, day, money })
    };
    documents.payers =
        payments.iter().copied().filter(|fact| came(fact)).filter_map(|fact| payer(fact, true)).collect();
    for fact in view.kind(FactKind::Allocation) {
        // Only the allocations of the touchpoint that rules the payment count.
        if of_doc(&payments, fact.doc).is_some_and(|payment| payment.seq == fact.seq && came(payment)) {
            let (payer, invoice, amount) = (fact.doc, reference(fact), fact.amount);
            documents.allocations.push(Allocation { payer, invoice, amount });
        }
    }
    for note in view.latest(FactKind::CreditNote) {
        documents.payers.extend(payer(note, false));
        if note.aux != 0 {
            let (payer, invoice, amount) = (note.doc, reference(note), note.amount);
            documents.allocations.push(Allocation { payer, invoice, amount });
        }
    }
    documents
}

fn invoice(fact: &Fact, order: Option<u64>) -> Option<Invoice> {
    let Fact { doc, entity, amount, .. } = *fact;
    let due = u16::try_from(fact.aux).unwrap_or(fact.day);
    Some(Invoice { doc, order, entity, currency: currency(fact)?, amount, due })
}
