//! How much of its credit an account used: the exposure that its documents came to at the end of days.

use jiff::Span;
use jiff::civil::Date;
use kith_domain::account::Account;
use kith_domain::credit::{Book, Exposure, utilisation};
use kith_domain::organisation::Organisation;
use kith_domain::value::{Currency, EntityCode, Money};

use super::super::accuracy::{Step, end_of, state_at};
use super::super::line::entity_number;
use super::super::standing::exchange;
use crate::engine::{Engine, profile_day};

/// Days of the highest exposure, and of the use of the limit.
const YEAR: i32 = 365;
const QUARTER: i32 = 90;

/// What was used; the codes say why something is not known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Usage {
    /// The highest exposure of a year and its first day.
    pub(super) high: Result<(Money, Date), &'static str>,
    /// Average and peak of the share of the limit that was used.
    pub(super) used: Result<(f64, f64), &'static str>,
}

/// The entities whose business counts against the limit; nothing is all of them.
fn pool(
    organisation: &Organisation,
    account: &Account,
    entity: Option<&EntityCode>,
    day: Date,
) -> Option<Vec<u8>> {
    let held = organisation.entity(entity?)?;
    let seen = account.seen_by(held, organisation, day);
    let shared = seen.limit.shared_by.iter().filter_map(|code| entity_number(organisation, code));
    let mut pool: Vec<u8> = shared.collect();
    if pool.is_empty() {
        pool.extend(entity_number(organisation, &held.code));
    }
    Some(pool)
}

/// The limit of a day, in a currency.
fn limit(
    organisation: &Organisation,
    account: &Account,
    entity: Option<&EntityCode>,
    currency: Currency,
    day: Date,
) -> Option<i64> {
    let limit = match entity {
        Some(code) => account.seen_by(organisation.entity(code)?, organisation, day).account.credit_limit,
        None => account.credit_limit,
    };
    organisation.convert(limit?, currency, day).map(|limit| limit.minor)
}

pub(super) fn usage(
    engine: &Engine,
    (account, row): (&Account, u32),
    entity: Option<&EntityCode>,
    currency: Currency,
    steps: &[Step],
) -> Usage {
    const UNRATED: &str = "rate_missing";
    let (organisation, today) = (engine.organisation(), engine.day());
    let first = today.saturating_sub(Span::new().days(YEAR - 1));
    let owner = entity_number(&organisation, &account.owning_entity).unwrap_or(1);
    let pool = pool(&organisation, account, entity, today);
    let counts = |number: u8| pool.as_ref().is_none_or(|pool| pool.contains(&number));
    let convert = exchange(&organisation, today);
    let by_day = engine.living().documents_by_day(row, profile_day(first), profile_day(today));
    let mut exposures: Vec<(u16, i64)> = Vec::with_capacity(by_day.len());
    for (day, documents) in by_day {
        let book = Book::of(&documents, owner, &convert);
        match Exposure::of(&book, &counts, currency, day, &convert) {
            Some(exposure) => exposures.push((day, exposure.buckets.exposure())),
            None => return Usage { high: Err(UNRATED), used: Err(UNRATED) },
        }
    }
    let high = exposures.iter().copied().reduce(|best, next| if next.1 > best.1 { next } else { best });
    let high = high.map(|(day, minor)| (Money::new(minor, currency), crate::engine::date_of(day.into())));
    let by_entity = account.overrides.values().any(|own| own.credit_limit.is_some());
    if entity.is_none() && by_entity {
        return Usage { high: high.ok_or(UNRATED), used: Err("limits_by_entity") };
    }
    let share = |back: i32| {
        let day = today.saturating_sub(Span::new().days(back));
        let step = state_at(steps, end_of(engine, day))?;
        let limit = limit(&organisation, &step.account, entity, currency, day)?;
        let until = exposures.partition_point(|(at, _)| *at <= profile_day(day));
        let exposure = until.checked_sub(1).and_then(|place| exposures.get(place))?.1;
        Some(utilisation(exposure, limit))
    };
    let shares: Vec<f64> = (0..QUARTER).filter_map(share).collect();
    let peak = shares.iter().copied().reduce(f64::max);
    let average = |peak| (shares.iter().sum::<f64>() / shares.len() as f64, peak);
    Usage { high: high.ok_or(UNRATED), used: peak.map(average).ok_or("no_limit") }
}
