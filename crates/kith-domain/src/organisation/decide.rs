//! The rules of the organisation.

mod catalogue;
mod custom_field;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Command, Event, LegalEntity, Organisation, PAYMENT_TERMS, Rate, RateQuote, Terms, refusal};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{EntityCode, line, parse_decimal};

/// Most rates in one command.
const RATES_MAX: usize = 10_000;

/// What the rules need and the organisation does not own.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Whether an account has the code that is to be deleted.
    pub code_in_use: bool,
}

impl Decider for Organisation {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        if let Command::Found { name, currency, timezone, entities, payment_terms } = command {
            if self.exists() {
                return Err(refusal::exists());
            }
            let terms = if payment_terms.is_empty() {
                PAYMENT_TERMS.iter().map(ToString::to_string).collect()
            } else {
                payment_terms.clone()
            };
            let (name, entities) = check_founding(name, timezone, entities, &terms)?;
            let timezone = timezone.clone();
            let at = context.now;
            return Ok(vec![Event::Founded {
                name,
                currency: *currency,
                timezone,
                entities,
                payment_terms: terms,
                at,
            }]);
        }
        if !self.exists() {
            return Err(refusal::not_founded());
        }
        match command {
            // Handled above: the only command before there is an organisation.
            Command::Found { .. } => Ok(vec![]),
            Command::AddEntity { entity } => self.add_entity(entity),
            Command::ChangeEntity { code, name, timezone } => {
                self.change_entity(code, name.as_deref(), timezone.as_deref())
            }
            Command::Change { name, timezone } => self.change(name.as_deref(), timezone.as_deref()),
            Command::AddCatalogue { kind, draft } => self.add_catalogue(kind, draft),
            Command::ChangeCatalogue { kind, draft } => self.change_catalogue(kind, draft),
            Command::AddCode { kind, code, draft } => self.add_code(kind, code, draft),
            Command::ChangeCode { kind, code, draft } => self.change_code(kind, code, draft),
            Command::DeleteCode { kind, code } => self.delete_code(kind, code, facts),
            Command::DefineField { name, draft } => self.define_field(name, draft),
            Command::ChangeField { name, draft } => self.change_field(name, draft),
            Command::CloseSetup => {
                Ok(if self.setup_closed { vec![] } else { vec![Event::SetupClosed { at: context.now }] })
            }
            Command::OpenDay { day } => match self.day {
                Some(open) if *day < open => Err(refusal::day_back()),
                Some(open) if *day == open => Ok(vec![]),
                _ => Ok(vec![Event::DayOpened { day: *day }]),
            },
            Command::LoadRates { rates } => self.load_rates(rates),
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Founded { .. } => "organisation.founded.v1",
            Event::EntityAdded { .. } => "organisation.entity_added.v1",
            Event::EntityChanged { .. } => "organisation.entity_changed.v1",
            Event::ZoneMoved { .. } => "organisation.zone_moved.v1",
            Event::Renamed { .. } => "organisation.renamed.v1",
            Event::CatalogueSet { .. } => "organisation.catalogue_set.v1",
            Event::CodeSet { .. } => "organisation.code_set.v1",
            Event::CodeDeleted { .. } => "organisation.code_deleted.v1",
            Event::CustomFieldSet { .. } => "organisation.custom_field_set.v1",
            Event::SetupClosed { .. } => "organisation.setup_closed.v1",
            Event::DayOpened { .. } => "organisation.day_opened.v1",
            Event::RatesLoaded { .. } => "organisation.rates_loaded.v1",
        }
    }
}

impl Organisation {
    fn add_entity(&self, entity: &LegalEntity) -> Result<Vec<Event>, Refusal> {
        let mut faults = Vec::new();
        let entity = checked_entity(entity, "/entity", &mut faults);
        refuse(faults)?;
        match self.entity(&entity.code) {
            Some(known) if *known == entity => Ok(vec![]),
            Some(_) => Err(refusal::entity_taken()),
            None => Ok(vec![Event::EntityAdded { entity }]),
        }
    }

    fn change(&self, name: Option<&str>, timezone: Option<&str>) -> Result<Vec<Event>, Refusal> {
        let mut faults = Vec::new();
        let name = name.map(|name| checked_name(name, "/name", &mut faults));
        if let Some(timezone) = timezone {
            check_zone(timezone, "/timezone", &mut faults);
        }
        refuse(faults)?;
        let renamed = name.filter(|name| *name != self.name).map(|name| Event::Renamed { name });
        let moved = timezone.filter(|zone| *zone != self.timezone);
        let moved = moved.map(|zone| Event::ZoneMoved { timezone: zone.to_owned() });
        Ok(renamed.into_iter().chain(moved).collect())
    }

    fn change_entity(
        &self,
        code: &EntityCode,
        name: Option<&str>,
        timezone: Option<&str>,
    ) -> Result<Vec<Event>, Refusal> {
        let now = self.entity(code).ok_or_else(refusal::entity_unknown)?;
        let mut faults = Vec::new();
        let mut entity = now.clone();
        if let Some(name) = name {
            entity.name = checked_name(name, "/name", &mut faults);
        }
        if let Some(timezone) = timezone {
            check_zone(timezone, "/timezone", &mut faults);
            timezone.clone_into(&mut entity.timezone);
        }
        refuse(faults)?;
        Ok(if entity == *now { vec![] } else { vec![Event::EntityChanged { entity }] })
    }

    fn load_rates(&self, quotes: &[RateQuote]) -> Result<Vec<Event>, Refusal> {
        let mut faults = Vec::new();
        if quotes.len() > RATES_MAX {
            let message = format!("more than {RATES_MAX} rates at once");
            return refuse(vec![FieldFault::new("/rates", "too_many", message)]).map(|()| vec![]);
        }
        let mut after = self.clone();
        for (index, quote) in quotes.iter().enumerate() {
            if let Some(rate) = checked_rate(quote, &format!("/rates/{index}"), &mut faults) {
                after.put_rate(&rate);
            }
        }
        refuse(faults)?;
        // What is new after all of them, each pair and day once.
        let known: BTreeSet<_> = self.rates.iter().map(sort_key).collect();
        let rates: Vec<Rate> =
            after.rates.into_iter().filter(|rate| !known.contains(&sort_key(rate))).collect();
        Ok(if rates.is_empty() { vec![] } else { vec![Event::RatesLoaded { rates }] })
    }
}

fn sort_key(
    rate: &Rate,
) -> (crate::value::Currency, crate::value::Currency, jiff::civil::Date, Decimal, String) {
    (rate.base, rate.quote, rate.day, rate.rate, rate.source.clone())
}

fn refuse(faults: Vec<FieldFault>) -> Result<(), Refusal> {
    if faults.is_empty() { Ok(()) } else { Err(refusal::invalid().with_fields(faults)) }
}

fn check_founding(
    name: &str,
    timezone: &str,
    entities: &[LegalEntity],
    terms: &[String],
) -> Result<(String, Vec<LegalEntity>), Refusal> {
    let mut faults = Vec::new();
    let name = checked_name(name, "/name", &mut faults);
    check_zone(timezone, "/timezone", &mut faults);
    if entities.is_empty() {
        faults.push(FieldFault::new(
            "/entities",
            "required",
            "an organisation has at least one legal entity",
        ));
    }
    let mut codes = BTreeSet::new();
    let mut checked = Vec::new();
    for (index, entity) in entities.iter().enumerate() {
        let place = format!("/entities/{index}");
        if !codes.insert(&entity.code) {
            faults.push(FieldFault::new(
                format!("{place}/code"),
                "duplicate",
                "another entity has this code",
            ));
        }
        checked.push(checked_entity(entity, &place, &mut faults));
    }
    for (index, code) in terms.iter().enumerate() {
        check_terms(code, &format!("/payment_terms/{index}"), &mut faults);
    }
    refuse(faults)?;
    Ok((name, checked))
}

fn checked_name(name: &str, place: &str, faults: &mut Vec<FieldFault>) -> String {
    match line(name, 255) {
        Ok(name) => name,
        Err(error) => {
            faults.push(FieldFault::new(place, error.code(), error.to_string()));
            String::new()
        }
    }
}

fn check_zone(zone: &str, place: &str, faults: &mut Vec<FieldFault>) {
    if jiff::tz::TimeZone::get(zone).is_err() {
        faults.push(FieldFault::new(
            place,
            "timezone_unknown",
            "expected an IANA zone such as Europe/Berlin",
        ));
    }
}

fn checked_entity(entity: &LegalEntity, place: &str, faults: &mut Vec<FieldFault>) -> LegalEntity {
    if entity.code.as_str().is_empty() {
        faults.push(FieldFault::new(format!("{place}/code"), "required", "a legal entity has a code"));
    }
    check_zone(&entity.timezone, &format!("{place}/timezone"), faults);
    let name = checked_name(&entity.name, &format!("{place}/name"), faults);
    LegalEntity { name, ..entity.clone() }
}

fn check_terms(code: &str, place: &str, faults: &mut Vec<FieldFault>) {
    if Terms::parse(code).is_none() {
        faults.push(FieldFault::new(
            place,
            "payment_terms_invalid",
            "expected a code such as NET30 or 2/10NET30",
        ));
    }
}

/// Digits after the point of a rate.
const RATE_PLACES: u32 = 12;
/// What a rate looks like.
pub const RATE_WANTED: &str = "expected a decimal number above 0 such as 1.0842, without an exponent, with at most 12 digits after the point";

/// Reads a rate as it is written: its digits are kept.
#[must_use]
pub fn parse_rate(text: &str) -> Option<Decimal> {
    parse_decimal(text, RATE_PLACES).ok().filter(|rate| !rate.is_zero())?;
    text.trim().parse().ok()
}

fn checked_rate(quote: &RateQuote, place: &str, faults: &mut Vec<FieldFault>) -> Option<Rate> {
    let before = faults.len();
    if quote.base == quote.quote {
        faults.push(FieldFault::new(
            format!("{place}/quote"),
            "same_currency",
            "a rate joins two currencies",
        ));
    }
    let rate = parse_rate(&quote.rate);
    if rate.is_none() {
        faults.push(FieldFault::new(format!("{place}/rate"), "rate_invalid", RATE_WANTED));
    }
    let source = checked_name(&quote.source, &format!("{place}/source"), faults);
    let rate = rate.filter(|_| faults.len() == before)?;
    Some(Rate { base: quote.base, quote: quote.quote, day: quote.day, rate, source })
}
