//! Cases of onboarding, and an account's place in its life, as the faces show them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{HoldView, WatchView};

/// What a finding rests on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceItem {
    /// `account`, `application`, `document`, `change`, `person`, `matching`, or the name of a provider.
    pub source: String,
    /// What it says; null where it was erased or may not be seen.
    pub text: Option<String>,
    /// `doc_…`.
    pub document: Option<String>,
    /// As of when the source says so.
    pub as_of: Option<String>,
}

/// One entry of a step's trail.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StepEntry {
    /// Where the step stood from then on.
    pub state: String,
    /// Why.
    pub reason: Option<String>,
    /// What it rests on.
    pub evidence: Vec<EvidenceItem>,
    /// `usr_…` who said so; null for Kith itself.
    pub by: Option<String>,
    /// Their name.
    pub by_name: Option<String>,
    /// When.
    pub at: String,
}

/// A step of a case.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CaseStepView {
    /// `intake`, `duplicate_check`, `registry`, `tax_id`, `owners`, `screening`, `documents`, `credit`, `approvals`,
    /// `contract`, `provisioning` or `welcome`.
    pub step: String,
    /// What people call it.
    pub title: String,
    /// `not_started`, `running`, `passed`, `failed`, `pending_external`, `awaiting_customer` or `waived`.
    pub state: String,
    /// Why it stands there.
    pub reason: Option<String>,
    /// The steps that come before it.
    pub needs: Vec<String>,
    /// Those of them that are not settled.
    pub blocked_by: Vec<String>,
    /// Minutes that it may take.
    pub budget_minutes: u32,
    /// Minutes that it took.
    pub spent_minutes: u64,
    /// When it was begun.
    pub started_at: Option<String>,
    /// When it was settled.
    pub settled_at: Option<String>,
    /// When it is to be settled.
    pub due_at: Option<String>,
    /// It takes longer than it may.
    pub overdue: bool,
    /// How often somebody was reminded of what the customer owes.
    pub reminders: u32,
    /// It can be gone without, by approval.
    pub waivable: bool,
    /// What was found, oldest first.
    pub trail: Vec<StepEntry>,
}

/// Somebody who owns or controls the company.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CaseOwnerView {
    /// Name; null where it was erased or may not be seen.
    pub name: Option<String>,
    /// Share, 0 to 100.
    pub percent: Option<f64>,
    /// A natural person.
    pub is_person: bool,
    /// They control the company.
    pub controls: bool,
    /// ISO 3166-1 alpha-2 country.
    pub country: Option<String>,
}

/// A paper that a customer of this type must bring.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PaperView {
    /// What people call it.
    pub title: String,
    /// Kinds of documents that are this paper.
    pub kinds: Vec<String>,
    /// `doc_…` of the document that stands best.
    pub document: Option<String>,
    /// Where it stands.
    pub status: Option<String>,
    /// `usr_…` who brought it: somebody else verifies it.
    pub received_by: Option<String>,
}

/// A case of onboarding.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OnboardingView {
    /// `onb_…`.
    pub id: String,
    /// `acc_…` of whom it takes on.
    pub account: String,
    /// The account's number.
    pub account_number: String,
    /// The account's name.
    pub account_name: String,
    /// The account's stage.
    pub stage: String,
    /// The legal entity that takes it on.
    pub entity: String,
    /// What kind of customer.
    pub customer_type: String,
    /// `open`, `completed`, `rejected` or `withdrawn`.
    pub state: String,
    /// When the application was submitted.
    pub submitted_at: String,
    /// When it was found complete.
    pub complete_at: Option<String>,
    /// When the case ended.
    pub ended_at: Option<String>,
    /// `usr_…` who started it.
    pub started_by: Option<String>,
    /// Their name.
    pub started_by_name: Option<String>,
    /// The customer is waited for: the clock stands still.
    pub paused: bool,
    /// Minutes without the time in which the customer was waited for.
    pub net_minutes: u64,
    /// Minutes since the application.
    pub gross_minutes: u64,
    /// Minutes that the whole may take on the average.
    pub budget_minutes: u32,
    /// The customer pays in advance.
    pub prepay: bool,
    /// Code of the price list that it shall buy from.
    pub price_list: Option<String>,
    /// Its identifiers for electronic data interchange.
    pub edi_ids: Vec<String>,
    /// Who shall have access to the portal besides the signers: names, where they may be seen.
    pub portal_users: Vec<Option<String>>,
    /// Who owns and who controls the company.
    pub owners: Vec<CaseOwnerView>,
    /// The papers that it must bring.
    pub papers: Vec<PaperView>,
    /// The steps.
    pub steps: Vec<CaseStepView>,
    /// Why it was turned down, in one word.
    pub reject_code: Option<String>,
    /// Why it was turned down.
    pub reject_reason: Option<String>,
}

/// How long a step takes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StepDwell {
    /// Which step.
    pub step: String,
    /// Minutes that it may take.
    pub budget_minutes: u32,
    /// Minutes that it took, on the average.
    pub mean_minutes: Option<f64>,
    /// Nine of ten took at most so many minutes.
    pub p90_minutes: Option<f64>,
}

/// How long it takes to take a customer on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OnboardingKpi {
    /// Days that it looks back.
    pub days: u64,
    /// Cases that ended in that time by taking the customer on.
    pub cases: u64,
    /// Hours that it should take on the average.
    pub target_hours: f64,
    /// The figure: mean of the hours without waiting for the customer.
    pub mean_net_hours: Option<f64>,
    /// Half took at most so many hours.
    pub p50_net_hours: Option<f64>,
    /// Nine of ten took at most so many hours.
    pub p90_net_hours: Option<f64>,
    /// The same with waiting for the customer.
    pub mean_gross_hours: Option<f64>,
    /// The figure in business hours.
    pub mean_business_hours: Option<f64>,
    /// Share of the cases below the target, 0 to 1.
    pub share_under_target: Option<f64>,
    /// Whether the mean is below the target.
    pub meets_target: Option<bool>,
    /// Each step.
    pub steps: Vec<StepDwell>,
}

/// What became of a row of applications.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BulkRow {
    /// Row of the file; the header is row 1.
    pub row: u64,
    /// Line of the file on which the row begins: a cell may hold several lines.
    pub line: u64,
    /// The name in it.
    pub name: String,
    /// `ready`, `started` or `refused`.
    pub outcome: String,
    /// `onb_…` of the case.
    pub case: Option<String>,
    /// `acc_…` of the account.
    pub account: Option<String>,
    /// What is wrong with it.
    pub errors: Vec<BulkError>,
}

/// A fault of a row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BulkError {
    /// The column, where it is one's.
    pub column: Option<String>,
    /// Stable code.
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

/// What became of a file of applications.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BulkView {
    /// Whether anything was written; a dry run writes nothing.
    pub executed: bool,
    /// Rows that can be started, or were.
    pub ready: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// Columns of the file that mean nothing here.
    pub unknown_columns: Vec<String>,
    /// Row by row.
    pub rows: Vec<BulkRow>,
}

/// What stands in the way of a move, and what would change it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ObstacleView {
    /// Stable code.
    pub code: String,
    /// A sentence for people.
    pub text: String,
    /// What would change it.
    pub clears: String,
}

/// A move that begins where an account stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MoveView {
    /// Its name, for example `deactivate`.
    pub name: String,
    /// Where it ends; null for deleting.
    pub to: Option<String>,
    /// Who begins it: `request`, `case` or `automatic`.
    pub trigger: String,
    /// Whether it would be allowed now.
    pub allowed: bool,
    /// Its lane, for whoever asks now.
    pub lane: String,
    /// Who would approve it, in sequence.
    pub steps: Vec<String>,
    /// What stands in its way.
    pub obstacles: Vec<ObstacleView>,
}

/// The status of an account with one legal entity.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EntityStatus {
    /// The entity.
    pub entity: String,
    /// Stage, holds and watch in one word.
    pub status: String,
    /// What its holds stop: `nothing`, `credit` or `all`.
    pub blocked: String,
}

/// An account's place in its life.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LifecycleView {
    /// `acc_…`.
    pub account: String,
    /// Its stage.
    pub stage: String,
    /// Since when.
    pub stage_since: Option<String>,
    /// The gravest status of all.
    pub status: String,
    /// The status with each legal entity.
    pub statuses: Vec<EntityStatus>,
    /// What stands in its way.
    pub holds: Vec<HoldView>,
    /// Why an eye is kept on it.
    pub watch: Option<WatchView>,
    /// `onb_…` of its latest case of onboarding.
    pub onboarding: Option<String>,
    /// Every move that begins where it stands.
    pub moves: Vec<MoveView>,
}
