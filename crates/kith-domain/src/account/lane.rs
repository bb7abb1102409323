//! Lanes that a customer prefers, and which of them fits a shipment (D§1.9).

use std::cmp::Reverse;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::words;
use crate::value::{LaneId, is_country};

words! {
    /// How narrow an end of a lane is.
    LaneLevel {
        /// One place: a warehouse, a plant.
        Facility = "facility",
        /// A postal code.
        Postal5 = "postal5",
        /// The first three characters of one.
        Postal3 = "postal3",
        /// A city, or a UN/LOCODE.
        City = "city",
        /// A subdivision, ISO 3166-2.
        Region = "region",
        /// A country.
        Country = "country",
        /// Anywhere.
        Any = "any",
    } default City
}

impl LaneLevel {
    /// More is narrower.
    #[must_use]
    pub fn specificity(self) -> u32 {
        match self {
            Self::Facility => 6,
            Self::Postal5 => 5,
            Self::Postal3 => 4,
            Self::City => 3,
            Self::Region => 2,
            Self::Country => 1,
            Self::Any => 0,
        }
    }

    /// The level that a text says by its form: `US.60607`, `US.752`, `US-IL`, `USCHI`, `US`, `facility:7`, `*`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        if text == "*" || text.eq_ignore_ascii_case("any") {
            return Self::Any;
        }
        if text.to_ascii_lowercase().starts_with("facility:") {
            return Self::Facility;
        }
        let upper = text.to_ascii_uppercase();
        if is_country(&upper) {
            return Self::Country;
        }
        let starts_with_country = upper.get(..2).is_some_and(is_country);
        match upper.get(2..3).filter(|_| starts_with_country) {
            Some("-") => Self::Region,
            Some(".") => {
                let rest = upper.get(3..).unwrap_or_default();
                let digits = rest.bytes().any(|byte| byte.is_ascii_digit());
                match rest.len() {
                    4.. if digits => Self::Postal5,
                    1..=3 if digits => Self::Postal3,
                    1..=3 => Self::Region,
                    _ => Self::City,
                }
            }
            _ => Self::City,
        }
    }
}

/// A lane the customer prefers to ship on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lane {
    /// Which lane.
    pub id: LaneId,
    /// From where, for example `US.60607`.
    pub origin: String,
    /// How narrow that is.
    pub origin_level: LaneLevel,
    /// To where.
    pub destination: String,
    /// How narrow that is.
    pub destination_level: LaneLevel,
    /// Mode of transport, for example `TL`.
    pub mode: Option<String>,
    /// Equipment, for example `V`.
    pub equipment: Option<String>,
    /// Level of service.
    pub service_level: Option<String>,
    /// Carriers that it wants, by SCAC.
    pub carriers_preferred: Vec<String>,
    /// Carriers that it does not want, by SCAC.
    pub carriers_blocked: Vec<String>,
    /// Days on the way that it expects.
    pub transit_days_target: Option<u32>,
    /// Shipments in a week.
    pub volume_per_week: Option<u32>,
    /// Least temperature, °C.
    pub temp_min: Option<i32>,
    /// Greatest temperature, °C.
    pub temp_max: Option<i32>,
    /// Dangerous goods.
    pub hazmat: bool,
    /// Services besides, for example `liftgate`.
    pub accessorials: Vec<String>,
    /// The rate that was agreed.
    pub rate_ref: Option<String>,
    /// Greater ones go first.
    pub priority: i32,
    /// First day.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
}

/// Where a shipment begins or ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// ISO 3166-2, with or without the country.
    pub region: Option<String>,
    /// City or UN/LOCODE.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Name of the place.
    pub facility: Option<String>,
}

/// A shipment that looks for its lane.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shipment {
    /// Where it begins.
    pub origin: Place,
    /// Where it ends.
    pub destination: Place,
    /// Mode of transport.
    pub mode: Option<String>,
    /// Equipment.
    pub equipment: Option<String>,
    /// On which day.
    pub on: Date,
}

/// Capital letters and digits only.
fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// A text of a lane's end without its country: `US.60607` → (`US`, `60607`).
fn parted(text: &str) -> (Option<String>, String) {
    let upper = text.trim().to_uppercase();
    match upper.split_once(['.', '-']) {
        Some((country, rest)) if is_country(country) => (Some(country.to_owned()), rest.to_owned()),
        _ => (None, upper),
    }
}

impl Place {
    /// Whether an end of a lane takes it in.
    fn is_in(&self, text: &str, level: LaneLevel) -> bool {
        let (country, rest) = parted(text);
        let here = country.is_none_or(|country| country == self.country);
        let postal = || self.postal_code.as_deref().map(squeezed).unwrap_or_default();
        let same = |own: Option<&String>| own.is_some_and(|own| squeezed(own) == squeezed(&rest));
        match level {
            LaneLevel::Any => true,
            LaneLevel::Country => rest == self.country,
            LaneLevel::Region => {
                let own = self.region.as_deref().map(|region| parted(region).1);
                here && own.is_some_and(|own| own == rest)
            }
            LaneLevel::City => here && same(self.city.as_ref()),
            LaneLevel::Postal3 => {
                let wanted = squeezed(&rest);
                here && !wanted.is_empty() && postal().starts_with(&wanted)
            }
            LaneLevel::Postal5 => here && postal() == squeezed(&rest),
            LaneLevel::Facility => {
                let named = text.split_once(':').map_or(text, |(_, name)| name).trim().to_owned();
                self.facility.as_ref().is_some_and(|own| squeezed(own) == squeezed(&named))
            }
        }
    }
}

impl Lane {
    /// `<origin>-<destination>-<mode>-<equipment>`, `ANY` for what is open.
    #[must_use]
    pub fn lane_key(&self) -> String {
        self.key_of(&self.origin, &self.destination)
    }

    /// The lane that figures are gathered under: three characters of the postal code in the US and Canada, the region
    /// or the country elsewhere.
    #[must_use]
    pub fn analytics_lane(&self) -> String {
        let wide = |text: &str, level: LaneLevel| {
            let (country, rest) = parted(text);
            match (level, country) {
                (LaneLevel::Postal5 | LaneLevel::Postal3, Some(country))
                    if matches!(country.as_str(), "US" | "CA") =>
                {
                    format!("{country}.{}", squeezed(&rest).chars().take(3).collect::<String>())
                }
                (LaneLevel::Postal5 | LaneLevel::Postal3, Some(country)) => country,
                _ => text.to_owned(),
            }
        };
        self.key_of(&wide(&self.origin, self.origin_level), &wide(&self.destination, self.destination_level))
    }

    fn key_of(&self, origin: &str, destination: &str) -> String {
        let open = |text: Option<&String>| text.map_or("ANY", String::as_str).to_owned();
        format!("{origin}-{destination}-{}-{}", open(self.mode.as_ref()), open(self.equipment.as_ref()))
    }

    /// Whether it takes a shipment in.
    #[must_use]
    pub fn takes(&self, shipment: &Shipment) -> bool {
        let open = |own: &Option<String>, asked: &Option<String>| {
            own.is_none() || own.as_deref().map(squeezed) == asked.as_deref().map(squeezed)
        };
        let valid = self.valid_from.is_none_or(|first| first <= shipment.on)
            && self.valid_to.is_none_or(|last| shipment.on <= last);
        valid
            && open(&self.mode, &shipment.mode)
            && open(&self.equipment, &shipment.equipment)
            && shipment.origin.is_in(&self.origin, self.origin_level)
            && shipment.destination.is_in(&self.destination, self.destination_level)
    }

    /// The sum of how narrow its ends are.
    #[must_use]
    pub fn specificity(&self) -> u32 {
        self.origin_level.specificity().saturating_add(self.destination_level.specificity())
    }
}

/// The lanes that take a shipment in, the best first: the narrowest; mode and equipment exact over open; by priority;
/// the newest.
#[must_use]
pub fn matching<'a>(lanes: &'a [Lane], shipment: &Shipment) -> Vec<&'a Lane> {
    let mut found: Vec<&Lane> = lanes.iter().filter(|lane| lane.takes(shipment)).collect();
    found.sort_by_key(|lane| {
        let narrow = (lane.specificity(), lane.mode.is_some(), lane.equipment.is_some());
        Reverse((narrow, lane.priority, lane.id))
    });
    found
}
