//! Contracts, their templates, and what a customer's person sees in the portal.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MoneyView;

/// A party of a contract.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContractPartyView {
    /// `supplier`, `customer`, `guarantor`, `other`.
    pub side: String,
    /// Its name in the contract.
    pub name: String,
}

/// How much the customer commits to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VolumeView {
    /// As money.
    pub amount: Option<MoneyView>,
    /// As a quantity.
    pub quantity: Option<u32>,
    /// Of what.
    pub unit: Option<String>,
    /// `month`, `quarter`, `year`.
    pub period: String,
}

/// What service is promised.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SlaView {
    /// Deliveries on time and in full, percent.
    pub otif_pct: Option<String>,
    /// Hours until an inquiry is answered.
    pub response_hours: Option<u16>,
    /// Days within which a claim is filed.
    pub claim_days: Option<u16>,
}

/// What shows that somebody signed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignatureView {
    /// `ses`, `aes`, `qes` (eIDAS) or `wet`.
    pub method: String,
    /// The name that they typed, or that stands under the ink; null when it is not yours to see.
    pub name: Option<String>,
    /// When.
    pub at: String,
    /// From which network address; null for ink, or when it is not yours to see.
    pub address: Option<String>,
    /// SHA-256 of the document that was signed, hexadecimal.
    pub sha256: String,
    /// The envelope in which it was sent.
    pub envelope: String,
    /// `doc_…` of the scan, of ink.
    pub scan: Option<String>,
    /// SHA-256 of the scan.
    pub scan_sha256: Option<String>,
}

/// Somebody who signs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignerView {
    /// The place in the list, from 0: names the signer in requests.
    pub signer: u8,
    /// `supplier` or `customer`.
    pub side: String,
    /// Name; null when it is not yours to see.
    pub name: Option<String>,
    /// E-mail; the same.
    pub email: Option<String>,
    /// Job; the same.
    pub title: Option<String>,
    /// `con_…`.
    pub contact: Option<String>,
    /// `usr_…`.
    pub user: Option<String>,
    /// The place in the order, from 1.
    pub order: u8,
    /// `waiting`, `turn` (may sign now), `signed`.
    pub state: String,
    /// Why they may sign; null while nobody confirmed it.
    pub authority: Option<String>,
    /// Who confirmed it; null when it follows from the record.
    pub authority_by: Option<String>,
    /// Until when their link works.
    pub link_expires_at: Option<String>,
    /// What shows that they signed.
    pub signature: Option<SignatureView>,
}

/// The link of a signer, in this reply only.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignerLink {
    /// Which signer.
    pub signer: u8,
    /// Path of the page that it opens, without the host.
    pub path: String,
    /// Until when it works.
    pub expires_at: String,
}

/// When and why a contract ends before its time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NoticeView {
    /// `notice`, `mutual`, `breach`.
    pub kind: String,
    /// Its last day.
    pub on: String,
    /// Why.
    pub reason: String,
    /// When that was said.
    pub at: String,
}

/// A contract.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContractView {
    /// `ctr_…`.
    pub id: String,
    /// Version of the record (`ETag`).
    pub version: u64,
    /// Its number; amendments have the same.
    pub number: String,
    /// Which version of the contract, from 1.
    pub revision: u16,
    /// `acc_…`.
    pub account: String,
    /// Name of the account.
    pub account_name: String,
    /// `msa`, `rate_agreement`, `sla`, `nda`, `dpa`, `credit_application`, `guarantee`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What people call it.
    pub title: String,
    /// `draft`, `in_review`, `sent`, `partially_signed`, `signed`, `active`, `expiring`, `expired`, `renewed`, `terminated`.
    pub state: String,
    /// Code of the template.
    pub template: String,
    /// Its version; 0 for the one that is built in.
    pub template_version: u32,
    /// Code of the legal entity.
    pub entity: String,
    /// The parties.
    pub parties: Vec<ContractPartyView>,
    /// First day.
    pub starts_on: Option<String>,
    /// Last day of the running term.
    pub ends_on: Option<String>,
    /// `none`, `manual`, `auto`, `evergreen`.
    pub renewal: String,
    /// Days of notice.
    pub notice_days: u16,
    /// Months of a term.
    pub auto_renew_term_months: u16,
    /// The last day of notice.
    pub deadline: Option<String>,
    /// The day of the next audit.
    pub next_audit_on: Option<String>,
    /// What the customer commits to.
    pub committed_volume: Option<VolumeView>,
    /// Codes of price lists.
    pub price_refs: Vec<String>,
    /// What service is promised.
    pub sla: SlaView,
    /// How well the customer is served.
    pub tier: Option<String>,
    /// Which law governs it.
    pub governing_law: Option<String>,
    /// `doc_…` that belong to it.
    pub documents: Vec<String>,
    /// Values of the template's fields, as they are written; empty when they are not yours to see.
    pub fields: BTreeMap<String, String>,
    /// Who signs.
    pub signers: Vec<SignerView>,
    /// They sign one after the other.
    pub in_order: bool,
    /// `con_…` who get access to the portal besides the customer's signers.
    pub portal_contacts: Vec<String>,
    /// `ctr_…` that it amends.
    pub amends: Option<String>,
    /// `ctr_…` that it renews.
    pub renews: Option<String>,
    /// `ctr_…` in its place.
    pub superseded_by: Option<String>,
    /// `doc_…` of the pages that were sent.
    pub document: Option<String>,
    /// SHA-256 of those pages.
    pub sha256: Option<String>,
    /// `doc_…` of a scan that waits to be confirmed.
    pub pending_scan: Option<String>,
    /// What was said when it was given back, recalled or its scan rejected last.
    pub returned: Option<String>,
    /// Why a signer declined last.
    pub declined: Option<String>,
    /// What it lacks before it can be sent: JSON Pointers.
    pub missing: Vec<String>,
    /// `usr_…` who drafted it.
    pub drafted_by: Option<String>,
    /// Their name.
    pub drafted_by_name: Option<String>,
    /// When.
    pub drafted_at: String,
    /// When it was sent.
    pub sent_at: Option<String>,
    /// When all had signed.
    pub signed_at: Option<String>,
    /// When it was validated: every signature, the very document, everybody's authority.
    pub validated_at: Option<String>,
    /// Since when it holds.
    pub active_since: Option<String>,
    /// When and why it ends before its time.
    pub notice: Option<NoticeView>,
    /// Its last day, once it has ended.
    pub ended_on: Option<String>,
    /// The links of its signers; only in the reply to sending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<SignerLink>,
}

/// A field of a template.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TemplateFieldView {
    /// Name in the text.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// `text`, `paragraph`, `number`, `money`, `date`, `choice`, `flag`.
    #[serde(rename = "type")]
    pub kind: String,
    /// A contract cannot be sent without it.
    pub required: bool,
    /// Of a choice: the words.
    pub choices: Vec<String>,
    /// The value when nobody gives one, as it is written.
    pub default: Option<String>,
}

/// A contract template.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContractTemplateView {
    /// Its code.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// What kind of contract it makes.
    #[serde(rename = "type")]
    pub kind: String,
    /// Counts its saves; 0 is the one that is built in.
    pub version: u32,
    /// Language of the text.
    pub language: String,
    /// The text.
    pub text: String,
    /// Its fields.
    pub fields: Vec<TemplateFieldView>,
    /// `none`, `manual`, `auto`, `evergreen`.
    pub renewal: String,
    /// Days of notice.
    pub notice_days: u16,
    /// Months of a term.
    pub auto_renew_term_months: u16,
    /// Which law governs it.
    pub governing_law: Option<String>,
    /// We sign as well.
    pub countersigned: bool,
    /// Somebody else than the drafter reviews.
    pub reviewed: bool,
    /// Onboarding drafts from it.
    pub is_default: bool,
    /// Nothing is drafted from it any more.
    pub retired: bool,
}

/// A link to choose a password, in this reply only.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActivationView {
    /// `usr_…`.
    pub user: String,
    /// Path of the page that it opens, without the host.
    pub path: String,
    /// Until when it works.
    pub expires_at: String,
}

/// A customer's person as the people of ours see them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PortalUserView {
    /// `usr_…`.
    pub id: String,
    /// Name; null when it is not yours to see.
    pub name: Option<String>,
    /// E-mail; the same.
    pub email: Option<String>,
    /// `con_…`.
    pub contact: Option<String>,
    /// `portal_admin`, `portal_user`.
    pub roles: Vec<String>,
    /// `invited`, `active`, `revoked` (the account may not use the portal), `suspended`.
    pub state: String,
    /// When they chose their password.
    pub activated_at: Option<String>,
}

/// What a customer's person sees.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PortalView {
    /// `acc_…`.
    pub account: String,
    /// The number people use.
    pub account_number: String,
    /// Its name.
    pub name: String,
    /// Its contracts.
    pub contracts: Vec<ContractView>,
}
