//! The organisation, its legal entities, its people and their tokens.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A legal entity.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EntityView {
    /// Code, for example `US`.
    pub code: String,
    /// Name.
    pub name: String,
    /// ISO 4217 code.
    pub currency: String,
    /// IANA time zone.
    pub timezone: String,
}

/// The organisation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrganisationView {
    /// Name.
    pub name: String,
    /// Currency of sums.
    pub currency: String,
    /// IANA time zone.
    pub timezone: String,
    /// Legal entities.
    pub entities: Vec<EntityView>,
    /// Codes of payment terms.
    pub payment_terms: Vec<String>,
    /// The business day that is open.
    pub day: Option<String>,
    /// The first days, in which the administrator makes users and roles freely.
    pub in_setup: bool,
}

/// A person who works with Kith.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UserView {
    /// `usr_…`.
    pub id: String,
    /// Name.
    pub name: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Roles, each `role` or `role@ENTITY`.
    pub roles: Vec<String>,
    /// `active` or `suspended`.
    pub status: String,
    /// Language of the pages, where one was chosen: `en` or `de`.
    pub language: Option<String>,
    /// How figures, money and dates are written, where it was chosen.
    pub locale: Option<String>,
    /// IANA time zone in which times are shown, where one was chosen.
    pub timezone: Option<String>,
    /// `system`, `light` or `dark`, where one was chosen.
    pub theme: Option<String>,
    /// `comfortable` or `compact`, where one was chosen.
    pub density: Option<String>,
    /// `inter` or `system`, where one was chosen.
    pub font: Option<String>,
    /// Whether single letters are shortcuts, where it was chosen.
    pub shortcuts: Option<bool>,
}

/// Who asks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PersonView {
    /// The user.
    pub user: UserView,
    /// What the roles allow, for every legal entity.
    pub grants: Vec<String>,
}

/// A rate of exchange on record: one unit of `base` costs `rate` of `quote`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RateView {
    /// ISO 4217 code.
    pub base: String,
    /// ISO 4217 code.
    pub quote: String,
    /// ISO date.
    pub day: String,
    /// Decimal text.
    pub rate: String,
    /// Where it is from.
    pub source: String,
}

/// A token. The secret itself is shown once, when it is made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TokenView {
    /// `tok_…`.
    pub id: String,
    /// `usr_…` whose token it is.
    pub user: String,
    /// `user`, `api_client`, `agent`.
    pub kind: String,
    /// What it is for.
    pub name: String,
    /// First letters of the secret.
    pub prefix: String,
    /// When it ends.
    pub expires_at: Option<String>,
    /// It was revoked.
    pub revoked: bool,
    /// The secret, only in the reply that made it; starts with `kth_`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}
