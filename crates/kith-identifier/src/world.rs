//! The rules of identifiers that are no country's.

use crate::rule::Rule;

mod bic;
mod bitcoin;
mod book;
mod chemical;
pub(crate) mod country;
pub(crate) mod device;
mod digest;
pub(crate) mod eu;
mod gs1;
pub(crate) mod iban;
mod lei;
mod security;

/// The rules of all these identifiers.
pub(crate) const RULES: &[&[Rule]] = &[
    bic::RULES,
    bitcoin::RULES,
    book::RULES,
    chemical::RULES,
    device::RULES,
    eu::RULES,
    gs1::RULES,
    iban::RULES,
    lei::RULES,
    security::RULES,
];
