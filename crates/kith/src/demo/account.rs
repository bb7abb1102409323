//! The account that is created for a customer.

use serde_json::{Value, json};

use super::care;
use super::customer::{CLOSE, Customer};
use super::render::money;
use super::story::Story;
use super::trade::{Trade, rounded_down, rounded_up};

/// The least limit of a customer that may pay later, in minor units.
const LIMIT_LEAST: i64 = 250_000;

/// The body of `POST /api/v1/accounts`.
pub(super) fn body(customer: &Customer, trade: Trade) -> Value {
    let currency = customer.currency();
    let contacts: Vec<Value> = customer
        .people
        .iter()
        .enumerate()
        .map(|(place, person)| {
            json!({
                "name": person.name,
                "title": person.title,
                "role": person.role,
                "emails": [person.email],
                "phones": [person.phone],
                "is_primary": place == 0,
            })
        })
        .collect();
    let mut body = json!({
        "name": customer.name,
        "legal_name": legal_name(customer),
        "email": format!("orders@{}.example", customer.slug),
        "billing_email": format!("ap@{}.example", customer.slug),
        "phone": customer.phone,
        "website": format!("https://{}.example", customer.slug),
        "owning_entity": customer.entity,
        "customer_type": customer.customer_type,
        "tier": customer.segment().tier,
        "stage": if customer.story == Story::Prospect { "prospect" } else { "active" },
        "currency": currency,
        "payment_terms": format!("NET{}", customer.terms_days),
        "industry": customer.industry(),
        "employees": customer.employees,
        "annual_revenue": money(customer.employees * 18_500_000, currency),
        "language": customer.language,
        "account_manager": customer.account_manager,
        "sales_rep": customer.sales_rep,
        "contacts": contacts,
        "addresses": [customer.address],
        "lanes": customer.lane_bodies,
        "identifiers": [{ "kind": "external:erp", "value": customer.number }],
        "tax_id": customer.tax_id,
        "metadata": { "customer_since": customer.since.to_string() },
    });
    if customer.story != Story::Prospect {
        body["credit_limit"] = money(limit(customer, trade), currency);
    }
    care::dress(&mut body, customer);
    body
}

/// A limit that fits the trade of the last year; too small for those who outgrew theirs.
fn limit(customer: &Customer, trade: Trade) -> i64 {
    if customer.story == Story::Stretched {
        return rounded_down(trade.now.min(trade.lately) * 92 / 100).max(LIMIT_LEAST);
    }
    let close = customer.headroom == CLOSE || customer.story == Story::BustOut;
    let most = if close && trade.now > LIMIT_LEAST { trade.now } else { trade.peak };
    rounded_up(most * customer.headroom / 1000).max(LIMIT_LEAST)
}

fn legal_name(customer: &Customer) -> String {
    if customer.name.ends_with("Corporation") {
        customer.name.clone()
    } else {
        format!("{} {}", customer.name, customer.form)
    }
}
