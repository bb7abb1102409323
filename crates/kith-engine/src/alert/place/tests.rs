//! Places told in different words are one, and far is far.

use serde_json::json;

use super::{Place, against, distance_km, told};

#[test]
fn the_same_place_in_other_words_is_not_new() {
    let one = told(&json!({"lines": ["Am Kai 3"], "city": "Hamburg", "country": "DE"})).unwrap();
    let other = told(&json!("am kai 3, HAMBURG, de")).unwrap();
    assert!(!against(&other, &[one.clone()]).is_new);
    let new = told(&json!({"lines": ["Am Kai 4"], "city": "Hamburg", "country": "DE"})).unwrap();
    assert!(against(&new, &[one]).is_new);
    assert_eq!(told(&json!({"city": ""})), None);
    assert_eq!(told(&json!(7)), None);
}

#[test]
fn what_kind_of_place_and_how_far_it_is_count() {
    let at = |lat: f64, lon: f64, kind: &str| {
        told(&json!({"code": format!("{lat}"), "latitude": lat, "longitude": lon, "kind": kind})).unwrap()
    };
    let known = [at(53.55, 9.99, "warehouse"), Place { key: "x".into(), ..Place::default() }];
    let seen = against(&at(48.14, 11.58, "Residential"), &known);
    assert!(seen.is_new && seen.is_forwarder_or_home);
    let km = seen.distance_km.unwrap();
    assert!((km - 612.0).abs() < 3.0, "Hamburg to Munich: {km}");
    assert_eq!(distance_km((1.0, 2.0), (1.0, 2.0)), 0.0);
}
