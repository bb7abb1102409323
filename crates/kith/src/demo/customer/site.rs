//! Where a customer is and who works there.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::name;
use super::super::place::{City, Country};
use super::super::prng::Prng;
use super::Person;

const TITLES: &[(&str, &str)] = &[
    ("Head of Purchasing", "decision_maker"),
    ("Accounts Payable", "ap"),
    ("Logistics Coordinator", "logistics"),
    ("Plant Manager", "economic_buyer"),
    ("Quality Manager", "quality"),
];

/// A telephone number, of those that fiction uses.
pub(super) fn phone(prng: &mut Prng, calling: &str) -> String {
    format!("{calling} {} 555 {:04}", prng.range(201, 789), prng.range(0, 9_999))
}

/// Its people, each with an address of their own.
pub(super) fn people(prng: &mut Prng, country: &Country, slug: &str, count: usize) -> Vec<Person> {
    let mut emails = BTreeSet::new();
    let mut people = Vec::new();
    while people.len() < count {
        let name = name::person(prng, country.code);
        let email = format!("{}@{slug}.example", name::slug(&name).replace('-', "."));
        if emails.insert(email.clone()) {
            let (title, role) = TITLES[people.len() % TITLES.len()];
            people.push(Person { name, email, title, role, phone: phone(prng, country.calling) });
        }
    }
    people
}

/// Its address.
pub(super) fn address(prng: &mut Prng, country: &Country, city: &City) -> Value {
    let (street, number) = (prng.pick(country.streets), prng.range(3, 1_480));
    let line = if country.number_first {
        format!("{number} {street}")
    } else {
        format!("{street} {}", number % 220 + 1)
    };
    let letters = *b"ABDEGHJLNPRSTUWXY";
    let postal: String = city
        .postal
        .chars()
        .map(|mark| match mark {
            '#' => char::from(b'0' + prng.range(1, 9) as u8),
            '@' => char::from(*prng.pick(&letters)),
            other => other,
        })
        .collect();
    let mut address = json!({
        "kinds": ["billing", "shipping"],
        "lines": [line],
        "city": city.name,
        "postal_code": postal,
        "country": country.code,
        "is_default": true,
    });
    if !city.state.is_empty() {
        address["state_province"] = Value::from(city.state);
    }
    address
}

/// Its freight lanes: the keys, and the rows of the account.
pub(super) fn lanes(prng: &mut Prng, country: &Country, city: &City) -> (Vec<String>, Vec<Value>) {
    let mut keys = Vec::new();
    let mut bodies = Vec::new();
    let (modes, sea) = (&[("LTL", "V"), ("TL", "V"), ("PARCEL", "V")], ("INTERMODAL", "C"));
    for lane in 0..prng.range(1, 3) {
        let origin = *prng.pick(country.warehouses);
        let (mode, equipment) = if lane == 2 { sea } else { *prng.pick(modes) };
        let key = format!("{origin}-{}-{mode}-{equipment}", city.zone);
        if !keys.contains(&key) {
            keys.push(key);
            bodies.push(
                json!({ "origin": origin, "destination": city.zone, "mode": mode, "equipment": equipment }),
            );
        }
    }
    (keys, bodies)
}
