//! What payments and credit notes leave of invoices, and what invoices leave of them.

use super::document::{Documents, Invoice, Payer};
use crate::value::Currency;

/// Minor units that may be unknown for want of an exchange rate.
pub type Rated = Option<i64>;

/// The rates of today: minor units of one currency in another.
pub type Convert<'a> = &'a dyn Fn(i64, Currency, Currency) -> Rated;

/// Invoices with what is open of each, and payers with what each leaves over.
#[derive(Debug, Default)]
pub(super) struct Settled {
    pub(super) open: Vec<(Invoice, i64)>,
    pub(super) left: Vec<(Payer, i64)>,
}

/// One payer's offer to one invoice.
struct Offer {
    invoice: u64,
    /// Place among the payers.
    payer: usize,
    amount: i64,
}

/// Lets every allocation pay its invoice: credit notes first, then by day and number, so that the result depends on
/// nothing but the set.
pub(super) fn settle(documents: &Documents, convert: Convert<'_>) -> Settled {
    let mut invoices: Vec<(Invoice, i64)> = documents.invoices.iter().map(|row| (*row, row.amount)).collect();
    invoices.sort_unstable_by_key(|(invoice, _)| invoice.doc);
    let mut payers: Vec<(Payer, i64)> = documents.payers.iter().map(|row| (*row, row.amount)).collect();
    payers.sort_unstable_by_key(|(payer, _)| (payer.money, payer.day, payer.doc));
    let mut places: Vec<(u64, usize)> =
        payers.iter().enumerate().map(|(place, (payer, _))| (payer.doc, place)).collect();
    places.sort_unstable();
    let place = |doc: u64| {
        let found = places.binary_search_by_key(&doc, |(known, _)| *known).ok()?;
        places.get(found).map(|(_, place)| *place)
    };
    let offer = |row: &super::document::Allocation| {
        Some(Offer { invoice: row.invoice, payer: place(row.payer)?, amount: row.amount })
    };
    let mut offers: Vec<Offer> = documents.allocations.iter().filter_map(offer).collect();
    offers.sort_unstable_by_key(|offer| (offer.invoice, offer.payer, offer.amount));
    for Offer { invoice, payer, amount } in offers {
        let Ok(found) = invoices.binary_search_by_key(&invoice, |(invoice, _)| invoice.doc) else { continue };
        if let (Some((invoice, open)), Some((payer, left))) = (invoices.get_mut(found), payers.get_mut(payer))
        {
            *left = left.saturating_sub(pay(invoice, open, payer, amount.min(*left), convert));
        }
    }
    Settled { open: invoices, left: payers }
}

/// Pays what is offered; gives what that used of the payer, in the payer's currency.
fn pay(invoice: &Invoice, open: &mut i64, payer: &Payer, amount: i64, convert: Convert<'_>) -> i64 {
    if amount <= 0 || *open <= 0 {
        return 0;
    }
    if payer.currency == invoice.currency {
        let used = amount.min(*open);
        *open = open.saturating_sub(used);
        return used;
    }
    // Without a rate it cannot be said how much it pays: all of it stays unapplied.
    let Some(worth) = convert(amount, payer.currency, invoice.currency) else { return 0 };
    if worth <= *open {
        *open = open.saturating_sub(worth);
        return amount;
    }
    let used = convert(*open, invoice.currency, payer.currency).map_or(0, |used| used.min(amount));
    *open = if used > 0 { 0 } else { *open };
    used
}

/// Whether all of an order is invoiced in its currency, and nothing of its invoices is open.
#[must_use]
pub fn is_settled(documents: &Documents, order: u64, convert: Convert<'_>) -> bool {
    let Some(order) = documents.orders.iter().find(|known| known.doc == order && !known.cancelled) else {
        return false;
    };
    let bills = |invoice: &Invoice| invoice.order == Some(order.doc);
    let own = documents.invoices.iter().filter(|invoice| bills(invoice));
    let same = own.clone().filter(|invoice| invoice.currency == order.currency);
    let billed = same.fold(0_i64, |sum, invoice| sum.saturating_add(invoice.amount));
    if own.count() == 0 || billed < order.value {
        return false;
    }
    settle(documents, convert).open.iter().filter(|(invoice, _)| bills(invoice)).all(|(_, open)| *open <= 0)
}
