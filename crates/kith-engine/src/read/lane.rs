//! Lanes as the faces show them, and which of them fits a shipment.

use jiff::civil::Date;
use kith_api::request::{LaneAsk, ShipmentPlace};
use kith_api::view::{LaneView, Page};
use kith_domain::account::{Lane, Place, Shipment, matching};
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::value::is_country;
use kith_store::Fault;

use super::account::day;
use crate::caller::Caller;
use crate::engine::Engine;

/// A lane as it is shown.
pub(super) fn lane_view(lane: &Lane) -> LaneView {
    LaneView {
        id: lane.id.to_string(),
        origin: lane.origin.clone(),
        destination: lane.destination.clone(),
        mode: lane.mode.clone(),
        equipment: lane.equipment.clone(),
        origin_level: lane.origin_level.as_str().to_owned(),
        destination_level: lane.destination_level.as_str().to_owned(),
        lane_key: lane.lane_key(),
        analytics_lane: lane.analytics_lane(),
        service_level: lane.service_level.clone(),
        carriers_preferred: lane.carriers_preferred.clone(),
        carriers_blocked: lane.carriers_blocked.clone(),
        transit_days_target: lane.transit_days_target,
        volume_per_week: lane.volume_per_week,
        temp_min: lane.temp_min,
        temp_max: lane.temp_max,
        hazmat: lane.hazmat,
        accessorials: lane.accessorials.clone(),
        rate_ref: lane.rate_ref.clone(),
        priority: lane.priority,
        valid_from: day(lane.valid_from),
        valid_to: day(lane.valid_to),
    }
}

impl Engine {
    /// The lanes of an account that take a shipment in, the best first.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn lanes_for(
        &self,
        caller: &Caller,
        account: &str,
        ask: &LaneAsk,
    ) -> Result<Result<Page<LaneView>, Refusal>, Fault> {
        let account = match self.load_account(caller, account).await? {
            Ok(loaded) => loaded.state,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut faults = Vec::new();
        let origin = place(&ask.origin, "/origin", &mut faults);
        let destination = place(&ask.destination, "/destination", &mut faults);
        let on = match &ask.date {
            None => self.day(),
            Some(text) => text.trim().parse::<Date>().unwrap_or_else(|_| {
                let message = "expected a date such as 2026-01-31";
                faults.push(FieldFault::new("/date", "date_invalid", message));
                self.day()
            }),
        };
        if !faults.is_empty() {
            let sentence = "Some fields are at fault.";
            let clears = "Correct the fields that are named.";
            let refusal = Refusal::new(RefusalKind::Unprocessable, "invalid", sentence, clears);
            return Ok(Err(refusal.with_fields(faults)));
        }
        let shipment =
            Shipment { origin, destination, mode: ask.mode.clone(), equipment: ask.equipment.clone(), on };
        let items = matching(&account.lanes, &shipment).into_iter().map(lane_view).collect();
        Ok(Ok(Page { items, next_cursor: None, has_more: false }))
    }
}

fn place(asked: &ShipmentPlace, at: &str, faults: &mut Vec<FieldFault>) -> Place {
    let country = asked.country.trim().to_ascii_uppercase();
    if !is_country(&country) {
        let message = "expected a country code such as US (ISO 3166-1)";
        faults.push(FieldFault::new(format!("{at}/country"), "country_unknown", message));
    }
    Place {
        country,
        region: asked.region.clone(),
        city: asked.city.clone(),
        postal_code: asked.postal_code.clone(),
        facility: asked.facility.clone(),
    }
}
