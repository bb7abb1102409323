//! Graduated prices: every unit costs what its own band says, and the sum is the price.
//!
//! Rows of whole quantities, 1 to 10 and 11 on, follow each other without a gap: the first prices the units up to the
//! tenth, the second those beyond. So the sum never jumps from one quantity to the next.

use rust_decimal::Decimal;

use super::base::unit_price;
use super::resolve::{Cost, fits, rounded};
use super::{Ask, Band, PriceTier, QtyBasis, Reason, Source};

/// The cost of all units of a quantity whose last one falls into `top`.
pub(super) fn cost(
    sources: &[Source<'_>],
    ask: &Ask,
    top: &PriceTier,
    siblings: &[PriceTier],
) -> Result<Cost, Reason> {
    let mut rows: Vec<&PriceTier> = siblings.iter().filter(|row| belongs(row, top, ask)).collect();
    rows.sort_by_key(|row| row.min_qty);
    let mut bands = Vec::new();
    let (mut reached, mut total) = (Decimal::ZERO, Decimal::ZERO);
    for row in rows {
        if row.min_qty > reached + Decimal::ONE {
            return Err(Reason::GraduatedGap);
        }
        let end = row.max_qty.map_or(ask.qty, |most| most.min(ask.qty));
        let qty = (end - reached).max(Decimal::ZERO);
        let unit = unit_price(sources, ask, row)?;
        let part = unit.checked_mul(qty).ok_or(Reason::QuantityOutOfRange)?;
        total = total.checked_add(part).ok_or(Reason::QuantityOutOfRange)?;
        bands.push(Band { row: row.clone(), qty, unit });
        reached = end;
    }
    if reached < ask.qty {
        return Err(Reason::GraduatedGap);
    }
    let unit = total.checked_div(ask.qty).unwrap_or_default();
    Ok(Cost { unit: rounded(unit, super::check::price_places(top.currency)), total, bands })
}

/// Whether a row is the top band or one below it: of the same rank but for the quantity, and in force.
fn belongs(row: &PriceTier, top: &PriceTier, ask: &Ask) -> bool {
    let below = Ask { qty: row.min_qty, currency: row.currency, ..ask.clone() };
    row.qty_basis == QtyBasis::Graduated
        && row.rival_key() == top.rival_key()
        && row.min_qty <= ask.qty
        && fits(row, &below, false).is_ok()
}
