//! Lanes: levels, keys, and which one fits.

use super::*;

#[test]
fn an_end_says_its_level_by_its_form() {
    for (text, level) in [
        ("US", LaneLevel::Country),
        ("US.60607", LaneLevel::Postal5),
        ("US.752", LaneLevel::Postal3),
        ("CA.M5V", LaneLevel::Postal3),
        ("US-IL", LaneLevel::Region),
        ("USCHI", LaneLevel::City),
        ("Chicago", LaneLevel::City),
        ("facility:DC 7", LaneLevel::Facility),
        ("*", LaneLevel::Any),
    ] {
        assert_eq!(LaneLevel::of(text), level, "{text}");
    }
}

fn lanes(rows: Value) -> Vec<Lane> {
    let mut story = Story::<Account>::new(facts());
    let mut body = acme();
    body["lanes"] = rows;
    story.accepts(&create(&body));
    story.state.lanes
}

#[test]
fn the_narrowest_lane_fits_then_the_exact_then_the_first() {
    let lanes = lanes(json!([
        {"origin": "US", "destination": "*"},
        {"origin": "US.606", "destination": "US-TX", "mode": "tl"},
        {"origin": "US.606", "destination": "US-TX", "mode": "TL", "equipment": "RT"},
        {"origin": "US.606", "destination": "US-TX", "mode": "TL", "equipment": "R", "priority": 5},
        {"origin": {"level": "city", "value": "US.Chicago"}, "destination": "US.75201", "valid_to": "2025-12-31"},
    ]));
    let place = |postal: &str, region: &str, city: &str| Place {
        country: "US".into(),
        region: Some(region.into()),
        city: Some(city.into()),
        postal_code: Some(postal.into()),
        facility: None,
    };
    let mut shipment = Shipment {
        origin: place("60607", "US-IL", "Chicago"),
        destination: place("75201", "TX", "Dallas"),
        mode: Some("TL".into()),
        equipment: Some("R".into()),
        on: date(2026, 1, 10),
    };
    let places = |shipment: &Shipment| -> Vec<usize> {
        matching(&lanes, shipment)
            .iter()
            .map(|found| lanes.iter().position(|lane| lane.id == found.id).unwrap())
            .collect()
    };
    assert_eq!(places(&shipment), [3, 2, 1, 0]);
    shipment.on = date(2025, 12, 31);
    assert_eq!(
        places(&shipment)[0],
        4,
        "a city and a postal code are narrower than three digits and a state"
    );
    shipment.equipment = None;
    assert_eq!(places(&shipment), [4, 1, 0]);
    assert_eq!(lanes[3].lane_key(), "US.606-US-TX-TL-R");
    assert_eq!(lanes[4].analytics_lane(), "US.Chicago-US.752-ANY-ANY");
}

#[test]
fn faults_of_a_lane_are_all_named() {
    let story = Story::<Account>::new(facts());
    let mut body = acme();
    body["lanes"] = json!([{"origin": {"level": "planet", "value": "X"}, "destination": "US", "mode": "ROCKET", "equipment": "??",
        "carriers_preferred": ["ODFL", "1"], "carriers_blocked": ["odfl"], "temp_min": 5, "temp_max": 2, "priority": 5000,
        "transit_days_target": -1, "valid_from": "2026-02-01", "valid_to": "2026-01-01"}]);
    let refusal = story.refuses(&create(&body), "account.invalid");
    let mut found: Vec<&str> = refusal.fields.iter().map(|fault| fault.pointer.as_str()).collect();
    found.sort_unstable();
    let wanted = [
        "/lanes/0/carriers_blocked",
        "/lanes/0/carriers_preferred/1",
        "/lanes/0/equipment",
        "/lanes/0/mode",
        "/lanes/0/origin",
        "/lanes/0/priority",
        "/lanes/0/temp_max",
        "/lanes/0/transit_days_target",
        "/lanes/0/valid_to",
    ];
    assert_eq!(found, wanted);
}
