//! Documents and vehicles.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A document of an account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentView {
    /// `doc_…`.
    pub id: String,
    /// `acc_…`.
    pub account: String,
    /// `contract`, `tax_certificate`, `pod` …
    #[serde(rename = "type")]
    pub kind: String,
    /// Name of the file; null when erased or not yours to see.
    pub name: Option<String>,
    /// Media type.
    pub mime: String,
    /// Length in bytes.
    pub size: u64,
    /// SHA-256 of the content, hexadecimal; null when erased or not yours to see.
    pub sha256: Option<String>,
    /// `received`, `scanned`, `verified`, `rejected`, `expired`; on the open business day.
    pub status: String,
    /// Day of issue.
    pub issued_on: Option<String>,
    /// Last day.
    pub expires_on: Option<String>,
    /// How long it is kept: `books`, `contract`, `kyb`, `freight`, `account`.
    pub retention: String,
    /// Held for legal reasons.
    pub legal_hold: bool,
    /// `doc_…` of the first document of the account with the same content: the content is kept once.
    pub duplicate_of: Option<String>,
    /// Who brought it.
    pub received_by: Option<String>,
    /// Their name.
    pub received_by_name: Option<String>,
    /// When.
    pub received_at: String,
    /// Who verified or rejected it.
    pub decided_by: Option<String>,
    /// Their name.
    pub decided_by_name: Option<String>,
    /// Why it was rejected.
    pub reason: Option<String>,
}

/// What the maker answers for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WarrantyView {
    /// First day.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// Kilometres.
    pub km: Option<u32>,
}

/// A vehicle.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VehicleView {
    /// `veh_…`.
    pub id: String,
    /// Grows by one with each change.
    pub version: u64,
    /// Vehicle identification number.
    pub vin: String,
    /// Who made it.
    pub make: Option<String>,
    /// Model.
    pub model: Option<String>,
    /// Year of the model.
    pub model_year: Option<u16>,
    /// Registration.
    pub registration: Option<String>,
    /// `acc_…` of whoever sold it to us.
    pub vendor_id: Option<String>,
    /// `acc_…` of whose it is.
    pub customer_id: Option<String>,
    /// `acc_…` of whoever ordered it.
    pub sales_order_customer_id: Option<String>,
    /// `acc_…` of whoever uses it.
    pub end_customer_id: Option<String>,
    /// `acc_…` of whoever has the warranty.
    pub warranty_customer_id: Option<String>,
    /// Warranty.
    pub warranty: WarrantyView,
    /// The device that reports on it.
    pub telematics_device_id: Option<String>,
    /// Kilometres driven.
    pub odometer_km: Option<u32>,
    /// `ordered`, `in_stock`, `in_service`, `out_of_service`, `sold`, `scrapped`.
    pub status: String,
    /// `vin_check_digit` where the check digit does not fit and need not.
    pub warnings: Vec<String>,
}
