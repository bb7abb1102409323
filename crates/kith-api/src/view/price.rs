//! Prices as everybody outside sees them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MoneyView;

/// A row of prices.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PriceTierView {
    /// `prt_…`.
    pub id: String,
    /// Code of the legal entity; null for every one.
    pub entity: Option<String>,
    /// The item.
    pub item: Option<String>,
    /// The group of items.
    pub item_group: Option<String>,
    /// ISO 4217 code.
    pub currency: String,
    /// Unit of measure.
    pub uom: String,
    /// Least quantity, inclusive, decimal text.
    pub min_qty: String,
    /// Greatest quantity, inclusive; null without end.
    pub max_qty: Option<String>,
    /// `fixed`, `discount_pct`, `markup_pct`, `discount_amt`.
    pub price_type: String,
    /// Price of one unit, per cent, or amount, decimal text.
    pub price: String,
    /// First day.
    pub effective_from: String,
    /// Last day; null for open.
    pub effective_to: Option<String>,
    /// `all_units` or `graduated`.
    pub qty_basis: String,
    /// Greater ones go first.
    pub priority: i32,
    /// `agr_…`.
    pub agreement: Option<String>,
    /// Whether it counts.
    pub enabled: bool,
}

/// A price list or a price group.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PriceListView {
    /// Code.
    pub code: String,
    /// `list` or `group`.
    pub kind: String,
    /// Grows by one with each change; also the `ETag`.
    pub version: u64,
    /// Name.
    pub name: String,
    /// Currency of rows that name none.
    pub currency: Option<String>,
    /// Prices an item where nothing else does.
    pub is_standard: bool,
    /// How many rows it has.
    pub rows_count: u64,
    /// Rows; empty in lists of lists.
    pub rows: Vec<PriceTierView>,
}

/// The row that won.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PriceRuleView {
    /// `account`, `ancestor`, `price_group`, `price_list`, `standard_price`.
    pub source: String,
    /// `acc_…` or code of whose row it is.
    pub owner: String,
    /// The row.
    #[serde(flatten)]
    pub row: PriceTierView,
}

/// A row that was looked at and did not win.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RejectedView {
    /// `prt_…`.
    pub id: String,
    /// `account`, `ancestor`, `price_group`, `price_list`, `standard_price`.
    pub source: String,
    /// `acc_…` or code of whose row it is.
    pub owner: String,
    /// Why, for example `outranked_by_priority` or `not_in_force`.
    pub reason: String,
}

/// The units of a graduated price that one row prices.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BandView {
    /// `prt_…`.
    pub id: String,
    /// How many units, decimal text.
    pub qty: String,
    /// Price of one of them, in the row's currency, decimal text.
    pub unit_price: String,
}

/// A conversion.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConversionView {
    /// Currency of the row.
    pub from: String,
    /// What one unit of it is worth, decimal text.
    pub rate: String,
}

/// What a quantity costs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PriceView {
    /// `acc_…`.
    pub account: String,
    /// Code of the legal entity that sells.
    pub entity: String,
    /// The item.
    pub item: String,
    /// The group that the item is in.
    pub item_group: Option<String>,
    /// How many, decimal text.
    pub qty: String,
    /// Unit of measure.
    pub uom: String,
    /// The day.
    pub date: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Price of one unit, of a graduated price the mean; null when nothing prices it.
    pub unit_price: Option<MoneyView>,
    /// What all units cost, rounded half away from zero to the minor unit; null when nothing prices it.
    pub total: Option<MoneyView>,
    /// The row that won; null when nothing prices it.
    pub rule: Option<PriceRuleView>,
    /// The bands of a graduated price.
    pub bands: Vec<BandView>,
    /// Where the price was converted: from what and at which rate.
    pub conversion: Option<ConversionView>,
    /// Every other row of the item, and why it did not win.
    pub price_trace: Vec<RejectedView>,
    /// `no_price` on a line that nothing prices.
    pub code: Option<String>,
}

/// What several lines cost.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PricesView {
    /// The lines, in the order asked.
    pub lines: Vec<PriceView>,
    /// The sum of all lines; null when one has no price.
    pub total: Option<MoneyView>,
}
