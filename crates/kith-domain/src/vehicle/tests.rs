//! Tests of vehicles.

use serde_json::{Value, json};

use super::*;
use crate::story::{Story, uuid};
use crate::value::{AccountId, VehicleId};

fn draft(body: &Value) -> Box<VehicleDraft> {
    let (draft, faults) = VehicleDraft::read(body);
    assert_eq!(faults, vec![]);
    Box::new(draft)
}

fn add(body: &Value) -> Command {
    Command::Add { id: VehicleId(uuid(1)), draft: draft(body) }
}

#[test]
fn numbers_are_checked_as_their_market_wants() {
    for vin in ["1M8GDM9AXKP042788", "1hgcm82633a004352", "11111111111111111", "WVWZZZ1JZXW000001"] {
        assert!(Vin::parse(vin).is_ok(), "{vin}");
    }
    assert_eq!(Vin::parse("1M8GDM9A1KP042788"), Err(VinError::CheckDigit));
    assert!(!Vin::parse("WVWZZZ1JZXW000001").unwrap().check_digit_fits(), "not mandatory in Europe");
    for vin in ["1M8GDM9AXKP04278", "1M8GDM9AXKP04278I", "OM8GDM9AXKP042788", ""] {
        assert_eq!(Vin::parse(vin), Err(VinError::Format), "{vin}");
    }
}

#[test]
fn a_vehicle_is_added_and_changed() {
    let customer = AccountId(uuid(7));
    let mut story = Story::<Vehicle>::new(Facts { vin_holder: None, accounts: [customer].into() });
    story.refuses(&Command::Update { draft: draft(&json!({})) }, "vehicle.not_found");
    let body = json!({"vin": "1M8GDM9AXKP042788", "make": "MCI", "model_year": 1989, "customer_id": customer,
        "warranty": {"start": "2026-01-01", "end": "2028-01-01", "km": 100_000}, "odometer_km": 12});
    story.accepts(&add(&body));
    let more =
        Command::Update { draft: draft(&json!({"odometer_km": 90, "warranty": null, "status": "sold"})) };
    story.accepts(&more);
    story.nothing(&more);
    assert_eq!(story.state.odometer_km, Some(90));
    assert_eq!(story.state.warranty, Warranty::default());
    assert_eq!(story.state.accounts(), [customer].into());
    story.refuses(&add(&body), "vehicle.exists");
}

#[test]
fn a_number_is_one_vehicles() {
    let mut story = Story::<Vehicle>::new(Facts::default());
    story.facts.vin_holder = Some(VehicleId(uuid(2)));
    story.refuses(&add(&json!({"vin": "1M8GDM9AXKP042788"})), "vehicle.vin_taken");
}

#[test]
fn every_fault_is_named() {
    let body = json!({"vin": "1M8GDM9A1KP042788", "model_year": 12, "odometer_km": -1, "customer_id": "acc_1",
        "status": "flying", "warranty": {"start": "2026-02-01", "end": "2026-01-01"}});
    Story::<Vehicle>::new(Facts::default()).faults(
        &add(&body),
        "vehicle.invalid",
        &[
            ("/vin", "vin_check_digit"),
            ("/model_year", "out_of_range"),
            ("/odometer_km", "out_of_range"),
            ("/warranty/end", "ends_before_start"),
            ("/customer_id", "account_unknown"),
            ("/status", "not_in_list"),
        ],
    );
}
