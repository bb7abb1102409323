//! Values that every noun shares: identifiers, money, personal data, short texts.

mod counted;
mod currency;
mod decimal;
mod email;
mod entity;
mod id;
mod identifier;
mod money;
pub mod patch;
mod personal;
mod phone;
pub mod shared;
pub mod subdivision;
mod text;

pub use counted::counted;
pub use currency::{Currency, CurrencyError};
pub use decimal::{DecimalError, parse_decimal};
pub use email::{EmailError, email_key, parse_email};
pub use entity::{EntityCode, EntityCodeError};
pub use id::{
    AccountId, AddressId, AgreementId, AlertId, ChangeId, ContactId, ContractId, DelegationId, DeliveryId,
    DocumentId, DuplicateId, FeedId, HitId, HoldId, IdError, ImportId, LaneId, MailId, MappingId, NoteId,
    NotificationId, OnboardingId, OrderId, PriceTierId, QuarantineId, RelationshipId, ReservationId, TaskId,
    TaxProfileId, TokenId, UserId, VehicleId, ViewId, WebhookId, uuid_v7,
};
pub use identifier::{IdentifierError, IdentifierKind, normalise, recognise, refused_tax, validate};
pub use kith_identifier::{is_country, is_eu_vat_area};
pub use money::{Money, MoneyError};
pub use personal::{Personal, Secret, Subject, join, split};
pub use phone::{Phone, PhoneError};
pub use text::{TextError, line, paragraph, turns_reading};

#[cfg(test)]
mod tests;
