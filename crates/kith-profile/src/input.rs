//! The closed list of inputs besides facts: entities and zones, exchange rates, master fields, the day.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kith_domain::value::Currency;

/// What the profile needs to know of one legal entity.
#[derive(Debug, Clone)]
pub struct EntityContext {
    /// The code that touchpoints name, for example `US`.
    pub code: String,
    /// The currency of its books.
    pub currency: Currency,
    /// The zone of its business days.
    pub zone: TimeZone,
}

/// What is needed to read a touchpoint and to turn it into facts.
///
/// Entities stand in the order of their creation and are only ever added: facts hold their place.
#[derive(Debug, Clone)]
pub struct FactContext {
    /// Key of all pseudonyms (document numbers, users, respondents, lanes). Kept for ever.
    pub hash_key: [u8; 16],
    /// The organisation's legal entities in the order of creation, at most 255.
    pub entities: Vec<EntityContext>,
    /// The organisation's zone, for touchpoints that name no entity.
    pub zone: TimeZone,
    /// The organisation's currency: all money columns are in it.
    pub currency: Currency,
}

impl FactContext {
    /// The zone of a fact's business day: the entity's, or the organisation's for 0 (none).
    #[must_use]
    pub fn zone_of(&self, entity: u8) -> &TimeZone {
        let place = usize::from(entity).checked_sub(1);
        place.and_then(|place| self.entities.get(place)).map_or(&self.zone, |entity| &entity.zone)
    }

    /// The number of an entity (its place plus one), if the organisation has it.
    #[must_use]
    pub fn entity_number(&self, code: &str) -> Option<u8> {
        let place = self.entities.iter().position(|entity| entity.code == code)?;
        u8::try_from(place.checked_add(1)?).ok()
    }
}

/// Master fields of an account that scores use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MasterInputs {
    /// Whether orders are on credit hold (−10 on health, D§4.6).
    pub credit_hold: bool,
    /// The day (since 1970-01-01) on which the last running agreement ends, if any.
    pub contract_ends: Option<u16>,
}

/// Exchange rates by day, as of the latest rate on or before the fact's business day.
///
/// A rate says how many units of the organisation's currency one unit of the other is worth, in
/// billionths. A missing rate makes the amount unknown, never 0 (D§0.1).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rates {
    by_currency: BTreeMap<Currency, BTreeMap<u16, u64>>,
}

/// One unit in the scale of [`Rates`].
pub const RATE_ONE: u64 = 1_000_000_000;

impl Rates {
    /// Records the rate of a currency from a day (since 1970-01-01) on. A zero rate is ignored.
    pub fn set(&mut self, currency: Currency, day: u16, billionths: u64) {
        if billionths > 0 {
            self.by_currency.entry(currency).or_default().insert(day, billionths);
        }
    }

    fn rate(&self, currency: Currency, home: Currency, day: u16) -> Option<u64> {
        if currency == home {
            return Some(RATE_ONE);
        }
        self.by_currency.get(&currency)?.range(..=day).next_back().map(|(_, rate)| *rate)
    }

    /// Converts minor units by the rates of a day, rounding half to even once. `home` is the organisation's
    /// currency. `None` when a rate is missing or the result does not fit.
    #[must_use]
    pub fn convert(&self, minor: i64, from: Currency, to: Currency, home: Currency, day: u16) -> Option<i64> {
        if from == to {
            return Some(minor);
        }
        let up = i128::from(self.rate(from, home, day)?);
        let down = i128::from(self.rate(to, home, day)?);
        let scale = |currency: Currency| 10_i128.pow(u32::from(currency.exponent()));
        let numerator = i128::from(minor).checked_mul(up)?.checked_mul(scale(to))?;
        let denominator = down.checked_mul(scale(from))?;
        i64::try_from(divide_half_even(numerator, denominator)).ok()
    }
}

/// Divides, rounding to the nearest and halves to even. The denominator is positive.
pub(crate) fn divide_half_even(numerator: i128, denominator: i128) -> i128 {
    let quotient = numerator.div_euclid(denominator);
    let twice = numerator.rem_euclid(denominator).saturating_mul(2);
    let up = twice > denominator || (twice == denominator && quotient % 2 != 0);
    quotient.saturating_add(i128::from(up))
}

/// All inputs of the profile but the facts and the master fields.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// Entities, zones, currency.
    pub context: FactContext,
    /// Exchange rates.
    pub rates: Rates,
    /// The day on which the profile stands, in days since 1970-01-01.
    pub day: u16,
}

/// Finds the (source, id) of a touchpoint by its log position: needed only when two facts of one
/// document have the very same time, so that "the greatest (time, source, id) wins" is exact.
pub trait Lookup: Send + Sync {
    /// The source and id of the touchpoint at `seq`.
    fn source_id(&self, seq: u32) -> (String, String);
}

impl<F: Fn(u32) -> (String, String) + Send + Sync> Lookup for F {
    fn source_id(&self, seq: u32) -> (String, String) {
        self(seq)
    }
}
