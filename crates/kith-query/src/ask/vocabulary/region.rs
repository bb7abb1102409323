//! Words for states and provinces, and the codes that name them.

use kith_domain::value::subdivision::SUBDIVISIONS;

use super::{Meaning, Vocabulary};
use crate::ask::country::COUNTRIES;

/// States that are cities, and names that are words.
const CITY_STATES: &[&str] = &[
    "berlin",
    "bremen",
    "hamburg",
    "wien",
    "vienna",
    "salzburg",
    "mexico city",
    "ciudad de méxico",
    "ciudad de mexico",
    "cdmx",
    "acre",
    "para",
];
/// Countries whose states go by their code alone, the first one first.
const CODED: &[&str] = &["US", "CA", "AU"];

impl Vocabulary {
    /// States and provinces by name. What is a city as well as a state by itself stays a city.
    pub(super) fn add_regions(&mut self) {
        for (place, region) in SUBDIVISIONS.iter().enumerate() {
            for name in region.names().filter(|name| !CITY_STATES.contains(name)) {
                self.add(name, Meaning::Region(place), false);
                for before in ["state", "the state", "state of", "the state of"] {
                    self.add(&format!("{before} {name}"), Meaning::Region(place), false);
                }
            }
        }
        self.regions = true;
    }

    /// A state, province or country by its code, as in "in TX", "in FR".
    pub(in crate::ask) fn code(&self, text: &str) -> Option<Meaning> {
        let country =
            || COUNTRIES.iter().find(|(code, _)| *code == text).map(|(code, _)| Meaning::Country(code));
        if !self.regions || text == "DE" {
            return country();
        }
        let coded = |country: &&str| {
            SUBDIVISIONS.iter().position(|held| held.country == *country && held.code == text)
        };
        CODED.iter().find_map(coded).map(Meaning::Region).or_else(country)
    }

    /// A state or province by its country and its code, as in "DE-BY".
    pub(in crate::ask) fn iso(&self, country: &str, code: &str) -> Option<Meaning> {
        let mut all = SUBDIVISIONS.iter();
        let place = all.position(|held| held.country == country && held.code == code);
        place.filter(|_| self.regions).map(Meaning::Region)
    }
}
