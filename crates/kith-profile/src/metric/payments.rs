//! Payment behaviour (D§3.4): open items settled by allocations and credit notes, then their averages.

use super::Name;
use super::sheet::{Sheet, Sum, View, WINDOWS, of_doc, reference};
use crate::fact::{Fact, FactKind};

/// Days after the due day within which a payment still counts as on time.
const GRACE: u16 = 3;

/// What was paid of an invoice on one day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paid {
    pub(crate) day: u16,
    pub(crate) minor: i64,
}

/// An invoice after payments and credit notes, in its own currency.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) invoice: Fact,
    pub(crate) due: u16,
    /// Payments in the order of their days.
    pub(crate) paid: Vec<Paid>,
    /// What is still open.
    pub(crate) open: i64,
}

/// All invoices settled, and what pays nothing yet.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    /// By document.
    pub(crate) items: Vec<Item>,
    /// Payments and credit notes with what they leave over: document, currency, day, minor units.
    pub(crate) left: Vec<(u64, u8, u16, i64)>,
}

/// Something that pays an invoice.
#[derive(Debug, Clone, Copy)]
struct Claim {
    invoice: u64,
    /// Credit notes come before money.
    money: bool,
    day: u16,
    payer: u64,
    currency: u8,
    minor: i64,
}

/// Settles every invoice from the facts up to the day.
pub(crate) fn settle(view: &View<'_>) -> Settled {
    let invoices = view.latest(FactKind::Invoice);
    let mut settled = Settled::default();
    let mut claims = claims(view, &mut settled.left);
    claims.sort_unstable_by_key(|claim| (claim.invoice, claim.money, claim.day, claim.payer, claim.minor));
    let mut groups = claims.chunk_by(|one, other| one.invoice == other.invoice).peekable();
    for invoice in invoices {
        let mut item = Item {
            invoice: *invoice,
            due: u16::try_from(invoice.aux).unwrap_or(invoice.day),
            paid: Vec::new(),
            open: invoice.amount,
        };
        while let Some(group) =
            groups.next_if(|group| group.first().is_some_and(|claim| claim.invoice <= invoice.doc))
        {
            for claim in group {
                let known = claim.invoice == invoice.doc;
                let over = if known { apply(view, &mut item, claim) } else { claim.minor };
                if over > 0 {
                    settled.left.push((claim.payer, claim.currency, claim.day, over));
                }
            }
        }
        settled.items.push(item);
    }
    let unknown = groups.flatten().filter(|claim| claim.minor > 0);
    settled.left.extend(unknown.map(|claim| (claim.payer, claim.currency, claim.day, claim.minor)));
    settled
}

/// Lets a claim pay an item; what is left of the claim in its own currency.
fn apply(view: &View<'_>, item: &mut Item, claim: &Claim) -> i64 {
    let same = claim.currency == item.invoice.currency;
    let offered = if same { Some(claim.minor) } else { exchanged(view, claim, item.invoice.currency) };
    // Without a rate it cannot be said how much it pays: all of it stays unapplied.
    let Some(offered) = offered else { return claim.minor };
    let used = offered.min(item.open);
    item.open -= used;
    if used > 0 && claim.money {
        item.paid.push(Paid { day: claim.day, minor: used });
    }
    let over = offered - used;
    if same || over == 0 { over } else { part(claim.minor, over, offered) }
}

fn part(whole: i64, over: i64, offered: i64) -> i64 {
    let share =
        crate::input::divide_half_even(i128::from(whole) * i128::from(over), i128::from(offered.max(1)));
    i64::try_from(share).unwrap_or(whole)
}

fn exchanged(view: &View<'_>, claim: &Claim, to: u8) -> Option<i64> {
    use kith_domain::value::Currency;
    let (from, to) = (Currency::from_index(claim.currency)?, Currency::from_index(to)?);
    view.rates.convert(claim.minor, from, to, view.home, claim.day)
}

/// All that may pay invoices; what names no invoice goes to `left` at once.
fn claims(view: &View<'_>, left: &mut Vec<(u64, u8, u16, i64)>) -> Vec<Claim> {
    let payments = view.latest(FactKind::Payment);
    let returned = view.latest(FactKind::PaymentReturned);
    let mut claims = Vec::new();
    let mut spent: Vec<(u64, i64)> = Vec::new();
    for fact in view.kind(FactKind::Allocation) {
        // Only the allocations of the touchpoint that rules the payment count.
        let rules = of_doc(&payments, fact.doc).is_some_and(|payment| payment.seq == fact.seq);
        if !rules || of_doc(&returned, fact.doc).is_some() {
            continue;
        }
        let (currency, minor) = (fact.currency, fact.amount);
        claims.push(Claim {
            invoice: reference(fact),
            money: true,
            day: fact.day,
            payer: fact.doc,
            currency,
            minor,
        });
        spent.push((fact.doc, minor));
    }
    spent.sort_unstable();
    for payment in payments.iter().filter(|payment| of_doc(&returned, payment.doc).is_none()) {
        let start = spent.partition_point(|row| row.0 < payment.doc);
        let rows = spent.iter().skip(start).take_while(|row| row.0 == payment.doc);
        let rest = payment.amount - rows.map(|row| row.1).sum::<i64>();
        if rest > 0 {
            left.push((payment.doc, payment.currency, payment.day, rest));
        }
    }
    for note in view.latest(FactKind::CreditNote) {
        let (payer, currency, day, minor) = (note.doc, note.currency, note.day, note.amount);
        if note.aux == 0 {
            left.push((payer, currency, day, minor));
        } else {
            claims.push(Claim { invoice: reference(note), money: false, day, payer, currency, minor });
        }
    }
    claims
}

/// Sums of one window; weights in the currency wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Behaviour {
    /// Σ a, Σ a(P−I), Σ a·max(0, P−D), Σ a(P−D) of what is paid or overdue.
    weight: i128,
    to_pay: i128,
    beyond: i128,
    signed: i128,
    /// Σ a, Σ a(D−I) of all invoices.
    all: i128,
    terms: i128,
    /// Invoices paid or overdue, those on time, and their amounts.
    judged: usize,
    on_time: usize,
    judged_amount: i128,
    on_time_amount: i128,
    invoices: usize,
}

impl Behaviour {
    fn average(sum: i128, weight: i128) -> Option<f64> {
        (weight > 0).then(|| sum as f64 / weight as f64)
    }

    /// Both together.
    pub(crate) fn plus(&self, other: &Self) -> Self {
        Self {
            weight: self.weight.saturating_add(other.weight),
            to_pay: self.to_pay.saturating_add(other.to_pay),
            beyond: self.beyond.saturating_add(other.beyond),
            signed: self.signed.saturating_add(other.signed),
            all: self.all.saturating_add(other.all),
            terms: self.terms.saturating_add(other.terms),
            judged: self.judged.saturating_add(other.judged),
            on_time: self.on_time.saturating_add(other.on_time),
            judged_amount: self.judged_amount.saturating_add(other.judged_amount),
            on_time_amount: self.on_time_amount.saturating_add(other.on_time_amount),
            invoices: self.invoices.saturating_add(other.invoices),
        }
    }

    /// Invoices that are paid or past due.
    pub(crate) fn judged(&self) -> usize {
        self.judged
    }

    /// Share of invoices paid on time.
    pub(crate) fn on_time(&self) -> Option<f64> {
        (self.judged > 0).then(|| self.on_time as f64 / self.judged as f64)
    }

    /// Average days to pay.
    pub(crate) fn adp(&self) -> Option<f64> {
        Self::average(self.to_pay, self.weight)
    }

    /// Days from invoice to due day.
    pub(crate) fn terms(&self) -> Option<f64> {
        Self::average(self.terms, self.all)
    }

    /// Days beyond terms.
    pub(crate) fn dbt(&self) -> Option<f64> {
        Self::average(self.beyond, self.weight)
    }

    /// Days beyond terms with early payment as negative.
    pub(crate) fn dbt_signed(&self) -> Option<f64> {
        Self::average(self.signed, self.weight)
    }

    /// Share of the amount paid on time.
    pub(crate) fn on_time_amount(&self) -> Option<f64> {
        Self::average(self.on_time_amount, self.judged_amount)
    }
}

/// Payment behaviour over the invoices issued in a window; `None` when a rate is missing.
pub(crate) fn behaviour(view: &View<'_>, settled: &Settled, window: u16) -> Option<Behaviour> {
    let mut sum = Behaviour::default();
    for item in settled.items.iter().filter(|item| view.within(item.invoice.day, window)) {
        let issued = item.invoice.day;
        let weigh = |minor: i64| view.convert(minor, item.invoice.currency, issued).map(i128::from);
        let amount = weigh(item.invoice.amount)?;
        sum.invoices += 1;
        sum.all += amount;
        sum.terms += amount * (i128::from(item.due) - i128::from(issued));
        let overdue = item.open > 0 && item.due < view.today;
        let open = Paid { day: view.today, minor: item.open };
        for portion in item.paid.iter().chain(overdue.then_some(&open)) {
            let weight = weigh(portion.minor)?;
            let late = i128::from(portion.day) - i128::from(item.due);
            sum.weight += weight;
            sum.to_pay += weight * (i128::from(portion.day) - i128::from(issued));
            sum.beyond += weight * late.max(0);
            sum.signed += weight * late;
        }
        let finished = item.open == 0 && !item.paid.is_empty();
        if finished || overdue {
            let last = if overdue { Some(view.today) } else { item.paid.last().map(|paid| paid.day) };
            let on_time = last.is_some_and(|day| day <= item.due.saturating_add(GRACE));
            sum.judged += 1;
            sum.judged_amount += amount;
            sum.on_time += usize::from(on_time);
            sum.on_time_amount += if on_time { amount } else { 0 };
        }
    }
    Some(sum)
}

/// Writes all metrics of payment.
pub(crate) fn compute(view: &View<'_>, sheet: &mut Sheet) {
    let settled = settle(view);
    for (place, window) in WINDOWS.into_iter().enumerate() {
        let sum = behaviour(view, &settled, window);
        let judged = sum.map_or(0, |sum| sum.judged);
        sheet.number(Name::DaysToPay, place, judged, sum.and_then(|sum| sum.adp()));
        sheet.number(Name::BeyondTerms, place, judged, sum.and_then(|sum| sum.dbt()));
        let terms = sum.and_then(|sum| Behaviour::average(sum.terms, sum.all));
        sheet.number(Name::Terms, place, sum.map_or(0, |sum| sum.invoices), terms);
        sheet.ratio(Name::PaidOnTime, place, sum.map_or(0, |sum| sum.on_time), judged);
    }
    balances(view, &settled, sheet);
}

fn balances(view: &View<'_>, settled: &Settled, sheet: &mut Sheet) {
    let (mut open, mut overdue, mut unapplied) = (Sum::default(), Sum::default(), Sum::default());
    let mut count = 0;
    let mut late = 0;
    let mut oldest: Option<u16> = None;
    for item in settled.items.iter().filter(|item| item.open > 0) {
        let minor = view.convert(item.open, item.invoice.currency, item.invoice.day);
        open.add(minor);
        count += 1;
        if item.due < view.today {
            overdue.add(minor);
            late += 1;
            oldest = Some(oldest.map_or(item.due, |oldest| oldest.min(item.due)));
        }
    }
    for (_, currency, day, minor) in &settled.left {
        unapplied.add(view.convert(*minor, *currency, *day));
    }
    sheet.money(Name::OpenBalance, 0, count, open.total());
    sheet.money(Name::OverdueBalance, 0, late, overdue.total());
    let days = oldest.map_or(0, |due| view.today - due);
    sheet.number(Name::OldestOverdue, 0, late, Some(f64::from(days)));
    sheet.money(Name::Unapplied, 0, settled.left.len(), unapplied.total());
}
