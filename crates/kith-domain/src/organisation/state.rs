//! The state of the organisation, and the questions it answers.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::{Catalogue, Catalogues, CustomFields, Event, PAYMENT_TERMS_KIND};
use crate::value::{Currency, EntityCode, Money, shared};

/// The codes of payment terms that a new organisation has (D§1.8).
pub const PAYMENT_TERMS: &[&str] = &[
    "PREPAID",
    "COD",
    "DUE",
    "NET7",
    "NET10",
    "NET15",
    "NET30",
    "NET45",
    "NET60",
    "NET90",
    "2/10NET30",
    "NET30EOM",
    "INST3",
];

/// A legal entity of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalEntity {
    /// Its code, for example `US`.
    pub code: EntityCode,
    /// Its name.
    pub name: String,
    /// Its currency.
    pub currency: Currency,
    /// Its zone, an IANA name: business dates are dates of this zone.
    pub timezone: String,
}

/// One exchange rate: a unit of `base` is worth `rate` of `quote` on `day`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// One unit of this currency …
    pub base: Currency,
    /// … in this one.
    pub quote: Currency,
    /// The business day.
    pub day: Date,
    /// The positive rate.
    pub rate: Decimal,
    /// Who says so.
    pub source: String,
}

/// The organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// The currency in which it compares amounts; `None` before it is founded.
    pub currency: Option<Currency>,
    /// Its zone, an IANA name.
    pub timezone: String,
    /// Its legal entities, in the order in which they were added.
    pub entities: Vec<LegalEntity>,
    /// The codes it works with, payment terms among them.
    #[serde(with = "shared")]
    pub catalogues: Arc<Catalogues>,
    /// The fields it added to accounts.
    #[serde(with = "shared")]
    pub custom_fields: Arc<CustomFields>,
    /// When it was founded.
    pub founded_at: Option<Timestamp>,
    /// Whether the set-up was closed.
    pub setup_closed: bool,
    /// The business day that was opened last.
    pub day: Option<Date>,
    /// Exchange rates, sorted by base, quote and day.
    pub rates: Vec<Rate>,
}

impl Organisation {
    /// Whether it was founded.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.founded_at.is_some()
    }

    /// The entity of a code.
    #[must_use]
    pub fn entity(&self, code: &EntityCode) -> Option<&LegalEntity> {
        self.entities.iter().find(|entity| entity.code == *code)
    }

    /// The codes of payment terms that there ever were; their places never change.
    #[must_use]
    pub fn payment_terms(&self) -> &[String] {
        self.catalogues.get(PAYMENT_TERMS_KIND).map_or(&[], |catalogue| &catalogue.order)
    }

    /// The codes of payment terms that an account may get, in the order in which they came.
    #[must_use]
    pub fn open_payment_terms(&self) -> Vec<String> {
        let terms = self.catalogues.get(PAYMENT_TERMS_KIND);
        let open = |code: &&String| {
            terms.and_then(|terms| terms.entries.get(*code)).is_some_and(|entry| !entry.retired)
        };
        self.payment_terms().iter().filter(open).cloned().collect()
    }

    fn catalogue_mut(&mut self, kind: &str) -> &mut Catalogue {
        Arc::make_mut(&mut self.catalogues).0.entry(kind.to_owned()).or_default()
    }

    /// Whether it is still being set up: the first 7 days, unless closed before.
    #[must_use]
    pub fn is_setup(&self, now: Timestamp) -> bool {
        let week = SignedDuration::from_hours(7 * 24);
        !self.setup_closed && self.founded_at.is_some_and(|founded| now.duration_since(founded) < week)
    }

    /// The rate from one currency to another on a day: that day's, or the latest of the 7 days before (no rates
    /// are published on weekends); the inverse pair serves too. `None` when there is none: the value is
    /// then unknown, never zero (D§0.1).
    #[must_use]
    pub fn rate(&self, base: Currency, quote: Currency, day: Date) -> Option<Decimal> {
        if base == quote {
            return Some(Decimal::ONE);
        }
        let direct = self.latest(base, quote, day);
        let inverse = self.latest(quote, base, day);
        match (direct, inverse) {
            (Some(direct), Some(inverse)) if inverse.day > direct.day => {
                Decimal::ONE.checked_div(inverse.rate)
            }
            (Some(direct), _) => Some(direct.rate),
            (None, Some(inverse)) => Decimal::ONE.checked_div(inverse.rate),
            (None, None) => None,
        }
    }

    /// An amount in another currency at the rate of a day, rounded half to even to the minor unit.
    #[must_use]
    pub fn convert(&self, amount: Money, currency: Currency, day: Date) -> Option<Money> {
        if amount.currency == currency {
            return Some(amount);
        }
        let rate = self.rate(amount.currency, currency, day)?;
        let value = Decimal::try_from_i128_with_scale(
            i128::from(amount.minor),
            u32::from(amount.currency.exponent()),
        )
        .ok()?;
        let scale = Decimal::from(10_i64.checked_pow(u32::from(currency.exponent()))?);
        let minor = value.checked_mul(rate)?.checked_mul(scale)?;
        let minor = minor.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
        Some(Money::new(i64::try_from(minor).ok()?, currency))
    }

    fn latest(&self, base: Currency, quote: Currency, day: Date) -> Option<&Rate> {
        let key = |rate: &Rate| (rate.base, rate.quote, rate.day);
        let end = self.rates.partition_point(|rate| key(rate) <= (base, quote, day));
        let rate = self.rates.get(end.checked_sub(1)?)?;
        let age = rate.day.until(day).ok()?.get_days();
        (rate.base == base && rate.quote == quote && age <= 7).then_some(rate)
    }

    pub(super) fn put_rate(&mut self, rate: &Rate) {
        let key = |rate: &Rate| (rate.base, rate.quote, rate.day);
        match self.rates.binary_search_by_key(&key(rate), key) {
            Ok(place) => {
                if let Some(old) = self.rates.get_mut(place) {
                    old.clone_from(rate);
                }
            }
            Err(place) => self.rates.insert(place, rate.clone()),
        }
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Founded { name, currency, timezone, entities, payment_terms, at } => {
                self.name.clone_from(name);
                self.currency = Some(*currency);
                self.timezone.clone_from(timezone);
                self.entities.clone_from(entities);
                self.catalogues = Arc::new(Catalogues::with_terms(payment_terms));
                self.founded_at = Some(*at);
            }
            Event::EntityAdded { entity } => self.entities.push(entity.clone()),
            Event::EntityChanged { entity } => {
                if let Some(held) = self.entities.iter_mut().find(|held| held.code == entity.code) {
                    held.clone_from(entity);
                }
            }
            Event::ZoneMoved { timezone } => self.timezone.clone_from(timezone),
            Event::Renamed { name } => self.name.clone_from(name),
            Event::CatalogueSet { kind, label, dimension, mandatory, default_code } => {
                let catalogue = self.catalogue_mut(kind);
                catalogue.label.clone_from(label);
                (catalogue.dimension, catalogue.mandatory) = (*dimension, *mandatory);
                catalogue.default_code.clone_from(default_code);
            }
            Event::CodeSet { kind, code, entry } => {
                self.catalogue_mut(kind).put(code, entry.clone());
            }
            Event::CodeDeleted { kind, code } => {
                self.catalogue_mut(kind).entries.remove(code);
            }
            Event::CustomFieldSet { name, field } => {
                Arc::make_mut(&mut self.custom_fields).insert(name.clone(), field.clone());
            }
            Event::SetupClosed { .. } => self.setup_closed = true,
            Event::DayOpened { day } => self.day = Some(*day),
            Event::RatesLoaded { rates } => rates.iter().for_each(|rate| self.put_rate(rate)),
        }
    }
}
