//! The checker of credit: replays the ledger and the log of touchpoints with a small book of its own, and counts every
//! decision that let exposure go over its limit, and every one that stood on another exposure.

use std::collections::BTreeMap;

use kith_domain::value::Money;
use kith_engine::{Engine, Fault};
use serde_json::Value;

/// Records read in one go.
const PAGE: u32 = 5_000;

/// What was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checked {
    /// Decisions.
    pub decisions: u64,
    /// Decisions that reserved.
    pub reserved: u64,
    /// Reservations that went over the limit at their position.
    pub overshoots: u64,
    /// Decisions whose exposure was not that of their position.
    pub differing: u64,
}

/// A touchpoint that moves money.
#[derive(Debug, Clone)]
enum Moved {
    Placed { order: String, minor: i64 },
    Cancelled { order: String },
    Invoiced { order: Option<String>, minor: i64 },
    Paid { minor: i64 },
}

#[derive(Debug, Default)]
struct Line {
    /// What comes, by position, the earliest last.
    coming: Vec<(u64, Moved)>,
    held: BTreeMap<String, (i64, Option<String>)>,
    /// Value, what of it is invoiced, whether it was cancelled.
    orders: BTreeMap<String, (i64, i64, bool)>,
    owed: i64,
}

impl Line {
    fn apply(&mut self, moved: Moved) {
        match moved {
            Moved::Placed { order, minor } => self.orders.entry(order).or_default().0 = minor,
            Moved::Cancelled { order } => self.orders.entry(order).or_default().2 = true,
            Moved::Invoiced { order, minor } => {
                self.owed += minor;
                if let Some(order) = order {
                    self.orders.entry(order).or_default().1 += minor;
                }
            }
            Moved::Paid { minor } => self.owed -= minor,
        }
    }

    /// Takes in what the log holds up to a position.
    fn forward(&mut self, position: u64) {
        while self.coming.last().is_some_and(|(at, _)| *at <= position) {
            if let Some((_, moved)) = self.coming.pop() {
                self.apply(moved);
            }
        }
    }

    fn exposure(&self) -> i64 {
        let known =
            |order: &Option<String>| order.as_ref().is_some_and(|order| self.orders.contains_key(order));
        let held: i64 = self.held.values().filter(|(_, order)| !known(order)).map(|(minor, _)| minor).sum();
        let live = self.orders.values().filter(|order| !order.2);
        self.owed + held + live.map(|order| (order.0 - order.1).max(0)).sum::<i64>()
    }
}

fn minor(money: &Value) -> i64 {
    let text = |member: &str| money[member].as_str().unwrap_or_default();
    let currency = text("currency").parse();
    currency
        .ok()
        .and_then(|currency| Money::parse(text("amount"), currency).ok())
        .map_or(0, |money| money.minor)
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn moved(kind: &str, data: &Value) -> Option<Moved> {
    let order = || text(&data["order_no"]);
    Some(match kind.strip_prefix("io.kith.")? {
        "order.placed" => Moved::Placed { order: order()?, minor: minor(&data["value"]) },
        "order.cancelled" => Moved::Cancelled { order: order()? },
        "invoice.posted" => Moved::Invoiced { order: order(), minor: minor(&data["amount"]) },
        "payment.received" => Moved::Paid { minor: minor(&data["amount"]) },
        _ => return None,
    })
}

/// Replays everything that an engine stored. Knows orders, invoices and payments, no corrections and no expiry.
///
/// # Errors
/// [`Fault`] when the store cannot be read.
pub fn check(engine: &Engine) -> Result<Checked, Fault> {
    let mut lines = coming(engine)?;
    let mut checked = Checked::default();
    let mut at = 0;
    loop {
        let records = engine.store().read_blocking(move |reader| reader.records_after(at, PAGE))?;
        let Some(last) = records.last() else { return Ok(checked) };
        at = last.header.position;
        for record in &records {
            if let Some(("reservation", id)) = record.header.stream.split_once('/') {
                take(&mut lines, id, &record.header.body, &mut checked);
            }
        }
    }
}

/// The touchpoints of each account, the earliest last.
fn coming(engine: &Engine) -> Result<BTreeMap<String, Line>, Fault> {
    let mut by_row: BTreeMap<u32, Vec<(u64, Moved)>> = BTreeMap::new();
    let mut at = 0;
    loop {
        let page = engine.store().read_blocking(move |reader| reader.touchpoints_after(at, PAGE))?;
        let Some(last) = page.last() else { break };
        at = last.position;
        for touchpoint in &page {
            let data = serde_json::from_str(&touchpoint.stored.clear).unwrap_or_default();
            if let Some(moved) = moved(&touchpoint.stored.kind, &data) {
                by_row.entry(touchpoint.stored.account_row).or_default().push((touchpoint.position, moved));
            }
        }
    }
    let mut lines = BTreeMap::new();
    for (row, mut coming) in by_row {
        let found = engine.store().read_blocking(move |reader| reader.account_in_row(row))?;
        coming.reverse();
        if let Some(account) = found {
            lines.insert(account.id, Line { coming, ..Line::default() });
        }
    }
    Ok(lines)
}

fn take(lines: &mut BTreeMap<String, Line>, id: &str, event: &Value, checked: &mut Checked) {
    if let Some(decided) = event.get("decided") {
        let (draft, decision) = (&decided["draft"], &decided["decision"]);
        let line = lines.entry(text(&draft["account"]).unwrap_or_default()).or_default();
        line.forward(decision["position"].as_u64().unwrap_or_default());
        let (before, amount) = (line.exposure(), minor(&draft["amount"]));
        checked.decisions += 1;
        checked.differing += u64::from(before != minor(&decision["exposure"]));
        if decision["outcome"].as_str().is_some_and(|outcome| outcome.starts_with("approve")) {
            checked.reserved += 1;
            checked.overshoots += u64::from(before + amount > minor(&decision["limit"]));
            line.held.insert(id.to_owned(), (amount, text(&draft["order_no"])));
        }
        return;
    }
    for line in lines.values_mut() {
        if let Some(held) = line.held.get_mut(id) {
            if let Some(committed) = event.get("committed") {
                held.0 = minor(&committed["amount"]);
            } else if event.get("voided").is_some() || event.get("expired").is_some() {
                line.held.remove(id);
            }
            return;
        }
    }
}
