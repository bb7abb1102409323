//! Holds on an account, and the watch, as the faces show them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HoldView {
    /// `hld_…`.
    pub id: String,
    /// `credit`, `compliance`, `fraud`, `legal`, `dispute` or `manual`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `account` or `entity`.
    pub scope: String,
    /// The legal entity that alone it holds for.
    pub entity: Option<String>,
    /// Why; null where it was erased or may not be seen.
    pub reason: Option<String>,
    /// The rule that placed it; null for a person.
    pub cause: Option<String>,
    /// What would release it.
    pub release_rule: String,
    /// What it stops: `nothing`, `credit` (new orders on credit, and shipments) or `all`.
    pub blocks: String,
    /// `usr_…` who placed it; null for Kith itself.
    pub set_by: Option<String>,
    /// Their name.
    pub set_by_name: Option<String>,
    /// When.
    pub set_at: String,
    /// When it is looked at again.
    pub review_at: String,
}

/// An eye kept on an account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WatchView {
    /// Why; null where it was erased or may not be seen.
    pub reason: Option<String>,
    /// The rule that set it; null for a person.
    pub cause: Option<String>,
    /// `usr_…` who set it; null for Kith itself.
    pub set_by: Option<String>,
    /// Their name.
    pub set_by_name: Option<String>,
    /// When.
    pub set_at: String,
    /// When it ends by itself.
    pub expires_at: String,
}
