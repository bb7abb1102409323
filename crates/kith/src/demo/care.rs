//! How the company looks after its customers: teams, the codes and the fields that it works with, and what an entity of its own has
//! otherwise.

use serde_json::{Value, json};

use super::customer::Customer;
use super::plan::STRATEGIC;
use super::price;
use super::story::Story;

/// People who look after accounts together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Team {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) entity: Option<&'static str>,
    /// First names, the lead first.
    pub(crate) members: &'static [&'static str],
}

/// The teams.
pub(crate) const TEAMS: [Team; 5] = [
    Team { code: "KEY", name: "Key accounts", entity: None, members: &["ruth", "priya", "ines", "owen"] },
    Team { code: "US-EAST", name: "US East", entity: Some("US"), members: &["priya", "marcus"] },
    Team { code: "US-WEST", name: "US West", entity: Some("US"), members: &["daniel", "marcus"] },
    Team { code: "EUROPE", name: "Continental Europe", entity: Some("EU"), members: &["ines", "annika"] },
    Team { code: "UK", name: "United Kingdom", entity: Some("UK"), members: &["owen", "fiona"] },
];

/// Catalogue, code, what it is called.
pub(crate) const CODES: &[(&str, &str, &str)] = &[
    ("department", "SALES", "Sales"),
    ("department", "AFTERMARKET", "Aftermarket"),
    ("department", "LOGISTICS", "Logistics"),
    ("location", "CHI", "Chicago"),
    ("location", "RTM", "Rotterdam"),
    ("location", "BHX", "Birmingham"),
    ("revenue_account", "4000", "Parts"),
    ("revenue_account", "4100", "Freight"),
    ("tax_code", "STD", "Standard rate"),
    ("tax_code", "REV", "Reverse charge"),
];

/// Bodies of custom fields.
pub(crate) fn fields() -> [Value; 5] {
    [
        json!({"name": "fleet_size", "label": "Vehicles in the fleet", "type": "number"}),
        json!({"name": "dock_hours", "label": "Dock hours", "type": "text"}),
        json!({"name": "contract_type", "label": "Contract", "type": "enum", "options": ["spot", "annual", "multi_year"]}),
        json!({"name": "safety_briefed", "label": "Safety briefing done", "type": "bool"}),
        json!({"name": "lost_because", "label": "Lost because of", "type": "enum",
               "options": ["service", "price", "insourced", "plant_closed", "insolvent", "weak_market"]}),
    ]
}

/// What the account of a customer has of all this. No chance is drawn: the stories stay as they are.
pub(super) fn dress(body: &mut Value, customer: &Customer) {
    let strategic = customer.tier == STRATEGIC;
    body["team"] = Value::from(match customer.entity {
        _ if strategic => "KEY",
        "EU" => "EUROPE",
        "UK" => "UK",
        _ if body["account_manager"].as_str().is_some_and(|manager| manager.starts_with("priya")) => {
            "US-EAST"
        }
        _ => "US-WEST",
    });
    if let Some(list) = price::list_of(customer.segment().tier, customer.entity) {
        body["price_list"] = Value::from(list);
    }
    let location = match customer.entity {
        "EU" => "RTM",
        "UK" => "BHX",
        _ => "CHI",
    };
    let number: i64 = customer.number.bytes().map(i64::from).sum();
    let department = ["SALES", "AFTERMARKET", "SALES", "LOGISTICS"][usize::try_from(number % 4).unwrap_or(0)];
    body["dimensions"] = json!([
        {"type": "department", "value": department},
        {"type": "location", "value": location},
    ]);
    body["default_revenue_account"] = Value::from(if department == "LOGISTICS" { "4100" } else { "4000" });
    body["tax_code"] = Value::from(if customer.entity == "EU" && number % 3 == 0 { "REV" } else { "STD" });
    let employees = body["employees"].as_i64().unwrap_or(40);
    let mut custom = json!({
        "fleet_size": employees / 12 + 2,
        "dock_hours": if number % 2 == 0 { "Mon to Fri, 06:00 to 14:00" } else { "Mon to Sat, 07:00 to 18:00" },
        "contract_type": if strategic { "multi_year" } else if customer.tier > 0 { "annual" } else { "spot" },
    });
    if number % 3 != 0 {
        custom["safety_briefed"] = Value::from(number % 5 != 0);
    }
    if customer.story == Story::Churned
        && let Some(cause) = customer.cause.word()
    {
        custom["lost_because"] = Value::from(cause);
    }
    body["custom"] = custom;
    if strategic || body["name"] == "ACME Corporation" {
        body["overrides"] = abroad(customer);
    }
}

/// What the company's other entities agreed with a customer who buys from them too.
fn abroad(customer: &Customer) -> Value {
    let value = |value: Value| json!({"mode": "value", "value": value});
    let limit = |amount: &str, currency: &str| value(json!({"amount": amount, "currency": currency}));
    if customer.entity == "EU" {
        json!({"UK": {"credit_limit": limit("60000.00", "GBP"), "payment_terms": value(json!("NET45"))}})
    } else {
        json!({"EU": {"credit_limit": limit("80000.00", "EUR"), "payment_terms": value(json!("NET45")), "language": value(json!("nl"))}})
    }
}
