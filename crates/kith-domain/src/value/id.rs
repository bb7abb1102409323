//! Typed identifiers: a UUID version 7 behind a prefix that says what it names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// The text is not an identifier of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdError {
    /// The prefix that was expected, for example `acc`.
    pub prefix: &'static str,
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected an identifier that starts with {}_", self.prefix)
    }
}

impl std::error::Error for IdError {}

fn parse(text: &str, prefix: &'static str) -> Result<Uuid, IdError> {
    let wrong = IdError { prefix };
    let rest = text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_'));
    let hex = rest.filter(|hex| hex.len() == 32).ok_or(wrong.clone())?;
    if hex.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err(wrong);
    }
    Uuid::try_parse(hex).map_err(|_| wrong)
}

/// Makes UUIDs of version 7 from a time and random bytes that the caller brings.
///
/// The pure core knows no clock and no chance: whoever stands outside gives both.
#[must_use]
pub fn uuid_v7(unix_ms: u64, random: [u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid()
}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl $name {
            /// What stands before the underscore.
            pub const PREFIX: &'static str = $prefix;
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                parse(text, $prefix).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

id! {
    /// A customer account.
    AccountId = "acc";
    /// An address of an account.
    AddressId = "adr";
    /// An agreement of an account.
    AgreementId = "agr";
    /// Something about an account that is not as it should be.
    AlertId = "alr";
    /// A change that waits, was applied or was turned down.
    ChangeId = "chg";
    /// A contact person at an account.
    ContactId = "con";
    /// A contract with an account.
    ContractId = "ctr";
    /// A delegation of approvals.
    DelegationId = "dlg";
    /// A delivery to a webhook.
    DeliveryId = "msg";
    /// A document of an account.
    DocumentId = "doc";
    /// A feed of files.
    FeedId = "fed";
    /// A hit of an account on an entry of a list.
    HitId = "hit";
    /// A hold on an account.
    HoldId = "hld";
    /// An import of a file.
    ImportId = "imp";
    /// A preferred lane of an account.
    LaneId = "lan";
    /// A mail to somebody outside.
    MailId = "mail";
    /// A saved mapping of columns.
    MappingId = "map";
    /// A note on an account.
    NoteId = "not";
    /// Something that somebody should know.
    NotificationId = "ntf";
    /// A row of prices, of an account or of a price list.
    PriceTierId = "prt";
    /// Two accounts that may be one customer.
    DuplicateId = "dup";
    /// A touchpoint that waits in quarantine.
    QuarantineId = "qua";
    /// A case of onboarding.
    OnboardingId = "onb";
    /// An order.
    OrderId = "ord";
    /// A reservation of credit.
    ReservationId = "rsv";
    /// A relationship of an account to another.
    RelationshipId = "rel";
    /// What somebody must do.
    TaskId = "tsk";
    /// A tax profile of an account.
    TaxProfileId = "txp";
    /// An access token.
    TokenId = "tok";
    /// A person who works with Kith.
    UserId = "usr";
    /// A vehicle.
    VehicleId = "veh";
    /// A saved view.
    ViewId = "viw";
    /// An address that is called when something happens.
    WebhookId = "hook";
}
