//! The rules of lanes.

use super::super::draft::LaneDraft;
use super::super::{Lane, LaneLevel};
use super::Check;
use crate::value::LaneId;
use crate::value::patch::Patched;

/// Modes of transport (D§1.9).
const MODES: [&str; 13] = [
    "TL",
    "LTL",
    "PARTIAL",
    "PARCEL",
    "INTERMODAL",
    "RAIL",
    "DRAYAGE",
    "AIR",
    "OCEAN_FCL",
    "OCEAN_LCL",
    "BARGE",
    "COURIER",
    "EXPEDITE",
];
/// Equipment, and what it is called in X12.
const EQUIPMENT: [(&str, &str); 10] = [
    ("V", "TF"),
    ("R", "RT"),
    ("F", "FT"),
    ("SD", ""),
    ("C", "CN"),
    ("T", ""),
    ("H", ""),
    ("PO", ""),
    ("ST", ""),
    ("SV", ""),
];

/// A mode as it is written: in capitals, an underscore between words.
fn mode(text: &str) -> Result<String, String> {
    let mode = text.trim().to_uppercase().replace([' ', '-'], "_");
    if MODES.contains(&mode.as_str()) {
        Ok(mode)
    } else {
        Err(format!("expected one of {}", MODES.join(", ")))
    }
}

/// Equipment as it is written; a type of container of ISO 6346 has four characters.
fn equipment(text: &str) -> Result<String, String> {
    let code = text.trim().to_uppercase();
    let container = code.len() == 4
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && code.bytes().any(|byte| byte.is_ascii_digit());
    let known = EQUIPMENT.iter().find(|(own, x12)| *own == code || (!x12.is_empty() && *x12 == code));
    match known {
        Some((own, _)) => Ok((*own).to_owned()),
        None if container => Ok(code),
        None => {
            let codes: Vec<&str> = EQUIPMENT.iter().map(|(own, _)| *own).collect();
            Err(format!("expected one of {}, or a container type such as 45G1", codes.join(", ")))
        }
    }
}

fn scac(text: &str) -> Result<String, &'static str> {
    let code = text.trim().to_uppercase();
    let fits = (2..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if fits { Ok(code) } else { Err("expected a carrier's SCAC of 2 to 4 letters") }
}

impl Check<'_> {
    pub(super) fn lane(&mut self, place: &str, id: LaneId, old: Option<&Lane>, row: &LaneDraft) -> Lane {
        let at = |member: &str| format!("{place}/{member}");
        let mut lane = old.cloned().unwrap_or_else(|| Lane { id, ..Lane::default() });
        self.lane_end(place, "origin", (&row.origin, &row.origin_level), old.is_some(), |text, level| {
            lane.origin = text;
            lane.origin_level = level;
        });
        let ends = (&row.destination, &row.destination_level);
        self.lane_end(place, "destination", ends, old.is_some(), |text, level| {
            lane.destination = text;
            lane.destination_level = level;
        });
        if let Some(found) = self.read(&at("mode"), "not_in_list", &row.mode, |text| mode(text)) {
            lane.mode = found;
        }
        if let Some(found) =
            self.read(&at("equipment"), "not_in_list", &row.equipment, |text| equipment(text))
        {
            lane.equipment = found;
        }
        self.set(&mut lane.service_level, &at("service_level"), &row.service_level, 60);
        self.set(&mut lane.rate_ref, &at("rate_ref"), &row.rate_ref, 60);
        self.carriers(&mut lane.carriers_preferred, &at("carriers_preferred"), &row.carriers_preferred);
        self.carriers(&mut lane.carriers_blocked, &at("carriers_blocked"), &row.carriers_blocked);
        if lane.carriers_preferred.iter().any(|carrier| lane.carriers_blocked.contains(carrier)) {
            self.fault(at("carriers_blocked"), "contradiction", "a carrier is both wanted and not wanted");
        }
        if let Some(list) = self.texts(&at("accessorials"), &row.accessorials, 50) {
            lane.accessorials = list;
        }
        self.lane_numbers(place, row, &mut lane);
        lane.hazmat = row.hazmat.map_or(lane.hazmat, Option::unwrap_or_default);
        if let Some(day) = &row.valid_from {
            lane.valid_from = self.date(&at("valid_from"), day.as_deref());
        }
        if let Some(day) = &row.valid_to {
            lane.valid_to = self.date(&at("valid_to"), day.as_deref());
        }
        self.period(&at("valid_to"), lane.valid_from, lane.valid_to);
        lane
    }

    fn lane_numbers(&mut self, place: &str, row: &LaneDraft, lane: &mut Lane) {
        let at = |member: &str| format!("{place}/{member}");
        let count = |number: &i64| u32::try_from(*number).map_err(|_| "expected a whole number of 0 or more");
        if let Some(days) =
            self.read(&at("transit_days_target"), "out_of_range", &row.transit_days_target, count)
        {
            lane.transit_days_target = days;
        }
        if let Some(volume) = self.read(&at("volume_per_week"), "out_of_range", &row.volume_per_week, count) {
            lane.volume_per_week = volume;
        }
        let degrees = |number: &i64| {
            let fits = i32::try_from(*number).ok().filter(|degrees| (-100..=100).contains(degrees));
            fits.ok_or("expected degrees Celsius, -100 to 100")
        };
        if let Some(degrees) = self.read(&at("temp_min"), "out_of_range", &row.temp_min, degrees) {
            lane.temp_min = degrees;
        }
        if let Some(degrees) = self.read(&at("temp_max"), "out_of_range", &row.temp_max, degrees) {
            lane.temp_max = degrees;
        }
        if lane.temp_min.zip(lane.temp_max).is_some_and(|(least, most)| most < least) {
            self.fault(
                at("temp_max"),
                "ends_before_start",
                "the greatest temperature lies below the least one",
            );
        }
        let priority = |number: &i64| {
            let fits = i32::try_from(*number).ok().filter(|priority| (-1_000..=1_000).contains(priority));
            fits.ok_or("expected -1000 to 1000")
        };
        if let Some(found) = self.read(&at("priority"), "out_of_range", &row.priority, priority) {
            lane.priority = found.unwrap_or_default();
        }
    }

    /// One end: a text whose level is given, or told from its form.
    fn lane_end(
        &mut self,
        place: &str,
        member: &str,
        (given, level): (&Patched<String>, &Patched<String>),
        known: bool,
        mut set: impl FnMut(String, LaneLevel),
    ) {
        let at = format!("{place}/{member}");
        let level = self.word(&at, level, LaneLevel::CODES, LaneLevel::get).filter(|_| level.is_some());
        match self.text(&at, given, 60) {
            Some(Some(text)) => {
                let level = level.unwrap_or_else(|| LaneLevel::of(&text));
                set(text, level);
            }
            None if known || matches!(given, Some(Some(_))) => {}
            _ => self.fault(at, "required", "a lane has two ends"),
        }
    }

    fn carriers(&mut self, target: &mut Vec<String>, place: &str, given: &Patched<Vec<String>>) {
        let Some(given) = given else { return };
        let mut codes: Vec<String> = Vec::new();
        for (index, text) in given.as_deref().unwrap_or_default().iter().enumerate() {
            match scac(text) {
                Ok(code) if codes.contains(&code) => {}
                Ok(code) => codes.push(code),
                Err(error) => self.fault(format!("{place}/{index}"), "scac_invalid", error),
            }
        }
        *target = codes;
    }
}
