//! What may be asked of a contract.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{ContractDraft, Link};
use crate::account::words;
use crate::approval::Operation;
use crate::value::{AccountId, ContractId, DocumentId, Personal};

words! {
    /// On what ground a contract is ended before its time.
    NoticeKind {
        /// By notice, in time.
        Notice = "notice",
        /// Both agree.
        Mutual = "mutual",
        /// The other side broke it.
        Breach = "breach",
    } default Notice
}

/// What a new contract comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// It amends a contract that stands: the next version of it.
    Amends(ContractId),
    /// It follows a contract that ends.
    Renews(ContractId),
}

/// The paper that is sent, and the links to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// The document.
    pub document: DocumentId,
    /// SHA-256 of its content, hexadecimal.
    pub sha256: String,
    /// Names this sending.
    pub envelope: String,
    /// A link for each signer, by place in the list.
    pub links: BTreeMap<u8, Link>,
}

/// A signature by click.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    /// Which signer, by place in the list.
    pub signer: u8,
    /// Digest of the link's secret; `None` when one of our users signs in their own session.
    pub link: Option<String>,
    /// The name that was typed.
    pub name: Personal<String>,
    /// From which network address.
    pub address: Option<Personal<String>>,
    /// SHA-256 of the document that was shown.
    pub sha256: String,
    /// Whether they said that they agree to sign electronically.
    pub consent: bool,
}

/// A scan of what was signed with ink.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// The document.
    pub document: DocumentId,
    /// SHA-256 of its content.
    pub sha256: String,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Draft it.
    Create {
        /// The new contract's id.
        id: ContractId,
        /// With whom.
        account: AccountId,
        /// What it comes from.
        origin: Option<Origin>,
        /// Its terms as given.
        draft: Box<ContractDraft>,
    },
    /// Edit a draft.
    Update {
        /// The terms as given.
        draft: Box<ContractDraft>,
    },
    /// Give a draft up: nothing was agreed.
    Discard {
        /// Why.
        reason: String,
    },
    /// Put it before a reviewer.
    Submit,
    /// Give it back to its drafter.
    Return {
        /// Why.
        reason: String,
    },
    /// Send it to its signers.
    Send(Box<Sending>),
    /// Give a signer another link; the one before stops to work.
    Relink {
        /// Which signer.
        signer: u8,
        /// The link.
        link: Link,
    },
    /// Take it back before all have signed.
    Recall {
        /// Why.
        reason: String,
    },
    /// Sign it.
    Sign(Box<Signing>),
    /// Do not sign it.
    Decline {
        /// Which signer.
        signer: u8,
        /// Digest of the link's secret.
        link: Option<String>,
        /// Why.
        reason: Personal<String>,
    },
    /// Bring the scan of what was signed with ink.
    UploadSigned(Scan),
    /// The scan shows the signatures of everybody who was left; said by somebody else than who brought it.
    ConfirmScan,
    /// The scan does not show it.
    RejectScan {
        /// Why.
        reason: String,
    },
    /// Somebody may sign for their side.
    ConfirmAuthority {
        /// Which signer.
        signer: u8,
        /// Why they may.
        basis: String,
    },
    /// End it.
    Terminate {
        /// On what ground.
        kind: NoticeKind,
        /// The last day.
        on: Date,
        /// Why.
        reason: String,
    },
    /// Another contract stands in its place.
    Supersede {
        /// Which.
        by: ContractId,
    },
    /// Do what the clock asks. By Kith itself.
    Tend {
        /// Today in the entity's zone.
        today: Date,
    },
    /// Somebody was reminded that a signature is missing. By Kith itself.
    RemindSigner {
        /// After how many hours.
        hours: u16,
        /// The time up to which it was looked.
        at: Timestamp,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Create { .. } => Operation::ContractCreate,
            Self::Update { .. }
            | Self::Discard { .. }
            | Self::Submit
            | Self::Return { .. }
            | Self::Recall { .. } => Operation::ContractUpdate,
            Self::Send(_) | Self::Relink { .. } => Operation::ContractSend,
            Self::Sign(_) | Self::Decline { .. } => Operation::ContractSign,
            Self::UploadSigned(_) => Operation::ContractUploadSigned,
            Self::ConfirmScan | Self::RejectScan { .. } | Self::ConfirmAuthority { .. } => {
                Operation::ContractConfirm
            }
            Self::Terminate { .. } => Operation::ContractTerminate,
            Self::Supersede { .. } | Self::Tend { .. } | Self::RemindSigner { .. } => Operation::ContractTend,
        }
    }
}
