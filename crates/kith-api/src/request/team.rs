//! Teams.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::account::{member, patch};

/// `POST /api/v1/teams`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct TeamCreate {
    /// What accounts refer to: 1 to 40 letters, digits, `_`, `-` or `.`; kept in capitals.
    pub code: String,
    /// Name, 1 to 100 characters.
    pub name: String,
    /// `usr_…` of who leads it: one of the members.
    pub lead: Option<String>,
    /// The legal entity that it works for; all, when absent.
    pub entity: Option<String>,
    /// Whether it takes no more accounts.
    pub retired: Option<bool>,
    /// `usr_…` of all members.
    pub members: Option<Vec<String>>,
}

patch! {
    /// `PATCH /api/v1/teams/{id}` (null clears).
    TeamPatch {
        /// Name.
        name: String,
        /// `usr_…` of who leads it: one of the members.
        lead: String,
        /// The legal entity that it works for; all, when null.
        entity: String,
        /// Whether it takes no more accounts.
        retired: bool,
        /// `usr_…` of all members.
        members: Vec<String>,
    } rows {}
}

/// `POST /api/v1/teams/{id}/members`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct TeamMember {
    /// `usr_…` or the address of a user.
    pub user: String,
}
