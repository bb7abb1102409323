//! Teams.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// People who look after accounts together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TeamView {
    /// Its code, which accounts refer to.
    pub id: String,
    /// Version, for `If-Match`.
    pub version: u64,
    /// Name.
    pub name: String,
    /// `usr_…` of who leads it.
    pub lead: Option<String>,
    /// Name of who leads it.
    pub lead_name: Option<String>,
    /// The legal entity that it works for; all, when absent.
    pub entity: Option<String>,
    /// Whether it takes no more accounts.
    pub retired: bool,
    /// Its members.
    pub members: Vec<TeamMemberView>,
    /// How many accounts it looks after, of those that the caller may see.
    pub accounts: u64,
    /// When it was created.
    pub created_at: String,
    /// When it was changed last.
    pub updated_at: String,
}

/// A member of a team.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TeamMemberView {
    /// `usr_…`.
    pub user: String,
    /// Name.
    pub name: Option<String>,
}
