//! What one unit costs by a row: its own price, or relative to the list price.

use rust_decimal::Decimal;

use super::check::price_places;
use super::resolve::{fits, is_about, rank, rounded};
use super::{Ask, PriceTier, PriceType, Reason, Source};

/// The price of one unit by a row, in the row's currency.
pub(super) fn unit_price(sources: &[Source<'_>], ask: &Ask, row: &PriceTier) -> Result<Decimal, Reason> {
    if row.price_type == PriceType::Fixed {
        return Ok(row.price);
    }
    let base =
        list_price(sources, &Ask { currency: row.currency, ..ask.clone() }).ok_or(Reason::NoListPrice)?;
    let share = row.price.checked_div(Decimal::ONE_HUNDRED).ok_or(Reason::NoListPrice)?;
    let part = base.checked_mul(share).ok_or(Reason::NoListPrice)?;
    let unit = match row.price_type {
        PriceType::Fixed => row.price,
        PriceType::DiscountPct => base - part,
        PriceType::MarkupPct => base + part,
        PriceType::DiscountAmt => (base - row.price).max(Decimal::ZERO),
    };
    Ok(rounded(unit, price_places(row.currency)))
}

/// The price by the account's price list, else the item's standard price.
fn list_price(sources: &[Source<'_>], ask: &Ask) -> Option<Decimal> {
    let lists = sources.iter().enumerate().filter(|(_, source)| source.kind.is_list());
    let rows = lists.flat_map(|(place, source)| source.rows.iter().map(move |row| (place, row)));
    rows.filter(|(_, row)| {
        row.price_type == PriceType::Fixed && is_about(row, ask) && fits(row, ask, false).is_ok()
    })
    .min_by_key(|(place, row)| rank(*place, row))
    .map(|(_, row)| row.price)
}
