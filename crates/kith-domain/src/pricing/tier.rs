//! A row of prices as it stands on record.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::account::words;
use crate::value::{AgreementId, Currency, EntityCode, PriceTierId};

/// The unit of a quantity where none is named: each.
pub const UOM_DEFAULT: &str = "EA";

words! {
    /// What the number of a row means.
    PriceType {
        /// The price of one unit.
        Fixed = "fixed",
        /// Per cent off the list price.
        DiscountPct = "discount_pct",
        /// Per cent on top of the list price.
        MarkupPct = "markup_pct",
        /// An amount off the list price of one unit.
        DiscountAmt = "discount_amt",
    } default Fixed

    /// Which units of a quantity a row prices.
    QtyBasis {
        /// All of them, once the quantity falls into the row.
        AllUnits = "all_units",
        /// Those that fall into the row; the rows below price theirs.
        Graduated = "graduated",
    } default AllUnits
}

/// A price for an item, or a group of items, from a quantity on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceTier {
    /// Which row. Later rows have greater ids.
    pub id: PriceTierId,
    /// The legal entity that it is for; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityCode>,
    /// The item; either this or the group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The group of items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_group: Option<String>,
    /// The currency of the price, also of what a per cent is taken of.
    pub currency: Currency,
    /// The unit of measure of the quantity, in capitals.
    pub uom: String,
    /// Least quantity, inclusive.
    pub min_qty: Decimal,
    /// Greatest quantity, inclusive; `None` without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_qty: Option<Decimal>,
    /// What `price` means.
    pub price_type: PriceType,
    /// Price of one unit, per cent, or amount.
    pub price: Decimal,
    /// First day.
    pub effective_from: Date,
    /// Last day; `None` for open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<Date>,
    /// Which units it prices.
    pub qty_basis: QtyBasis,
    /// Greater ones go first.
    pub priority: i32,
    /// The agreement that it was agreed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementId>,
    /// Whether it counts.
    pub enabled: bool,
}

/// What makes two rows rivals: equal in all of this, they must not meet in quantity and time.
pub(super) type RivalKey<'a> =
    (Option<&'a EntityCode>, Option<&'a str>, Option<&'a str>, Currency, &'a str, i32);

impl PriceTier {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.effective_from <= day && self.effective_to.is_none_or(|last| day <= last)
    }

    /// Whether a quantity falls into it.
    #[must_use]
    pub fn holds(&self, qty: Decimal) -> bool {
        self.min_qty <= qty && self.max_qty.is_none_or(|most| qty <= most)
    }

    pub(super) fn rival_key(&self) -> RivalKey<'_> {
        let (item, group) = (self.item.as_deref(), self.item_group.as_deref());
        (self.entity.as_ref(), item, group, self.currency, &self.uom, self.priority)
    }

    /// Whether two rows share a quantity and a day (D§1.6: inclusive at both ends).
    pub(super) fn meets(&self, other: &Self) -> bool {
        let quantities = self.max_qty.is_none_or(|most| other.min_qty <= most)
            && other.max_qty.is_none_or(|most| self.min_qty <= most);
        let days = self.effective_to.is_none_or(|last| other.effective_from <= last)
            && other.effective_to.is_none_or(|last| self.effective_from <= last);
        quantities && days
    }

    /// The row in short, for people: `prt_… (1 to 99, from 2026-01-01)`.
    pub(super) fn brief(&self) -> String {
        let most = self.max_qty.map_or_else(|| "any".to_owned(), |most| most.to_string());
        let last = self.effective_to.map_or_else(String::new, |last| format!(" to {last}"));
        format!("{} ({} to {most}, from {}{last})", self.id, self.min_qty, self.effective_from)
    }
}
