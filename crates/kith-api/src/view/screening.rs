//! Screening: lists in force, hits, and who owns an account.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A file of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListFileView {
    /// Its name, as sent.
    pub name: String,
    /// Its format.
    pub format: String,
    /// SHA-256 of its content.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// What was loaded at one time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SnapshotView {
    /// Its id: the same content has the same.
    pub id: String,
    /// When it was loaded.
    pub loaded_at: String,
    /// Entries.
    pub entries: u64,
    /// Its files.
    pub files: Vec<ListFileView>,
}

/// A list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScreeningListView {
    /// Its name.
    pub name: String,
    /// Whether it is in force.
    pub in_force: bool,
    /// The snapshot in force, or the last that was.
    pub snapshot: SnapshotView,
    /// Earlier snapshots, the latest first.
    pub history: Vec<SnapshotView>,
}

/// An entry of a list beside a query, in the shape of the common `match` API.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatchView {
    /// Its id in the list.
    pub id: String,
    /// Its name.
    pub caption: String,
    /// `Person`, `Organization`, `Vessel`, `Airplane` or `LegalEntity`.
    pub schema: String,
    /// 0 to 1.
    pub score: f64,
    /// Whether the score reaches the threshold.
    #[serde(rename = "match")]
    pub is_match: bool,
    /// What made the score.
    pub features: BTreeMap<String, f64>,
    /// The lists that it stands in.
    pub datasets: Vec<String>,
    /// The list's snapshot.
    pub snapshot: String,
    /// When the snapshot was loaded.
    pub loaded_at: String,
    /// Names, countries, dates, topics.
    pub properties: BTreeMap<String, Vec<String>>,
}

/// What one query found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatchReply {
    /// 200.
    pub status: u16,
    /// The best first.
    pub results: Vec<MatchView>,
    /// How many there are, shown or not.
    pub total: u64,
}

/// What all queries found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScreenReply {
    /// By the name of the query.
    pub responses: BTreeMap<String, MatchReply>,
    /// From here on a result is a match.
    pub threshold: f64,
    /// Results shown of a query.
    pub limit: u64,
}

/// Who was screened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyView {
    /// `account`, `contact` or `owner`.
    pub role: String,
    /// `acc_…`, `con_…` or the owner's id.
    pub id: String,
    /// The name that was alike.
    pub name: String,
}

/// What a reviewer said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpinionView {
    /// `false_positive`, `true_match`, `inconclusive` or `escalated`.
    pub disposition: String,
    /// Who.
    pub by: Option<String>,
    /// Their name.
    pub by_name: Option<String>,
    /// When.
    pub at: String,
    /// Why.
    pub reason: Option<String>,
    /// What shows it.
    pub evidence: Option<String>,
}

/// A hit of an account on an entry of a list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HitView {
    /// `hit_…`.
    pub id: String,
    /// `recorded`, `open`, `in_review`, `false_positive`, `true_match`, `inconclusive`, `escalated` or `withdrawn`.
    pub state: String,
    /// `acc_…`.
    pub account: String,
    /// The account's number.
    pub account_number: String,
    /// The account's name.
    pub account_name: String,
    /// Who was screened.
    pub party: PartyView,
    /// The entry.
    pub entry: MatchView,
    /// The name of the entry that was alike.
    pub matched_name: String,
    /// When it was found last.
    pub raised_at: String,
    /// Who looks, or looked.
    pub reviewer: Option<String>,
    /// What reviewers said.
    pub opinions: Vec<OpinionView>,
    /// `false_positive` or `true_match`, while a second reviewer has to agree to it; what the last of `opinions` says.
    pub proposed: Option<String>,
    /// When it was decided.
    pub decided_at: Option<String>,
    /// The last day for the report of a true match.
    pub report_due_on: Option<String>,
}

/// What the screening of an account came to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScreeningView {
    /// `acc_…`.
    pub account: String,
    /// `clear`, `pending` (somebody has to decide) or `blocked` (a true match, or owned by blocked parties).
    pub outcome: String,
    /// Parties that were screened.
    pub parties: u64,
    /// The lists that were in force, with their snapshots.
    pub lists: Vec<String>,
    /// Its hits that are neither withdrawn nor only recorded.
    pub hits: Vec<HitView>,
    /// Its hits that were too weak for an alert.
    pub recorded: u64,
    /// What ownership says: `clear`, `escalate` or `blocked`.
    pub ownership: String,
}

/// An owner in the end.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OwnerView {
    /// `acc_…`, or the owner's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `person`, `company` or `account`.
    pub kind: String,
    /// Country, two letters.
    pub country: Option<String>,
    /// Share that is held directly, in percent.
    pub direct: f64,
    /// Share through all chains, in percent.
    pub indirect: f64,
    /// Whether it is a beneficial owner.
    pub beneficial: bool,
    /// Whether it controls the account whatever its share.
    pub controls: bool,
    /// Whether it is blocked.
    pub blocked: bool,
}

/// Who owns an account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OwnershipView {
    /// `acc_…`.
    pub account: String,
    /// Owners, the greatest share first.
    pub owners: Vec<OwnerView>,
    /// The share from which on an owner is a beneficial owner, in percent.
    pub threshold: f64,
    /// How much is known to belong to somebody directly, in percent.
    pub known: f64,
    /// Whether somebody in control is named.
    pub control_named: bool,
    /// The share of blocked owners, taken together, in percent.
    pub blocked: f64,
    /// `clear`, `escalate` (25 % or more) or `blocked` (50 % or more).
    pub verdict: String,
}
