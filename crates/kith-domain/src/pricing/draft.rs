//! A row of prices as it was given.

use serde::{Deserialize, Serialize};

use crate::members::Members;
use crate::refusal::FieldFault;
use crate::value::patch::{self, Patched};

macro_rules! tier_draft {
    ($($field:ident: $type:ty = $read:ident,)*) => {
        /// Members as given; absent is unchanged, null is the default.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct TierDraft {
            $(#[doc = concat!("`", stringify!($field), "` as given.")]
              #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
              pub $field: Patched<$type>,)*
            /// Decimal text of the price.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub price: Patched<String>,
            /// Currency of the price, where it was given as money.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub price_currency: Patched<String>,
        }

        /// Reads the members of a row.
        pub fn read_tier(members: &mut Members<'_>, faults: &mut Vec<FieldFault>) -> TierDraft {
            let (price, price_currency) = price(members, faults);
            TierDraft { $($field: members.$read(stringify!($field), faults),)* price, price_currency }
        }
    };
}

tier_draft! {
    entity: String = text,
    item: String = text,
    item_group: String = text,
    currency: String = text,
    uom: String = text,
    min_qty: String = decimal,
    max_qty: String = decimal,
    price_type: String = text,
    effective_from: String = text,
    effective_to: String = text,
    qty_basis: String = text,
    priority: i64 = number,
    agreement: String = text,
    enabled: bool = flag,
    supersede: bool = flag,
}

/// A price as a decimal, or as money.
fn price(members: &mut Members<'_>, faults: &mut Vec<FieldFault>) -> (Patched<String>, Patched<String>) {
    let place = members.place("price");
    let Some(Some(value)) = members.get("price") else { return (members.decimal("price", faults), None) };
    if !value.is_object() {
        return (members.decimal("price", faults), None);
    }
    let before = faults.len();
    let Some(mut money) = Members::open(value, &place, faults) else { return (None, None) };
    let (amount, currency) = (money.decimal("amount", faults), money.text("currency", faults));
    money.close(faults);
    if amount.clone().flatten().is_none() && faults.len() == before {
        faults.push(FieldFault::new(format!("{place}/amount"), "required", "the amount is missing"));
    }
    if faults.len() == before { (amount, currency) } else { (None, None) }
}
