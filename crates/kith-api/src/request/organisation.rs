//! The organisation, its people and their tokens.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/entities`: a legal entity.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct EntityAdd {
    /// Code, 1 to 12 of `A-Z 0-9 _ -`.
    pub code: String,
    /// Name.
    pub name: String,
    /// ISO 4217 code.
    pub currency: String,
    /// IANA time zone; the organisation's when absent.
    pub timezone: Option<String>,
}

/// `PATCH /api/v1/entities/{code}`. The currency is that of its books and never changes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct EntityPatch {
    /// Name.
    pub name: Option<String>,
    /// IANA time zone.
    pub timezone: Option<String>,
}

/// `PATCH /api/v1/organisation`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct OrganisationPatch {
    /// Name.
    pub name: Option<String>,
    /// IANA time zone.
    pub timezone: Option<String>,
}

/// A rate of exchange on a day: one unit of `base` costs `rate` of `quote`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct RateInput {
    /// ISO 4217 code.
    pub base: String,
    /// ISO 4217 code.
    pub quote: String,
    /// ISO date.
    pub day: String,
    /// Decimal text above 0 without an exponent, at most 12 digits after the point, for example `1.0842`.
    pub rate: String,
    /// Where it is from, for example `ecb`.
    pub source: String,
}

/// `POST /api/v1/fx-rates`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct RatesLoad {
    /// The rates, 10,000 at most.
    pub rates: Vec<RateInput>,
}

/// `POST /api/v1/users`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct UserAdd {
    /// Name.
    pub name: String,
    /// E-mail, unique among users.
    pub email: String,
    /// Roles, each `role` or `role@ENTITY`.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Password for the web page, 12 characters or more; none means sign-in by token only.
    pub password: Option<String>,
}

/// `POST /api/v1/users/{id}/roles`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct RolesSet {
    /// All roles the user shall have, each `role` or `role@ENTITY`.
    pub roles: Vec<String>,
}

/// `POST /api/v1/users/{id}/preferences`: all of them; what is absent follows the browser and the organisation again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct PreferencesSet {
    /// Language of the pages: `en` or `de`.
    pub language: Option<String>,
    /// Figures, money and dates as in `en-GB`, `en-US`, `de-DE`, `de-AT` or `de-CH`.
    pub locale: Option<String>,
    /// IANA time zone in which times are shown.
    pub timezone: Option<String>,
    /// `system`, `light` or `dark`.
    pub theme: Option<String>,
    /// `comfortable` or `compact`.
    pub density: Option<String>,
    /// `inter` or `system`.
    pub font: Option<String>,
    /// Whether single letters are shortcuts.
    pub shortcuts: Option<bool>,
}

/// `POST /api/v1/tokens`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct TokenCreate {
    /// What it is for.
    pub name: String,
    /// `user` (acts as the person), `api_client` or `agent` (never approve); `user` when absent.
    pub kind: Option<String>,
    /// `usr_…` whose token it is; the caller when absent.
    pub user: Option<String>,
    /// Days until it ends; 365 when absent, 730 at most.
    pub days: Option<u32>,
}
