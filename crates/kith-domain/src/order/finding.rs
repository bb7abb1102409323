//! What was found at an order, and what would clear it. STORED FORMAT: add optional members, never change one.

use serde::{Deserialize, Serialize};

use super::RuleSeverity;

/// One fault or doubt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable code.
    pub code: String,
    /// What comes of it.
    pub severity: RuleSeverity,
    /// JSON Pointer into the order.
    pub pointer: String,
    /// A sentence for people.
    pub text: String,
}

impl Finding {
    /// A finding at a place.
    pub fn new(
        code: impl Into<String>,
        severity: RuleSeverity,
        pointer: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        Self { code: code.into(), severity, pointer: pointer.into(), text: text.into() }
    }
}

/// What would clear a reason, of the rules or of credit, by its code.
#[must_use]
pub fn clears(code: &str) -> &'static str {
    match code {
        "account_unknown" => "Create the account, or release the order with the account that it belongs to.",
        "account_unsure" => "Release the order with the account that it belongs to.",
        "account_closed" | "stage" | "suspended" => "Bring the account back to trading first.",
        "not_authorised" => "Let somebody order who may, or mend the contact.",
        "ordered_by_unknown" => "Add the person as a contact of the account, or release the order.",
        "currency_not_enabled" => "Order in a currency that the entity sells in.",
        "revision_stands" => "Cancel the other revision; then release this one.",
        "no_limit" => "Set a credit limit, or pay before.",
        "credit_hold" => "Release the credit hold of the account, or this order alone.",
        "over_limit" | "far_over_limit" => "A payment or a higher limit; or release this order.",
        "group_limit" => "A payment within the group or a higher group limit; or release this order.",
        "overdue" => "Payment of what is past due; or release this order.",
        "anomaly" => "A look at the order for fraud; then release it.",
        "probation_size" => "A smaller order, or the end of probation; or release this order.",
        "data_stale" | "data_unavailable" => "Fresh data of the feeds; then release the order again.",
        "rate_missing" => "Load the exchange rate; then release the order.",
        "no_price" => "Add a price, or amend the order with one; then release it.",
        "price_differs" => "Agree on the price: amend the order, or release it at our price.",
        "total_differs" => "Amend the order.",
        "amount_zero" => "Amend the order, or release it as one without a charge.",
        "amount_unknown" => "Amend the order: its lines need prices, or it needs a total.",
        _ => "",
    }
}
