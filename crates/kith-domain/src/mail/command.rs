//! What may be asked of a mail.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::value::{AccountId, MailId, Personal};

/// What a mail is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    /// Sign this contract.
    #[default]
    SignatureInvitation,
    /// This contract still waits for your signature.
    SignatureReminder,
    /// Choose a password for the portal.
    PortalActivation,
    /// Your application lacks something.
    ApplicationReminder,
    /// You are a customer now.
    Welcome,
}

impl MailKind {
    /// The code on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignatureInvitation => "signature_invitation",
            Self::SignatureReminder => "signature_reminder",
            Self::PortalActivation => "portal_activation",
            Self::ApplicationReminder => "application_reminder",
            Self::Welcome => "welcome",
        }
    }
}

/// How a mail left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentBy {
    /// A mail server took it.
    #[default]
    Smtp,
    /// It was written into a folder.
    Folder,
}

impl SentBy {
    /// The code on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Folder => "folder",
        }
    }
}

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The new mail's id.
    pub id: MailId,
    /// What it is for.
    pub kind: MailKind,
    /// The account that it concerns.
    pub account: AccountId,
    /// What it is about: `ctr_…`, `usr_…`, `onb_…`.
    pub about: String,
    /// The address.
    pub to: Personal<String>,
    /// The name of who reads it.
    pub name: Personal<String>,
    /// Its subject.
    pub subject: Personal<String>,
    /// Its text; [`super::LINK`] stands where the link goes.
    pub text: Personal<String>,
    /// The path of its link, sealed under the mail itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Personal<String>>,
    /// Until when it is worth sending: its link works so long, or it would come too late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Put it into the outbox.
    Queue(Box<Letter>),
    /// It left.
    Sent {
        /// How.
        by: SentBy,
    },
    /// A try failed.
    Fail {
        /// Which try it was, from 1.
        attempt: u32,
        /// Why, in one word.
        code: String,
        /// What was answered, sealed: servers name addresses.
        answer: Personal<String>,
        /// Another try would fail the same way.
        permanent: bool,
        /// How long to wait before the next try, milliseconds.
        wait_ms: i64,
    },
    /// Try it again now.
    Retry,
    /// Do not send it.
    Discard,
}
