//! A shipment that looks for its lane.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a shipment begins or ends.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct ShipmentPlace {
    /// ISO 3166-1 alpha-2 country.
    pub country: String,
    /// ISO 3166-2 subdivision, with or without the country.
    pub region: Option<String>,
    /// City or UN/LOCODE.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Name of the place.
    pub facility: Option<String>,
}

/// `POST /api/v1/accounts/{id}/lanes/match`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct LaneAsk {
    /// Where it begins.
    pub origin: ShipmentPlace,
    /// Where it ends.
    pub destination: ShipmentPlace,
    /// Mode, for example `TL`.
    pub mode: Option<String>,
    /// Equipment, for example `R`.
    pub equipment: Option<String>,
    /// ISO date; the open business day when absent.
    pub date: Option<String>,
}
