//! Where orders go: the ship-to of a touchpoint against all that an account shipped to before.

use std::collections::{BTreeMap, BTreeSet};

use kith_domain::account::Account;
use kith_profile::SeenOrder;
use kith_risk::anomaly::ShipTo;
use kith_store::{Fault, Reader, Touchpoint};
use serde_json::{Map, Value};

use crate::engine::Engine;

/// Orders that are looked back on for addresses.
const LOOK_BACK: usize = 200;
/// Members of a ship-to that say what kind of place it is, and the words that raise an eyebrow.
const KINDS: [&str; 3] = ["kind", "type", "address_type"];
const ODD: [&str; 5] = ["freight_forwarder", "forwarder", "residential", "home", "private"];
const EARTH_KM: f64 = 6_371.0;

/// A place as orders and addresses tell it.
#[derive(Debug, Clone, Default, PartialEq)]
struct Place {
    /// What makes two of them one: letters and digits of everything that is told.
    key: String,
    is_odd: bool,
    /// Latitude and longitude in degrees.
    at: Option<(f64, f64)>,
}

impl Engine {
    /// The ship-to of these orders, where they tell one and anything is known to compare it with.
    pub(super) fn ship_to(
        &self,
        reader: &mut Reader<'_>,
        account: &Account,
        judged: &[u32],
        all: &[SeenOrder],
    ) -> Result<BTreeMap<u32, ShipTo>, Fault> {
        let subject = account.id.to_string();
        let mut found = BTreeMap::new();
        for seq in judged {
            let Some(place) = self.place_at(reader, &subject, *seq)? else { continue };
            let mut known: Vec<Place> = account.addresses.iter().map(recorded).collect();
            let earlier = all.iter().filter(|order| order.seq < *seq).rev().take(LOOK_BACK);
            for order in earlier {
                known.extend(self.place_at(reader, &subject, order.seq)?);
            }
            // The first address of all is not new: nothing is known to tell it from.
            if !known.is_empty() {
                found.insert(*seq, against(&place, &known));
            }
        }
        Ok(found)
    }

    fn place_at(&self, reader: &mut Reader<'_>, subject: &str, seq: u32) -> Result<Option<Place>, Fault> {
        let Some(touchpoint) = reader.touchpoint(seq.into())? else { return Ok(None) };
        let data = self.data_of(subject, &touchpoint)?;
        Ok(data.get("ship_to").and_then(told))
    }

    /// Everything that a touchpoint says, its sealed members among it as far as their key opens them.
    fn data_of(&self, subject: &str, found: &Touchpoint) -> Result<Map<String, Value>, Fault> {
        let stored = &found.stored;
        let mut data: Map<String, Value> = serde_json::from_str(&stored.clear).unwrap_or_default();
        if !stored.sealed.is_empty() {
            let bound = kith_store::touchpoint::bound_to(&stored.source, &stored.id);
            if let Some(plain) = self.store().vault().open(subject, bound.as_bytes(), &stored.sealed)? {
                let opened: Value = serde_json::from_slice(&plain).unwrap_or_default();
                data.extend(opened.get("data").and_then(Value::as_object).cloned().unwrap_or_default());
            }
        }
        Ok(data)
    }
}

/// A ship-to as an order tells it: a code or line, or an address with members.
fn told(value: &Value) -> Option<Place> {
    let mut place = Place::default();
    match value {
        Value::String(text) => place.key = key(std::iter::once(text.as_str())),
        Value::Object(members) => {
            let number = |names: [&str; 2]| names.iter().find_map(|name| members.get(*name)?.as_f64());
            place.at = number(["latitude", "lat"]).zip(number(["longitude", "lon"]));
            let kind = KINDS.iter().find_map(|name| members.get(*name)?.as_str());
            place.is_odd = kind.is_some_and(|kind| ODD.contains(&kind.to_lowercase().as_str()));
            let of_place =
                ["lines", "line1", "line2", "street", "city", "postal_code", "country", "code", "unlocode"];
            let mut texts = Vec::new();
            of_place.iter().filter_map(|name| members.get(*name)).for_each(|value| gather(value, &mut texts));
            place.key = key(texts.into_iter());
        }
        _ => {}
    }
    (!place.key.is_empty()).then_some(place)
}

fn gather<'v>(value: &'v Value, texts: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(items) => items.iter().for_each(|item| gather(item, texts)),
        _ => {}
    }
}

/// Letters and digits, in small letters, the words of all texts in order.
fn key<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let words: BTreeSet<String> = texts
        .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// An address on record.
fn recorded(address: &kith_domain::account::Address) -> Place {
    let lines = address.lines.get().into_iter().flatten().map(String::as_str);
    let rest = [&address.city, &address.postal_code].into_iter().filter_map(Option::as_deref);
    Place { key: key(lines.chain(rest).chain([address.country.as_str()])), is_odd: false, at: None }
}

fn against(place: &Place, known: &[Place]) -> ShipTo {
    let is_new = !known.iter().any(|other| other.key == place.key);
    let distances = place
        .at
        .into_iter()
        .flat_map(|here| known.iter().filter_map(move |other| Some(distance_km(here, other.at?))));
    ShipTo { is_new, is_forwarder_or_home: place.is_odd, distance_km: distances.reduce(f64::min) }
}

/// Along a great circle.
fn distance_km(one: (f64, f64), other: (f64, f64)) -> f64 {
    let [lat1, lat2] = [one.0, other.0].map(f64::to_radians);
    let half = |difference: f64| (difference.to_radians() / 2.0).sin().powi(2);
    let a = half(other.0 - one.0) + lat1.cos() * lat2.cos() * half(other.1 - one.1);
    2.0 * EARTH_KM * a.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests;
