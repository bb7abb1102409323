//! How accounts belong together: merged, parent and child, related; and what they come to together.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::MetricView;

/// Another account, in short.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AccountRef {
    /// `acc_…`.
    pub id: String,
    /// Number for people.
    pub account_number: String,
    /// Name.
    pub name: String,
}

/// An account that was merged into this one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MergedView {
    /// Which account.
    pub account: AccountRef,
    /// When.
    pub merged_at: String,
    /// Until when it can be taken out again.
    pub unmerge_until: String,
}

/// One field of a merge: both values, the one that survives, and why.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldMergeView {
    /// Which field.
    pub field: String,
    /// The survivor's value.
    pub survivor: Value,
    /// The loser's value.
    pub loser: Value,
    /// The value after the merge.
    pub result: Value,
    /// `survivor`, `loser`, `both`, `same`.
    pub winner: String,
    /// The rule that decided: `picked`, `only_value`, `verified`, `most_trusted`, `most_recent`, `most_complete`,
    /// `lowest_number`, `survivor`, `lower`, `stricter`, `shorter`, `union`, `most_advanced`, `not_comparable`, `same`.
    pub rule: String,
    /// Whether `picks` may say otherwise.
    pub pickable: bool,
}

/// What a command would come to: refused, or before whom it would wait.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutlookView {
    /// `green`, `yellow`, `red`.
    pub lane: String,
    /// The roles that approve, in sequence.
    pub steps: Vec<String>,
    /// Why it would be refused today: `code`, `sentence`, `clears`.
    pub refusal: Option<Value>,
}

/// What a merge would come to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MergePreview {
    /// The account that stays.
    pub survivor: AccountRef,
    /// The account that is merged into it.
    pub loser: AccountRef,
    /// Field by field.
    pub fields: Vec<FieldMergeView>,
    /// Rows that are taken over: ids, and `kind:value` of identifiers.
    pub rows: Vec<String>,
    /// Who would approve it, or why it would be refused.
    pub outlook: OutlookView,
}

/// The parent of an account for a time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ParentView {
    /// Which account.
    pub account: AccountRef,
    /// First day.
    pub valid_from: String,
    /// Last day; open when absent.
    pub valid_to: Option<String>,
}

/// An account in a tree.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BranchView {
    /// Which account.
    pub account: AccountRef,
    /// Levels below the root of the tree, 0 for the root.
    pub level: u32,
    /// `acc_…` of its parent within the tree.
    pub parent: Option<String>,
}

/// Who an account belongs to and who belongs to it, on a day.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HierarchyView {
    /// The day.
    pub as_of: String,
    /// The account.
    pub account: AccountRef,
    /// The account that it belongs to.
    pub parent: Option<AccountRef>,
    /// The root of its group; itself where it has no parent.
    pub ultimate_parent: AccountRef,
    /// From the parent to the root.
    pub ancestors: Vec<AccountRef>,
    /// The accounts that belong to it directly.
    pub children: Vec<AccountRef>,
    /// The whole group from its root, level by level.
    pub tree: Vec<BranchView>,
    /// All its parents over time.
    pub parents: Vec<ParentView>,
    /// Accounts of the group that the reader may not see.
    pub left_out: u64,
}

/// A relationship, seen from an account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RelationshipView {
    /// `rel_…`; none for parents and merges, which are changed by operations of their own.
    pub id: Option<String>,
    /// `owns`, `distributor_of` …
    #[serde(rename = "type")]
    pub kind: String,
    /// `from` where the account asked for is the subject, `to` where it is the object.
    pub direction: String,
    /// Who.
    pub from: AccountRef,
    /// Whom.
    pub to: AccountRef,
    /// Share, 0 to 100.
    pub percent: Option<f64>,
    /// First day.
    pub valid_from: String,
    /// Last day; open when absent.
    pub valid_to: Option<String>,
    /// Who says so.
    pub source: Option<String>,
    /// Whether it holds on the day asked for.
    pub current: bool,
}

/// A score over several accounts: scores are not added up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RollupScore {
    /// The lowest.
    pub min: Option<f64>,
    /// Whose that is.
    pub min_account: Option<AccountRef>,
    /// The mean, weighted by the revenue of 365 days; unweighted where nobody has any.
    pub weighted_mean: Option<f64>,
    /// How many accounts have the score.
    pub accounts: u64,
}

/// What an account and all below it come to together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RollupView {
    /// When this was read.
    pub as_of: String,
    /// The business day that every window ends with.
    pub day: String,
    /// The touchpoint position up to which it is folded.
    pub position: u64,
    /// The account at the top.
    pub account: AccountRef,
    /// The accounts in it, the top first.
    pub accounts: Vec<BranchView>,
    /// Accounts below that the reader may not see: they are not in it.
    pub left_out: u64,
    /// By metric id, computed from the touchpoints of all of them: sums are sums, ratios are made of their parts, medians
    /// of all values. Money in the organisation's currency.
    pub metrics: BTreeMap<String, MetricView>,
    /// By score name.
    pub scores: BTreeMap<String, RollupScore>,
}
