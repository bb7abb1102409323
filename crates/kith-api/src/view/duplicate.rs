//! Accounts that may be one customer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is compared of an account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DuplicateAccount {
    /// `acc_…`.
    pub id: String,
    /// `C-…`.
    pub account_number: String,
    /// Name.
    pub name: String,
    /// Tax number.
    pub tax_id: String,
    /// E-mail address.
    pub email: String,
    /// Domain or web address.
    pub website: String,
    /// Telephone number.
    pub phone: String,
    /// First line of the billing address.
    pub street: String,
    /// City of the billing address.
    pub city: String,
    /// Postal code of the billing address.
    pub postal_code: String,
    /// Country of the billing address.
    pub country: String,
    /// The legal entity that owns it.
    pub owning_entity: String,
    /// Where it stands in its life.
    pub stage: String,
    /// When it was created.
    pub created_at: String,
}

/// What one comparison adds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WaterfallStep {
    /// The field.
    pub field: String,
    /// How the two values agree, in words.
    pub level: String,
    /// The one value.
    pub left: String,
    /// The other value.
    pub right: String,
    /// What it adds, in bits.
    pub weight: f64,
}

/// A pair of accounts that may be one customer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DuplicateView {
    /// `dup_…`.
    pub id: String,
    /// `open`, `dismissed`, `merged`, `withdrawn`.
    pub state: String,
    /// The chance that both are one, 0 to 1.
    pub probability: f64,
    /// Log of the odds to the base 2; the prior weight and the waterfall add up to it.
    pub weight: f64,
    /// The weight before anything is compared.
    pub prior_weight: f64,
    /// The account that was there first.
    pub left: DuplicateAccount,
    /// The other.
    pub right: DuplicateAccount,
    /// What each comparison added, greatest effect first.
    pub waterfall: Vec<WaterfallStep>,
    /// When it was found last.
    pub raised_at: String,
    /// Who decided.
    pub decided_by: Option<String>,
    /// Their name.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The account that stayed, after a merge.
    pub survivor: Option<String>,
}

/// Accounts that are probably one customer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DuplicateClusterView {
    /// The account that names it: `acc_…`.
    pub id: String,
    /// Its accounts.
    pub accounts: Vec<DuplicateAccount>,
    /// The open pairs that put them together.
    pub pairs: Vec<ClusterPair>,
    /// What keeps other accounts out, though pairs would bring them in.
    pub vetoes: Vec<ClusterVeto>,
}

/// A pair within a cluster.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterPair {
    /// `dup_…`.
    pub id: String,
    /// `acc_…`.
    pub left: String,
    /// `acc_…`.
    pub right: String,
    /// The chance that both are one, 0 to 1.
    pub probability: f64,
}

/// Two accounts that cannot be one, so that what is alike to both stays with the likelier.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterVeto {
    /// The account in the cluster.
    pub left: String,
    /// The account that stays out.
    pub right: String,
    /// The field that contradicts.
    pub field: String,
    /// Its value there.
    pub left_value: String,
    /// Its value here.
    pub right_value: String,
    /// Why, in words.
    pub reason: String,
}

/// An account on record that a new one may be.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CandidateView {
    /// The account.
    pub account: DuplicateAccount,
    /// The chance that both are one, 0 to 1.
    pub probability: f64,
    /// Log of the odds to the base 2.
    pub weight: f64,
    /// The weight before anything is compared.
    pub prior_weight: f64,
    /// What each comparison added: `left` is the new account, `right` the one on record.
    pub waterfall: Vec<WaterfallStep>,
}

/// The scan of all accounts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DuplicateScanView {
    /// Empty before the first scan since the start, then `running`, `finished` or `failed`.
    pub state: String,
    /// The share that is done, 0 to 1.
    pub progress: f64,
    /// Accounts that are compared.
    pub accounts: u64,
    /// Pairs that were found.
    pub pairs: u64,
    /// When it began.
    pub started_at: Option<String>,
    /// When it ended.
    pub finished_at: Option<String>,
}
