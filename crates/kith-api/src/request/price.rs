//! Prices: rows, lists, and what a quantity costs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::account::{member, patch};
use super::child::{ChildAction, child};

child! { PriceTierInput, PriceTierPatch, "A price for an item or a group of items, from a quantity on.", required {
    /// Price of one unit, per cent, or amount: decimal text (or a number, or money).
    price: String,
} optional {
    /// Code of the legal entity; every one when absent.
    entity: String,
    /// The item; either this or `item_group`.
    item: String,
    /// The group of items.
    item_group: String,
    /// ISO 4217 code; the account's when absent.
    currency: String,
    /// Unit of measure; `EA` when absent.
    uom: String,
    /// Least quantity, inclusive; 1 when absent.
    min_qty: String,
    /// Greatest quantity, inclusive; without end when absent.
    max_qty: String,
    /// `fixed`, `discount_pct`, `markup_pct`, `discount_amt`; `fixed` when absent.
    price_type: String,
    /// First day, ISO date; today when absent.
    effective_from: String,
    /// Last day, ISO date, inclusive; open when absent.
    effective_to: String,
    /// `all_units` or `graduated`; `all_units` when absent.
    qty_basis: String,
    /// Greater ones go first; 0 when absent.
    priority: i32,
    /// `agr_…` of an agreement of the account.
    agreement: String,
    /// Whether it counts; true when absent.
    enabled: bool,
    /// End the rows that it meets on the day before it begins.
    supersede: bool,
} }

/// `POST /api/v1/price-lists`, `POST /api/v1/price-groups`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct PriceListCreate {
    /// Code, 1 to 40 letters, digits, `_`, `-`, `.`; never changes.
    pub code: String,
    /// Name.
    pub name: String,
    /// Currency of rows that name none.
    pub currency: Option<String>,
    /// Prices an item where nothing else does; one list at most, never a group.
    pub is_standard: Option<bool>,
    /// Rows.
    #[serde(default)]
    pub rows: Vec<PriceTierInput>,
}

patch! {
    /// `PATCH /api/v1/price-lists/{id}`, `PATCH /api/v1/price-groups/{id}`.
    PriceListPatch {
        /// Name.
        name: String,
        /// Currency of rows that name none.
        currency: String,
        /// Whether it is the standard.
        is_standard: bool,
    } rows {
        /// Rows to add, update or delete.
        rows: PriceTierPatch,
    }
}

/// One line of `POST /api/v1/price`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct PriceLine {
    /// The item.
    pub item: String,
    /// The group that the item is in.
    pub item_group: Option<String>,
    /// How many, more than 0: decimal text or a number.
    pub qty: serde_json::Value,
    /// Unit of measure; `EA` when absent.
    pub uom: Option<String>,
}

/// `POST /api/v1/price`: one item, or `lines`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct PriceAsk {
    /// `acc_…` or account number.
    pub account: String,
    /// Code of the legal entity that sells; the owning one when absent.
    pub entity: Option<String>,
    /// The item.
    pub item: Option<String>,
    /// The group that the item is in.
    pub item_group: Option<String>,
    /// How many, more than 0: decimal text or a number.
    pub qty: Option<serde_json::Value>,
    /// Unit of measure; `EA` when absent.
    pub uom: Option<String>,
    /// ISO date; the open business day when absent.
    pub date: Option<String>,
    /// ISO 4217 code; the account's when absent.
    pub currency: Option<String>,
    /// Whether a price in another currency may be converted at the rate of the day; false when absent.
    pub allow_fx_price: Option<bool>,
    /// Several items instead of one.
    pub lines: Option<Vec<PriceLine>>,
}
