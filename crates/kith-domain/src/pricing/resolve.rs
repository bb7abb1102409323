//! Which row prices a quantity, and why no other one does (D§1.6).

use std::cmp::{Ordering, Reverse};

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};

use super::base::unit_price;
use super::check::price_places;
use super::{PriceTier, QtyBasis, graduated};
use crate::value::{Currency, EntityCode, Money};

/// Whose rows they are, in the order in which they go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKind {
    /// The account's own.
    Account,
    /// A parent's, or a parent's parent's.
    Ancestor,
    /// Those of the price group that the account is in.
    PriceGroup,
    /// Those of the price list that the account buys from.
    PriceList,
    /// The standard prices of the items.
    StandardPrice,
}

impl SourceKind {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Ancestor => "ancestor",
            Self::PriceGroup => "price_group",
            Self::PriceList => "price_list",
            Self::StandardPrice => "standard_price",
        }
    }

    /// Whether its rows are what others are relative to.
    pub(super) fn is_list(self) -> bool {
        matches!(self, Self::PriceList | Self::StandardPrice)
    }
}

/// The rows of one owner. Ancestors are given nearest first.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    /// Whose they are.
    pub kind: SourceKind,
    /// The owner's identifier or code.
    pub owner: String,
    /// The rows.
    pub rows: &'a [PriceTier],
}

/// What is to be priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Through which legal entity it is sold.
    pub entity: EntityCode,
    /// The item.
    pub item: String,
    /// The group that the item is in.
    pub item_group: Option<String>,
    /// How many, more than zero.
    pub qty: Decimal,
    /// Unit of measure, in capitals.
    pub uom: String,
    /// On which day.
    pub date: Date,
    /// In which currency.
    pub currency: Currency,
}

/// Why a row does not price it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It is switched off.
    Disabled,
    /// It is for another legal entity.
    OtherEntity,
    /// It is for another unit of measure.
    OtherUom,
    /// It is not in force on the day.
    NotInForce,
    /// The quantity does not fall into it.
    QuantityOutOfRange,
    /// Its price is in another currency.
    OtherCurrency,
    /// Its price is in another currency, and there is no rate of the day.
    NoRate,
    /// It is relative to a list price, and there is none.
    NoListPrice,
    /// It is graduated, and the rows below do not price every unit.
    GraduatedGap,
    /// Another row goes first: by owner.
    OutrankedByOwner,
    /// By being for the very entity.
    OutrankedByEntity,
    /// By being for the very item.
    OutrankedByItem,
    /// By priority.
    OutrankedByPriority,
    /// By a larger least quantity.
    OutrankedByQuantity,
    /// By a later first day.
    OutrankedByDate,
    /// By being made later.
    OutrankedByAge,
}

impl Reason {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::OtherEntity => "other_entity",
            Self::OtherUom => "other_uom",
            Self::NotInForce => "not_in_force",
            Self::QuantityOutOfRange => "quantity_out_of_range",
            Self::OtherCurrency => "other_currency",
            Self::NoRate => "no_rate",
            Self::NoListPrice => "no_list_price",
            Self::GraduatedGap => "graduated_gap",
            Self::OutrankedByOwner => "outranked_by_owner",
            Self::OutrankedByEntity => "outranked_by_entity",
            Self::OutrankedByItem => "outranked_by_item",
            Self::OutrankedByPriority => "outranked_by_priority",
            Self::OutrankedByQuantity => "outranked_by_min_qty",
            Self::OutrankedByDate => "outranked_by_effective_from",
            Self::OutrankedByAge => "outranked_by_created",
        }
    }
}

/// A row that was looked at and does not price it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Place of its owner among the sources.
    pub source: usize,
    /// The row.
    pub row: PriceTier,
    /// Why.
    pub reason: Reason,
}

/// The units of a graduated price that one row prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The row.
    pub row: PriceTier,
    /// How many units.
    pub qty: Decimal,
    /// The price of one of them, in the row's currency.
    pub unit: Decimal,
}

/// A price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// The price of one unit, rounded half away from zero to four digits beyond those of the currency; of a
    /// graduated price the mean.
    pub unit: Decimal,
    /// What all units cost, rounded half away from zero to the minor unit.
    pub total: Money,
    /// Place of the winner's owner among the sources.
    pub source: usize,
    /// The row that won.
    pub row: PriceTier,
    /// The bands of a graduated price; empty for others.
    pub bands: Vec<Band>,
    /// Rate from the row's currency, where it was converted.
    pub rate: Option<Decimal>,
    /// Every other row of the item, those that go first at the top.
    pub trace: Vec<Rejected>,
}

/// Nothing prices it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoPrice {
    /// Every row of the item, and why not.
    pub trace: Vec<Rejected>,
}

/// A price before rounding: the exact cost of all units, in the row's currency.
pub(super) struct Cost {
    pub(super) unit: Decimal,
    pub(super) total: Decimal,
    pub(super) bands: Vec<Band>,
}

/// Rates from a row's currency to the asked one.
pub type RateOf<'a> = &'a dyn Fn(Currency) -> Option<Decimal>;

/// The price of a quantity. Rows in other currencies count only where `rate` is given, and only when there is none in
/// the asked one. The result does not depend on the order of rows.
///
/// # Errors
/// [`NoPrice`] with the reasons when no row prices it.
pub fn resolve(sources: &[Source<'_>], ask: &Ask, rate: Option<RateOf<'_>>) -> Result<Priced, NoPrice> {
    match attempt(sources, ask, None) {
        Err(none) if rate.is_some() => attempt(sources, ask, rate).map_err(|_| none),
        other => other,
    }
}

fn attempt(sources: &[Source<'_>], ask: &Ask, rate: Option<RateOf<'_>>) -> Result<Priced, NoPrice> {
    let mut rows: Vec<(usize, &PriceTier)> = sources
        .iter()
        .enumerate()
        .flat_map(|(place, source)| source.rows.iter().map(move |row| (place, row)))
        .filter(|(_, row)| is_about(row, ask))
        .collect();
    rows.sort_by_key(|(place, row)| rank(*place, row));
    let mut won: Option<Priced> = None;
    let mut trace = Vec::new();
    for (source, row) in rows {
        let reason = match (&won, fits(row, ask, rate.is_some())) {
            (_, Err(reason)) => reason,
            (Some(winner), Ok(())) => outranked((winner.source, &winner.row), (source, row)),
            (None, Ok(())) => match price(sources, ask, (source, row), rate) {
                Ok(priced) => {
                    won = Some(priced);
                    continue;
                }
                Err(reason) => reason,
            },
        };
        trace.push(Rejected { source, row: row.clone(), reason });
    }
    match won {
        Some(priced) => Ok(Priced { trace, ..priced }),
        None => Err(NoPrice { trace }),
    }
}

/// Whether a row prices the item or its group at all.
pub(super) fn is_about(row: &PriceTier, ask: &Ask) -> bool {
    match &row.item {
        Some(item) => *item == ask.item,
        None => row.item_group.is_some() && row.item_group == ask.item_group,
    }
}

/// Whether a row is a candidate.
pub(super) fn fits(row: &PriceTier, ask: &Ask, any_currency: bool) -> Result<(), Reason> {
    let checks = [
        (row.enabled, Reason::Disabled),
        (row.entity.as_ref().is_none_or(|entity| *entity == ask.entity), Reason::OtherEntity),
        (row.uom == ask.uom, Reason::OtherUom),
        (row.in_force(ask.date), Reason::NotInForce),
        (row.holds(ask.qty), Reason::QuantityOutOfRange),
        (any_currency || row.currency == ask.currency, Reason::OtherCurrency),
    ];
    checks.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, reason)| Err(reason))
}

type Rank =
    (usize, bool, bool, Reverse<i32>, Reverse<Decimal>, Reverse<Date>, Reverse<crate::value::PriceTierId>);

/// The order of D§1.6: owner, entity, item, priority, least quantity, first day, age. Ids grow with time.
pub(super) fn rank(source: usize, row: &PriceTier) -> Rank {
    (
        source,
        row.entity.is_none(),
        row.item.is_none(),
        Reverse(row.priority),
        Reverse(row.min_qty),
        Reverse(row.effective_from),
        Reverse(row.id),
    )
}

/// By which part of the order the winner goes before a row.
fn outranked(winner: (usize, &PriceTier), loser: (usize, &PriceTier)) -> Reason {
    let (first, second) = (rank(winner.0, winner.1), rank(loser.0, loser.1));
    let parts = [
        (first.0.cmp(&second.0), Reason::OutrankedByOwner),
        (first.1.cmp(&second.1), Reason::OutrankedByEntity),
        (first.2.cmp(&second.2), Reason::OutrankedByItem),
        (first.3.cmp(&second.3), Reason::OutrankedByPriority),
        (first.4.cmp(&second.4), Reason::OutrankedByQuantity),
        (first.5.cmp(&second.5), Reason::OutrankedByDate),
    ];
    parts
        .into_iter()
        .find(|(order, _)| *order != Ordering::Equal)
        .map_or(Reason::OutrankedByAge, |part| part.1)
}

/// Rounds half away from zero (D§0.1: priced documents).
pub(super) fn rounded(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize()
}

fn price(
    sources: &[Source<'_>],
    ask: &Ask,
    (source, row): (usize, &PriceTier),
    rate: Option<RateOf<'_>>,
) -> Result<Priced, Reason> {
    let cost = match row.qty_basis {
        QtyBasis::AllUnits => {
            let unit = unit_price(sources, ask, row)?;
            let total = unit.checked_mul(ask.qty).ok_or(Reason::QuantityOutOfRange)?;
            Cost { unit, total, bands: Vec::new() }
        }
        QtyBasis::Graduated => {
            let siblings = sources.get(source).map_or([].as_slice(), |source| source.rows);
            graduated::cost(sources, ask, row, siblings)?
        }
    };
    let rate = match rate.filter(|_| row.currency != ask.currency) {
        Some(rate) => Some(rate(row.currency).ok_or(Reason::NoRate)?),
        None => None,
    };
    let factor = rate.unwrap_or(Decimal::ONE);
    let places = price_places(ask.currency);
    let convert = |value: Decimal| value.checked_mul(factor).ok_or(Reason::QuantityOutOfRange);
    let unit = rounded(convert(cost.unit)?, places);
    // A converted unit price is a price: what is printed is what is multiplied.
    let total = match row.qty_basis {
        QtyBasis::AllUnits => unit.checked_mul(ask.qty).ok_or(Reason::QuantityOutOfRange)?,
        QtyBasis::Graduated => convert(cost.total)?,
    };
    let total = money(total, ask.currency).ok_or(Reason::QuantityOutOfRange)?;
    Ok(Priced { unit, total, source, row: row.clone(), bands: cost.bands, rate, trace: Vec::new() })
}

fn money(value: Decimal, currency: Currency) -> Option<Money> {
    let exponent = u32::from(currency.exponent());
    let scaled = rounded(value, exponent).checked_mul(Decimal::from(10_i64.checked_pow(exponent)?))?;
    Some(Money::new(i64::try_from(scaled).ok()?, currency))
}
