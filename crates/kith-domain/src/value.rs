//! Values that every noun shares: identifiers, money, personal data, short texts.

mod currency;
mod id;
mod money;
mod personal;

pub use currency::{Currency, CurrencyError};
pub use id::{
    AccountId, AddressId, AgreementId, ChangeId, ContactId, IdError, ImportId, LaneId, NoteId, QuarantineId,
    TokenId, UserId, ViewId, uuid_v7,
};
pub use money::{Money, MoneyError};
pub use personal::{Personal, Secret, Subject, join, split};
