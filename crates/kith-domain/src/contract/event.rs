//! What happened to a contract. STORED FORMAT: add variants and optional members, never change one.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Authority, Evidence, Link, NoticeKind, Origin, Scan, Sending, Terms};
use crate::contract_template::FieldSpec;
use crate::value::{AccountId, ContractId, Personal, UserId};

/// The template as it was when the contract was drafted: what is signed later does not follow its changes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TemplateRef {
    /// Its code.
    pub code: String,
    /// Its version.
    pub version: u32,
    /// Its language.
    pub language: String,
    /// Its text.
    pub text: String,
    /// Its fields.
    pub fields: Vec<FieldSpec>,
    /// Whether somebody else than the drafter reviews.
    pub reviewed: bool,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was drafted.
    Drafted {
        /// The id.
        id: ContractId,
        /// With whom.
        account: AccountId,
        /// Its number; its amendments have the same.
        number: String,
        /// Which version of it, from 1.
        revision: u16,
        /// What it comes from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Origin>,
        /// The template.
        template: Box<TemplateRef>,
        /// Its terms.
        terms: Box<Terms>,
        /// Who drafted it.
        by: Option<UserId>,
        /// When.
        at: Timestamp,
    },
    /// The draft has these terms now.
    Edited {
        /// Its terms.
        terms: Box<Terms>,
        /// Who edited it.
        by: Option<UserId>,
        /// When.
        at: Timestamp,
    },
    /// The draft was given up.
    Discarded {
        /// Why.
        reason: String,
        /// Who says so.
        by: Option<UserId>,
        /// When.
        at: Timestamp,
    },
    /// It waits for its reviewer.
    Submitted {
        /// When.
        at: Timestamp,
    },
    /// It is a draft again.
    Returned {
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
    },
    /// It was sent.
    Sent {
        /// The paper and the links.
        sending: Box<Sending>,
        /// Who sent it.
        by: Option<UserId>,
        /// When.
        at: Timestamp,
    },
    /// A signer has another link.
    Relinked {
        /// Which signer.
        signer: u8,
        /// The link.
        link: Link,
    },
    /// It was taken back: a draft again.
    Recalled {
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
    },
    /// Somebody signed.
    SignatureMade {
        /// Which signer.
        signer: u8,
        /// What shows it.
        evidence: Box<Evidence>,
    },
    /// Somebody does not sign: a draft again.
    Declined {
        /// Which signer.
        signer: u8,
        /// Why.
        reason: Personal<String>,
        /// When.
        at: Timestamp,
    },
    /// The scan of what was signed with ink came in.
    ScanReceived {
        /// The scan.
        scan: Scan,
        /// Who brought it.
        by: Option<UserId>,
        /// When.
        at: Timestamp,
    },
    /// The scan does not show the signatures.
    ScanRejected {
        /// Why.
        reason: String,
        /// Who says so.
        by: Option<UserId>,
        /// When.
        at: Timestamp,
    },
    /// Somebody may sign for their side.
    AuthorityConfirmed {
        /// Which signer.
        signer: u8,
        /// Why they may.
        authority: Authority,
    },
    /// All have signed.
    Signed {
        /// When.
        at: Timestamp,
    },
    /// All signatures are there, for the very document, by people who may.
    Validated {
        /// When.
        at: Timestamp,
    },
    /// It holds.
    Activated {
        /// Since when.
        on: Date,
    },
    /// Its end or the last day of notice comes near.
    Expiring {
        /// The day up to which something must be done.
        deadline: Date,
    },
    /// People were reminded of the deadline.
    Reminded {
        /// So many days before it, as the list of reminders counts.
        days: u16,
        /// The deadline.
        deadline: Date,
    },
    /// People were reminded of a missing signature.
    SigningReminded {
        /// After how many hours.
        hours: u16,
        /// When.
        at: Timestamp,
    },
    /// An audit of what was agreed is due.
    AuditDue {
        /// When.
        on: Date,
    },
    /// Somebody gave notice.
    NoticeGiven {
        /// On what ground.
        kind: NoticeKind,
        /// Its last day.
        on: Date,
        /// Why.
        reason: String,
        /// Who says so.
        by: Option<UserId>,
        /// When.
        at: Timestamp,
    },
    /// It was ended.
    Terminated {
        /// Its last day.
        on: Date,
    },
    /// It goes on for another term.
    Renewed {
        /// The last day of the new term.
        ends_on: Date,
    },
    /// Its last day has passed.
    Expired {
        /// Its last day.
        on: Date,
    },
    /// Another contract stands in its place.
    Superseded {
        /// Which.
        by: ContractId,
        /// When.
        at: Timestamp,
    },
}
