//! What is ordered: the members of the canonical order that the rules look at. STORED FORMAT: add optional members, never change one.

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::value::{Currency, EntityCode, Money, Personal};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$member:meta])* $variant:ident = $code:literal,)* } default $default:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$member])* $variant,)* }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::$default
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();

            fn from_str(text: &str) -> Result<Self, ()> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text).ok_or(())
            }
        }
    };
}

words! {
    /// Through which channel an order came.
    OrderChannel {
        /// A program of the customer's or ours.
        Api = "api",
        /// Electronic data interchange.
        Edi = "edi",
        /// An e-mail that was read.
        Email = "email",
        /// The customer's portal.
        Portal = "portal",
        /// A form on a web page.
        WebForm = "web_form",
        /// Somebody called, somebody typed.
        Phone = "phone",
        /// A file.
        File = "file",
    } default Api
}

words! {
    /// What kind of order.
    OrderKind {
        /// Goods are sold.
        Goods = "goods",
        /// Freight is moved.
        Freight = "freight",
        /// Work is done.
        Service = "service",
    } default Goods
}

words! {
    /// Who pays the freight.
    PaymentMethod {
        /// The shipper, before.
        Prepaid = "prepaid",
        /// The consignee.
        Collect = "collect",
        /// Somebody else.
        ThirdParty = "third_party",
    } default Prepaid
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number.
    pub line_no: String,
    /// The item.
    pub item: String,
    /// The group that the item is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_group: Option<String>,
    /// How many.
    pub qty: Decimal,
    /// Unit of measure, in capitals.
    pub uom: String,
    /// Price of `per` units as the customer sees it, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Decimal>,
    /// How many units that price is for.
    pub per: Decimal,
    /// Whether it is dangerous, and whether its UN number is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazmat_complete: Option<bool>,
}

impl Line {
    /// What the given price comes to.
    #[must_use]
    pub fn given_total(&self, currency: Currency) -> Option<Money> {
        let per = Some(self.per).filter(|per| !per.is_zero())?;
        let total = self.price?.checked_mul(self.qty)?.checked_div(per)?;
        let exponent = u32::from(currency.exponent());
        let rounded = total.round_dp_with_strategy(exponent, RoundingStrategy::MidpointAwayFromZero);
        let minor = rounded.checked_mul(Decimal::from(10_i64.checked_pow(exponent)?))?;
        Some(Money::new(i64::try_from(minor).ok()?, currency))
    }
}

/// Something charged besides the lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// What for, for example `freight` or `tax`.
    pub code: String,
    /// How much.
    pub amount: Money,
}

/// Where an order came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    /// The channel.
    pub channel: OrderChannel,
    /// The format, for example `json`.
    pub format: String,
    /// Where the raw document is kept.
    pub raw_ref: Option<String>,
    /// SHA-256 of the raw document, in hexadecimal.
    pub sha256: String,
    /// Control number of the envelope.
    pub control_no: Option<String>,
}

/// What is ordered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// The customer's number.
    pub customer_order_no: Option<String>,
    /// Which revision of it.
    pub revision: u32,
    /// What kind of order.
    pub kind: OrderKind,
    /// The legal entity that sells; the owning one of the account when absent.
    pub entity: Option<EntityCode>,
    /// The currency.
    pub currency: Option<Currency>,
    /// Who pays the freight.
    pub payment_method: Option<PaymentMethod>,
    /// What is paid and cleared already.
    pub paid: Option<Money>,
    /// When it shall be picked up.
    pub requested_pickup: Option<Date>,
    /// When it shall be there.
    pub requested_delivery: Option<Date>,
    /// The lines.
    pub lines: Vec<Line>,
    /// What is charged besides, tax among it.
    pub charges: Vec<Charge>,
    /// The sum as the customer sees it.
    pub total: Option<Money>,
    /// Whether it says where to.
    pub has_ship_to: bool,
    /// Whether it says from where to where.
    pub has_route: bool,
    /// Where it came from.
    pub source: Source,
    /// The order as it was given, names and addresses among it.
    pub given: Personal<Value>,
}

/// A line with its price.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PricedLine {
    /// Its number.
    pub line_no: String,
    /// What it comes to; nothing where nothing prices it.
    pub total: Option<Money>,
    /// Whether the customer's own price was taken, for want of ours.
    #[serde(default)]
    pub as_given: bool,
    /// The price with its rule and the rows that did not win, as it was resolved.
    pub price: Value,
}

/// The sum of an order: lines and charges; without lines the total as given. Nothing when a line has no price, or an amount
/// is in another currency.
#[must_use]
pub fn order_total(content: &Content, lines: &[PricedLine], currency: Currency) -> Option<Money> {
    if content.lines.is_empty() {
        return content.total.filter(|total| total.currency == currency && total.minor > 0);
    }
    let amounts = lines.iter().map(|line| line.total);
    let charges = content.charges.iter().map(|charge| Some(charge.amount));
    let sum = amounts.chain(charges).try_fold(0_i64, |sum, amount| {
        let amount = amount.filter(|amount| amount.currency == currency)?;
        sum.checked_add(amount.minor)
    })?;
    (lines.len() == content.lines.len()).then(|| Money::new(sum, currency))
}
