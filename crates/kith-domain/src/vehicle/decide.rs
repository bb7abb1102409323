//! The rules of vehicles.

use std::collections::BTreeSet;
use std::fmt::Display;

use jiff::civil::Date;

use super::{Command, Event, Vehicle, VehicleDraft, VehicleStatus, Vin, refusal};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::patch::Patched;
use crate::value::{AccountId, VehicleId, line};

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The vehicle that has the number of the command.
    pub vin_holder: Option<VehicleId>,
    /// Of the accounts named by the command, those that there are.
    pub accounts: BTreeSet<AccountId>,
}

/// The accounts that a command names: what the engine looks up for [`Facts::accounts`].
#[must_use]
pub fn wanted_accounts(command: &Command) -> BTreeSet<AccountId> {
    let draft = command.draft();
    let named = [
        &draft.vendor_id,
        &draft.customer_id,
        &draft.sales_order_customer_id,
        &draft.end_customer_id,
        &draft.warranty_customer_id,
    ];
    named.into_iter().flatten().flatten().filter_map(|id| id.trim().parse().ok()).collect()
}

impl Decider for Vehicle {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        let id = match command {
            Command::Add { .. } if self.exists() => return Err(refusal::exists()),
            Command::Add { id, .. } => *id,
            Command::Update { .. } if !self.exists() => return Err(refusal::not_found()),
            Command::Update { .. } => self.id,
        };
        let mut check = Check { facts, faults: Vec::new() };
        let mut after = check.vehicle(self, command.draft());
        if !check.faults.is_empty() {
            return Err(refusal::invalid().with_fields(check.faults));
        }
        if facts.vin_holder.is_some_and(|holder| holder != id) {
            return Err(refusal::vin_taken());
        }
        if after == *self {
            return Ok(vec![]);
        }
        after.id = id;
        after.added_at = Some(self.added_at.unwrap_or(context.now));
        after.updated_at = Some(context.now);
        let vehicle = Box::new(after);
        Ok(vec![if self.exists() { Event::Updated { vehicle } } else { Event::Added { vehicle } }])
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Added { .. } => "vehicle.added.v1",
            Event::Updated { .. } => "vehicle.updated.v1",
        }
    }
}

struct Check<'a> {
    facts: &'a Facts,
    faults: Vec<FieldFault>,
}

impl Check<'_> {
    fn fault(&mut self, place: &str, code: &str, message: impl Display) {
        self.faults.push(FieldFault::new(place, code, message.to_string()));
    }

    fn vehicle(&mut self, old: &Vehicle, draft: &VehicleDraft) -> Vehicle {
        let mut new = old.clone();
        match &draft.vin {
            None if old.exists() => {}
            Some(Some(text)) => match Vin::parse(text) {
                Ok(vin) => new.vin = vin,
                Err(error) => self.fault("/vin", error.code(), error),
            },
            _ => self.fault("/vin", "required", "a vehicle has an identification number"),
        }
        self.text(&mut new.make, "/make", &draft.make);
        self.text(&mut new.model, "/model", &draft.model);
        self.text(&mut new.registration, "/registration", &draft.registration);
        self.text(&mut new.telematics_device_id, "/telematics_device_id", &draft.telematics_device_id);
        let years = |year: i64| u16::try_from(year).ok().filter(|year| (1900..=2100).contains(year));
        self.number(
            &mut new.model_year,
            ("/model_year", "expected a year such as 2026"),
            draft.model_year,
            years,
        );
        let km = |km: i64| u32::try_from(km).ok();
        let expected = "expected kilometres, 0 or more";
        self.number(&mut new.odometer_km, ("/odometer_km", expected), draft.odometer_km, km);
        self.number(&mut new.warranty.km, ("/warranty/km", expected), draft.warranty_km, km);
        self.day(&mut new.warranty.start, "/warranty/start", &draft.warranty_start);
        self.day(&mut new.warranty.end, "/warranty/end", &draft.warranty_end);
        if new.warranty.start.zip(new.warranty.end).is_some_and(|(first, last)| last < first) {
            self.fault("/warranty/end", "ends_before_start", "the last day lies before the first");
        }
        self.account(&mut new.vendor_id, "/vendor_id", &draft.vendor_id);
        self.account(&mut new.customer_id, "/customer_id", &draft.customer_id);
        let ordered = &draft.sales_order_customer_id;
        self.account(&mut new.sales_order_customer_id, "/sales_order_customer_id", ordered);
        self.account(&mut new.end_customer_id, "/end_customer_id", &draft.end_customer_id);
        self.account(&mut new.warranty_customer_id, "/warranty_customer_id", &draft.warranty_customer_id);
        if let Some(status) = &draft.status {
            let word = status
                .as_deref()
                .map_or(Some(VehicleStatus::default()), |code| VehicleStatus::get(code.trim()));
            match word {
                Some(word) => new.status = word,
                None => {
                    let message = format!("expected one of {}", VehicleStatus::CODES.join(", "));
                    self.fault("/status", "not_in_list", message);
                }
            }
        }
        new
    }

    fn text(&mut self, target: &mut Option<String>, place: &str, given: &Patched<String>) {
        let Some(given) = given else { return };
        let text = given.as_ref().filter(|text| !text.trim().is_empty());
        match text.map(|text| line(text, 100)).transpose() {
            Ok(text) => *target = text,
            Err(error) => self.fault(place, error.code(), error),
        }
    }

    fn number<T>(
        &mut self,
        target: &mut Option<T>,
        (place, expected): (&str, &str),
        given: Patched<i64>,
        read: impl Fn(i64) -> Option<T>,
    ) {
        match given {
            None => {}
            Some(None) => *target = None,
            Some(Some(number)) => match read(number) {
                Some(number) => *target = Some(number),
                None => self.fault(place, "out_of_range", expected),
            },
        }
    }

    fn day(&mut self, target: &mut Option<Date>, place: &str, given: &Patched<String>) {
        let Some(given) = given else { return };
        match given.as_ref().map(|text| text.trim().parse::<Date>()).transpose() {
            Ok(day) => *target = day,
            Err(_) => self.fault(place, "date_invalid", "expected a date such as 2026-01-31"),
        }
    }

    fn account(&mut self, target: &mut Option<AccountId>, place: &str, given: &Patched<String>) {
        let Some(given) = given else { return };
        let Some(text) = given else {
            *target = None;
            return;
        };
        let id = text.trim().parse::<AccountId>().ok().filter(|id| self.facts.accounts.contains(id));
        match id {
            Some(id) => *target = Some(id),
            None => self.fault(place, "account_unknown", "there is no such account"),
        }
    }
}
