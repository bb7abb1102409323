//! Orders at the door: the canonical order as JSON.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::view::MoneyView;

/// Somebody at an order, or a place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct OrderParty {
    /// `acc_…`, an account number, `external:<system>:<id>`, `tax:<id>` or `email:<address>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// E-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Tax number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_id: Option<String>,
    /// Lines of the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<String>>,
    /// City.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// State or province.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_province: Option<String>,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// Country, ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// What kind of place, for example `residential` or `freight_forwarder`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

/// Everybody at an order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct OrderParties {
    /// The customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sold_to: Option<OrderParty>,
    /// Where goods go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ship_to: Option<OrderParty>,
    /// Where bills go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bill_to: Option<OrderParty>,
    /// Who ships.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipper: Option<OrderParty>,
    /// Who receives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consignee: Option<OrderParty>,
    /// Who pays the freight, if it is somebody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub third_party: Option<OrderParty>,
}

/// A stop on the way.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct OrderStop {
    /// Its place in the sequence.
    pub seq: u32,
    /// `pickup` or `drop`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<OrderParty>,
    /// Not before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window_from: Option<String>,
    /// Not after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window_to: Option<String>,
    /// References.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refs: Vec<String>,
}

/// What is dangerous about goods.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct OrderHazmat {
    /// UN number, `UN` and four digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub un: Option<String>,
    /// Class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Packing group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pg: Option<String>,
}

/// A line.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct OrderLine {
    /// Its number; its place when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line_no: Option<String>,
    /// The item.
    pub item: String,
    /// The group that the item is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_group: Option<String>,
    /// The customer's number of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_item: Option<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How many, more than 0: decimal text or a number.
    pub qty: serde_json::Value,
    /// Unit of measure; `EA` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uom: Option<String>,
    /// The price as the customer sees it, decimal text, in the order's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    /// How many units that price is for; 1 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// Weight with its unit, for example `12.5 kg`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    /// Length, width and height with their unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dims: Option<String>,
    /// How many pieces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pieces: Option<u32>,
    /// How it is packed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packaging: Option<String>,
    /// What is dangerous about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazmat: Option<OrderHazmat>,
    /// Temperature that it needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temp: Option<String>,
}

/// Something charged besides the lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct OrderCharge {
    /// What for, for example `freight`.
    pub code: String,
    /// How much.
    pub amount: MoneyView,
}

/// Whoever orders.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct OrderedBy {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// E-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// Where an order came from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct OrderSource {
    /// `api` (when absent), `edi`, `email`, `portal`, `web_form`, `phone`, `file`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The format of the raw document; `json` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Where the raw document is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw_ref: Option<String>,
    /// SHA-256 of the raw document in hexadecimal; that of this order when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Control number of the envelope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control_no: Option<String>,
    /// Who sent it; the customer when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
}

/// `POST /api/v1/orders`: the canonical order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct OrderPlace {
    /// The customer: `acc_…`, an account number, `external:<system>:<id>`, `tax:<id>` or `email:<address>`; else
    /// `parties.sold_to` tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Our number; one is given when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_no: Option<String>,
    /// The customer's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_order_no: Option<String>,
    /// Which revision of it; 0 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// `goods` (when absent), `freight`, `service`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The legal entity that sells; the owning one of the account when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// ISO 4217 code; the account's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Everybody at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parties: Option<OrderParties>,
    /// From where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<OrderParty>,
    /// To where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<OrderParty>,
    /// Stops on the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<OrderStop>,
    /// Day, or date and time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_pickup: Option<String>,
    /// Day, or date and time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_delivery: Option<String>,
    /// What is moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commodity: Option<String>,
    /// Lines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<OrderLine>,
    /// How it is moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// With what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub equipment: Option<String>,
    /// How fast, how well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_level: Option<String>,
    /// Incoterm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incoterm: Option<String>,
    /// Who pays the freight: `prepaid`, `collect`, `third_party`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_method: Option<String>,
    /// What is paid and cleared already; from the total on no credit is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid: Option<MoneyView>,
    /// Charges besides the lines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub charges: Vec<OrderCharge>,
    /// Tax on all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax: Option<MoneyView>,
    /// The sum as the customer sees it; needed where there are no lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<MoneyView>,
    /// What else is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub special_instructions: Option<String>,
    /// Further services, for example `liftgate`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accessorials: Vec<String>,
    /// Whoever orders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordered_by: Option<OrderedBy>,
    /// Where it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<OrderSource>,
}

/// `POST /api/v1/orders/{id}/cancel`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct OrderCancel {
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `POST /api/v1/orders/{id}/release`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct OrderRelease {
    /// The account that it belongs to, where none was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `POST /api/v1/orders/release`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct QueueRelease {
    /// These orders only: `ord_…` or numbers; all of the queue when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<String>,
    /// Orders of this account only: `acc_…`, its number, or a reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// On the caller's word also what is still held goes, as far as their authority reaches.
    #[serde(rename = "override")]
    pub override_held: bool,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
