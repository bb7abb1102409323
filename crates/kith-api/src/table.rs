//! The table of operations: whatever is not here, no face can do.

mod account;
mod audit;
mod change;
mod duplicate;
mod intake;
mod organisation;
mod read;

use crate::operation::Operation;

const NOUNS: &[&[Operation]] = &[
    account::OPERATIONS,
    audit::OPERATIONS,
    read::OPERATIONS,
    change::OPERATIONS,
    duplicate::OPERATIONS,
    intake::OPERATIONS,
    organisation::OPERATIONS,
];

/// Every operation, by noun.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    NOUNS.iter().flat_map(|noun| noun.iter())
}

/// An operation by its id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Operation> {
    operations().find(|operation| operation.id == id)
}
