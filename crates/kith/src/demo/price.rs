//! What the company's goods cost: a standard list in all currencies, and lists of their own for the customers that buy
//! most, by legal entity. Greater quantities cost less, and prices change with the year.

use jiff::civil::Date;
use serde_json::{Value, json};

/// Code, and the price of one in cents of a dollar.
const GOODS: [(&str, u64); 8] = [
    ("PALLET", 1_250),
    ("CRATE", 425),
    ("DRUM", 2_900),
    ("BEARING-6204", 1_840),
    ("VALVE-DN50", 14_600),
    ("FILTER-220", 3_975),
    ("BELT-A48", 1_120),
    ("SEAL-KIT", 6_350),
];

/// Legal entity, its currency, hundredths of a dollar in it, and the entity's name in that of a list.
const MARKETS: [(&str, &str, u64, &str); 3] = [
    ("US", "USD", 100, "United States"),
    ("EU", "EUR", 92, "Continental Europe"),
    ("UK", "GBP", 79, "United Kingdom"),
];

/// Least and greatest quantity, and what is left of the price in hundredths.
type Break = (u32, Option<u32>, u64);

const STANDARD: [Break; 2] = [(1, Some(9), 100), (10, None, 94)];
const BIG: [Break; 3] = [(1, Some(9), 100), (10, Some(49), 93), (50, None, 88)];

/// Tiers with lists of their own: the word, the name, and what is left of the standard price in hundredths.
const TIERS: [(&str, &str, u64); 2] = [("premium", "Premium", 92), ("strategic", "Strategic", 86)];

/// Hundredths of this year's price in the year before, this one, and the next.
const YEARS: [(i16, u64); 3] = [(-1, 96), (0, 100), (1, 103)];

/// The list of a customer, where the standard does not hold.
pub(super) fn list_of(tier: &str, entity: &str) -> Option<String> {
    TIERS.iter().any(|(known, ..)| *known == tier).then(|| format!("{}-{entity}", tier.to_uppercase()))
}

/// Bodies of the price lists, the standard first.
pub(crate) fn price_lists(today: Date) -> Vec<Value> {
    let standard: Vec<Value> =
        MARKETS.iter().flat_map(|market| rows(today, *market, 100, &STANDARD)).collect();
    let mut lists =
        vec![json!({"code": "STANDARD", "name": "Standard", "is_standard": true, "rows": standard})];
    for (tier, title, left) in TIERS {
        for market in MARKETS {
            let (entity, currency, _, place) = market;
            lists.push(json!({
                "code": list_of(tier, entity),
                "name": format!("{title}, {place}"),
                "currency": currency,
                "rows": rows(today, market, left, &BIG),
            }));
        }
    }
    lists
}

fn rows(
    today: Date,
    (_, currency, rate, _): (&str, &str, u64, &str),
    left: u64,
    breaks: &[Break],
) -> Vec<Value> {
    let mut rows = Vec::new();
    for (item, cents) in GOODS {
        for (least, most, of_quantity) in breaks {
            for (shift, of_year) in YEARS {
                let year = today.year() + shift;
                // In one step, rounded half up.
                let price = (cents * rate * left * of_quantity * of_year + 50_000_000) / 100_000_000;
                let last = (shift < 1).then(|| format!("{year}-12-31"));
                let mut row = json!({
                    "item": item, "currency": currency, "price": format!("{}.{:02}", price / 100, price % 100),
                    "min_qty": least.to_string(), "effective_from": format!("{year}-01-01"), "effective_to": last,
                });
                if let Some(most) = most {
                    row["max_qty"] = Value::from(most.to_string());
                }
                rows.push(row);
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests;
