//! Prices: the rows that say what something costs, and which of them wins (D§1.6).
//!
//! A row belongs to an account, or to a price list or price group of the organisation. `draft` reads rows, `check`
//! holds the rules of one row, `overlap` those of all rows of one owner, `resolve` finds the row that prices a
//! quantity and says why no other did.

mod base;
mod check;
mod draft;
mod graduated;
mod overlap;
mod resolve;
mod tier;

pub use check::{TierRules, rows};
pub use draft::{TierDraft, read_tier};
pub use overlap::{OVERLAP_CODE, overlaps};
pub use resolve::{Ask, Band, NoPrice, Priced, RateOf, Reason, Rejected, Source, SourceKind, resolve};
pub use tier::{PriceTier, PriceType, QtyBasis, UOM_DEFAULT};

#[cfg(test)]
mod tests;
