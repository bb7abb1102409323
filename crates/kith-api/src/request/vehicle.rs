//! Vehicles.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::account::{member, patch};

/// What the maker answers for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct WarrantyInput {
    /// First day, ISO date.
    pub start: Option<String>,
    /// Last day, ISO date.
    pub end: Option<String>,
    /// Kilometres.
    pub km: Option<u32>,
}

patch! {
    /// `POST /api/v1/vehicles` (`vin` is required), `PATCH /api/v1/vehicles/{id}` (null clears).
    VehicleInput {
        /// Vehicle identification number, 17 characters; the check digit counts for North America.
        vin: String,
        /// Who made it.
        make: String,
        /// Model.
        model: String,
        /// Year of the model.
        model_year: u16,
        /// Registration.
        registration: String,
        /// `acc_…` of whoever sold it to us.
        vendor_id: String,
        /// `acc_…` of whose it is.
        customer_id: String,
        /// `acc_…` of whoever ordered it.
        sales_order_customer_id: String,
        /// `acc_…` of whoever uses it.
        end_customer_id: String,
        /// `acc_…` of whoever has the warranty.
        warranty_customer_id: String,
        /// Warranty.
        warranty: WarrantyInput,
        /// The device that reports on it.
        telematics_device_id: String,
        /// Kilometres driven.
        odometer_km: u32,
        /// `ordered`, `in_stock`, `in_service`, `out_of_service`, `sold`, `scrapped`; `in_service` when absent.
        status: String,
    } rows {}
}
