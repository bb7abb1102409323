//! The table of operations: whatever is not here, no face can do.

mod account;
mod alert;
mod audit;
mod bulk;
mod care;
mod catalogue;
mod change;
mod contract;
mod contract_template;
mod credit;
mod delegation;
mod document;
mod duplicate;
mod family;
mod hold;
mod home;
mod identifier;
mod import;
mod intake;
mod life;
mod mail;
mod notification;
mod onboarding;
mod order;
mod organisation;
mod person;
mod policy;
mod price;
mod read;
mod risk;
mod scorecard;
mod screening;
mod task;
mod tax;
mod team;
mod vehicle;
mod webhook;

use crate::operation::Operation;

const NOUNS: &[&[Operation]] = &[
    account::OPERATIONS,
    life::OPERATIONS,
    hold::OPERATIONS,
    family::OPERATIONS,
    audit::OPERATIONS,
    home::OPERATIONS,
    read::OPERATIONS,
    change::OPERATIONS,
    credit::OPERATIONS,
    bulk::OPERATIONS,
    care::OPERATIONS,
    identifier::OPERATIONS,
    policy::OPERATIONS,
    delegation::OPERATIONS,
    notification::OPERATIONS,
    mail::OPERATIONS,
    webhook::OPERATIONS,
    onboarding::OPERATIONS,
    risk::OPERATIONS,
    scorecard::OPERATIONS,
    alert::OPERATIONS,
    duplicate::OPERATIONS,
    screening::OPERATIONS,
    intake::OPERATIONS,
    import::OPERATIONS,
    order::OPERATIONS,
    organisation::OPERATIONS,
    person::OPERATIONS,
    catalogue::OPERATIONS,
    price::OPERATIONS,
    tax::OPERATIONS,
    document::OPERATIONS,
    vehicle::OPERATIONS,
    contract::OPERATIONS,
    contract_template::OPERATIONS,
    task::OPERATIONS,
    team::OPERATIONS,
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
