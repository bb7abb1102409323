//! What the profile is told of the organisation: entities, zones, currency, rates.

use jiff::tz::TimeZone;
use kith_domain::organisation::Organisation;
use kith_domain::value::Currency;
use kith_profile::{EntityContext, FactContext, Inputs, Rates};

use super::profile_day;

pub(super) fn inputs(organisation: &Organisation, hash_key: [u8; 16]) -> Inputs {
    Inputs {
        context: fact_context(organisation, hash_key),
        rates: rates(organisation),
        day: organisation.day.map_or(0, profile_day),
    }
}

pub(super) fn fact_context(organisation: &Organisation, hash_key: [u8; 16]) -> FactContext {
    let zone = |name: &str| TimeZone::get(name).unwrap_or(TimeZone::UTC);
    let entities = organisation.entities.iter().map(|entity| EntityContext {
        code: entity.code.to_string(),
        currency: entity.currency,
        zone: zone(&entity.timezone),
    });
    let home = organisation.currency.or_else(|| "USD".parse().ok()).or_else(|| Currency::from_index(0));
    FactContext {
        hash_key,
        entities: entities.collect(),
        zone: zone(&organisation.timezone),
        currency: home.unwrap_or_else(unreachable_currency),
    }
}

/// The table of currencies is never empty.
fn unreachable_currency() -> Currency {
    (0..=u8::MAX).find_map(Currency::from_index).unwrap_or_else(|| std::process::abort())
}

/// Rates towards the organisation's currency, in billionths.
pub(super) fn rates(organisation: &Organisation) -> Rates {
    use rust_decimal::Decimal;
    use rust_decimal::prelude::ToPrimitive;
    let mut rates = Rates::default();
    let Some(home) = organisation.currency else { return rates };
    let scale = Decimal::from(kith_profile::input::RATE_ONE);
    for rate in &organisation.rates {
        let (currency, worth) = if rate.quote == home {
            (rate.base, Some(rate.rate))
        } else if rate.base == home {
            (rate.quote, Decimal::ONE.checked_div(rate.rate))
        } else {
            continue;
        };
        let billionths =
            worth.and_then(|worth| worth.checked_mul(scale)).and_then(|worth| worth.round().to_u64());
        if let Some(billionths) = billionths {
            rates.set(currency, profile_day(rate.day), billionths);
        }
    }
    rates
}
