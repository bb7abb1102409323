//! The state of a vehicle.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Event, Vin};
use crate::account::words;
use crate::value::{AccountId, VehicleId};

words! {
    /// What a vehicle does.
    VehicleStatus {
        /// Ordered, not there yet.
        Ordered = "ordered",
        /// At the dealer.
        InStock = "in_stock",
        /// On the road.
        InService = "in_service",
        /// Off the road.
        OutOfService = "out_of_service",
        /// Sold on.
        Sold = "sold",
        /// No more.
        Scrapped = "scrapped",
    } default InService
}

/// What the maker answers for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Warranty {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// Kilometres.
    pub km: Option<u32>,
}

/// A vehicle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Vehicle {
    /// Which vehicle.
    pub id: VehicleId,
    /// Its number; one vehicle of the organisation has it.
    pub vin: Vin,
    /// Who made it.
    pub make: Option<String>,
    /// Which model.
    pub model: Option<String>,
    /// Of which year.
    pub model_year: Option<u16>,
    /// Its registration.
    pub registration: Option<String>,
    /// Who sold it to us.
    pub vendor_id: Option<AccountId>,
    /// Whose it is.
    pub customer_id: Option<AccountId>,
    /// Who ordered it.
    pub sales_order_customer_id: Option<AccountId>,
    /// Who uses it.
    pub end_customer_id: Option<AccountId>,
    /// Who has the warranty.
    pub warranty_customer_id: Option<AccountId>,
    /// The warranty.
    pub warranty: Warranty,
    /// The device that reports on it.
    pub telematics_device_id: Option<String>,
    /// Kilometres driven.
    pub odometer_km: Option<u32>,
    /// What it does.
    pub status: VehicleStatus,
    /// When it was added; `None` before that.
    pub added_at: Option<Timestamp>,
    /// When it was changed last.
    pub updated_at: Option<Timestamp>,
}

impl Vehicle {
    /// Whether it is there.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.added_at.is_some()
    }

    /// Every account that has to do with it.
    #[must_use]
    pub fn accounts(&self) -> BTreeSet<AccountId> {
        let named = [
            self.vendor_id,
            self.customer_id,
            self.sales_order_customer_id,
            self.end_customer_id,
            self.warranty_customer_id,
        ];
        named.into_iter().flatten().collect()
    }

    pub(super) fn apply(&mut self, event: &Event) {
        let (Event::Added { vehicle } | Event::Updated { vehicle }) = event;
        self.clone_from(vehicle);
    }
}
