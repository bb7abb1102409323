//! Which rule decides a field of a merge, and how it compares two values.

use serde_json::Value;

use crate::account::Stage;

/// How a field is decided where nobody picks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Verified, most trusted, most recent, most complete, lowest number: in this order.
    Best,
    /// The survivor's, unless it has none.
    Survivor,
    /// The lower amount.
    Lower,
    /// The terms that ask for the money sooner.
    Stricter,
    /// The shorter one.
    Shorter,
    /// Both, each once.
    Union,
}

/// The fields that a merge decides, with their rule. Rows (contacts, addresses, …) are united besides.
pub(super) const FIELDS: &[(&str, Rule)] = &[
    ("name", Rule::Best),
    ("legal_name", Rule::Best),
    ("legal_form", Rule::Best),
    ("email", Rule::Best),
    ("phone", Rule::Best),
    ("website", Rule::Best),
    ("domain", Rule::Best),
    ("billing_email", Rule::Best),
    ("owning_entity", Rule::Survivor),
    ("customer_type", Rule::Best),
    ("tier", Rule::Best),
    ("currency", Rule::Survivor),
    ("credit_limit", Rule::Lower),
    ("payment_terms", Rule::Stricter),
    ("tax_code", Rule::Best),
    ("default_revenue_account", Rule::Best),
    ("tax_id", Rule::Best),
    ("price_list", Rule::Survivor),
    ("price_group", Rule::Survivor),
    ("industry", Rule::Best),
    ("employees", Rule::Best),
    ("annual_revenue", Rule::Best),
    ("language", Rule::Best),
    ("timezone", Rule::Best),
    ("account_manager", Rule::Survivor),
    ("sales_rep", Rule::Survivor),
    ("team", Rule::Survivor),
    ("communication_prefs", Rule::Union),
    ("service_preferences", Rule::Union),
    ("notes", Rule::Best),
    ("metadata", Rule::Union),
    ("party_roles", Rule::Union),
    ("equipment", Rule::Union),
    ("tags", Rule::Union),
    ("review_cadence_days", Rule::Shorter),
];

/// The value within a personal wrapper, or the value itself.
pub(super) fn bare(value: &Value) -> &Value {
    value.get("$value").unwrap_or(value)
}

/// Whether a value says nothing: absent, empty, or what every account begins with.
pub(super) fn is_unset(field: &str, value: &Value) -> bool {
    match bare(value) {
        Value::Null => true,
        Value::String(text) => {
            text.is_empty()
                || matches!((field, text.as_str()), ("customer_type", "other") | ("tier", "standard"))
        }
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// How much a value says: its length in characters.
pub(super) fn completeness(value: &Value) -> usize {
    match bare(value) {
        Value::String(text) => text.chars().count(),
        other => other.to_string().chars().count(),
    }
}

/// How soon terms ask for the money, in days; cash before everything. `None` for a code of the organisation's own.
pub(super) fn days_of_terms(code: &str) -> Option<i32> {
    let (head, eom) = code.strip_suffix("EOM").map_or((code, 0), |head| (head, 30));
    match head {
        "PREPAID" => return Some(-2),
        "COD" => return Some(-1),
        "DUE" => return Some(0),
        _ => {}
    }
    if let Some((_, days)) = head.split_once("NET") {
        return days.parse::<i32>().ok().map(|days| days.saturating_add(eom));
    }
    if let Some(day) = head.strip_suffix("MFI") {
        return day.parse::<i32>().ok().map(|day| day.saturating_add(30));
    }
    head.strip_prefix("INST")
        .and_then(|count| count.parse::<i32>().ok())
        .map(|count| count.saturating_mul(30))
}

/// How far a stage has come as a customer.
pub(super) fn advance(stage: Stage) -> u8 {
    match stage {
        Stage::Erased => 0,
        Stage::Rejected => 1,
        Stage::Prospect => 2,
        Stage::Onboarding => 3,
        Stage::Closed => 4,
        Stage::Inactive => 5,
        Stage::Probation => 6,
        Stage::Active => 7,
    }
}
