//! The rules of the door, held against one order: every fault at its place.

use jiff::civil::Date;

use super::{Check, Content, Finding, OrderKind, OrderRules, RuleSeverity};
use crate::account::Tier;
use crate::value::{AccountId, Money};

/// What our prices say of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceFound {
    /// What the line comes to by our prices.
    pub ours: Option<Money>,
    /// What it comes to by the customer's.
    pub given: Option<Money>,
}

/// What is known of the order besides its content.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The customer, when it is known.
    pub customer: Option<(AccountId, Tier)>,
    /// It was told by its name alone.
    pub matched_by_name: bool,
    /// Whether whoever orders is a contact of the customer; nothing when nobody is named.
    pub ordered_by_known: Option<bool>,
    /// Prices of the lines, in their order.
    pub prices: Vec<PriceFound>,
    /// The sum by the prices that count.
    pub total: Option<Money>,
    /// The day.
    pub today: Option<Date>,
}

/// Everything that the rules find, the gravest first.
#[must_use]
pub fn check(content: &Content, rules: &OrderRules, facts: &Facts) -> Vec<Finding> {
    let mut bench = Bench { content, rules, facts, found: Vec::new() };
    bench.customer();
    bench.shape();
    bench.prices();
    let mut found = bench.found;
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    found
}

struct Bench<'b> {
    content: &'b Content,
    rules: &'b OrderRules,
    facts: &'b Facts,
    found: Vec<Finding>,
}

impl Bench<'_> {
    fn find(&mut self, check: Check, pointer: &str, text: impl Into<String>) {
        let severity = self.rules.severity(check, self.content.source.channel, self.facts.customer);
        if severity > RuleSeverity::Off {
            self.found.push(Finding::new(check.as_str(), severity, pointer, text));
        }
    }

    fn customer(&mut self) {
        if self.facts.matched_by_name {
            let text = "The account was told by its name and address alone.";
            self.find(Check::MatchedByName, "/parties/sold_to/name", text);
        }
        if self.facts.ordered_by_known == Some(false) {
            let text = "Whoever orders is not a contact of the customer.";
            self.find(Check::OrderedBy, "/ordered_by", text);
        }
    }

    fn shape(&mut self) {
        let content = self.content;
        if content.customer_order_no.is_none() {
            let text = "The customer's own order number is not told.";
            self.find(Check::CustomerOrderNo, "/customer_order_no", text);
        }
        if content.lines.is_empty() && (content.kind == OrderKind::Goods || content.total.is_none()) {
            let text = match content.kind {
                OrderKind::Goods => "An order for goods has at least one line.",
                OrderKind::Freight | OrderKind::Service => "The order has neither lines nor a total.",
            };
            self.find(Check::Lines, "/lines", text);
        }
        if content.kind == OrderKind::Goods && !content.has_ship_to {
            self.find(Check::ShipTo, "/parties/ship_to", "It is not told where the goods go.");
        }
        if content.kind == OrderKind::Freight && !content.has_route {
            self.find(Check::Route, "/origin", "It is not told from where to where the freight goes.");
        }
        let days = [
            ("/requested_pickup", content.requested_pickup),
            ("/requested_delivery", content.requested_delivery),
        ];
        for (pointer, day) in days {
            if let (Some(day), Some(today)) = (day, self.facts.today)
                && day < today
            {
                self.find(Check::DateOver, pointer, format!("{day} is over."));
            }
        }
        for (place, line) in content.lines.iter().enumerate() {
            if line.hazmat_complete == Some(false) {
                let text = "Dangerous goods need their UN number.";
                self.find(Check::Hazmat, &format!("/lines/{place}/hazmat/un"), text);
            }
        }
    }

    fn prices(&mut self) {
        for (place, (line, price)) in self.content.lines.iter().zip(&self.facts.prices).enumerate() {
            match (price.ours, price.given) {
                (None, given) => {
                    let (what, item) = (format!("{} {}", line.qty, line.uom), &line.item);
                    let text = match given {
                        Some(_) => format!("Nothing prices {what} of {item}, the given price was taken."),
                        None => format!("Nothing prices {what} of {item}."),
                    };
                    self.find(Check::Price, &format!("/lines/{place}/item"), text);
                }
                (Some(ours), Some(given)) if !self.is_close(ours, given) => {
                    let text =
                        format!("The line comes to {ours} by our prices, to {given} by the given one.");
                    self.find(Check::PriceDiffers, &format!("/lines/{place}/price"), text);
                }
                (Some(_), _) => {}
            }
        }
        let stated = self.content.total.filter(|_| !self.content.lines.is_empty());
        if let (Some(ours), Some(stated)) = (self.facts.total, stated)
            && !self.is_close(ours, stated)
        {
            let text = format!("The order comes to {ours}, it says {stated}.");
            self.find(Check::TotalDiffers, "/total", text);
        }
    }

    fn is_close(&self, ours: Money, given: Money) -> bool {
        let apart = i128::from(ours.minor).abs_diff(i128::from(given.minor));
        let most =
            u128::from(ours.minor.unsigned_abs()) * u128::from(self.rules.price_tolerance_basis_points);
        ours.currency == given.currency && apart * 10_000 <= most
    }
}
