//! The state of a contract template.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, FieldSpec, standard};
use crate::account::{AgreementKind, words};

/// The code of the template that is built in.
pub const STANDARD: &str = "standard";

words! {
    /// What happens at the end of a contract's term (D§1.8).
    Renewal {
        /// It ends.
        None = "none",
        /// Somebody renews it, or it ends.
        Manual = "manual",
        /// It goes on for another term unless notice is given.
        Auto = "auto",
        /// It has no end; notice ends it.
        Evergreen = "evergreen",
    } default None
}

/// A template: what a contract says, and what its drafter fills in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContractTemplate {
    /// Its code; never changes.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// What kind of contract it makes.
    pub kind: AgreementKind,
    /// Counts its saves, from 1; 0 is the one that is built in.
    pub version: u32,
    /// Language of the text, BCP 47.
    pub language: String,
    /// The text: `# ` and `## ` begin headings, `- ` an item, an empty line ends a paragraph, `{{name}}` is a field.
    pub text: String,
    /// What the drafter fills in.
    pub fields: Vec<FieldSpec>,
    /// What happens at the end.
    pub renewal: Renewal,
    /// Days of notice.
    pub notice_days: u16,
    /// Months of a term: the first one, and each that follows by itself.
    pub auto_renew_term_months: u16,
    /// Which law governs it.
    pub governing_law: Option<String>,
    /// Whether we sign as well, after the customer.
    pub countersigned: bool,
    /// Whether somebody else than its drafter reviews a contract before it is sent.
    pub reviewed: bool,
    /// Whether onboarding drafts from it.
    pub is_default: bool,
    /// When it was retired.
    pub retired_at: Option<Timestamp>,
    /// When it was saved last.
    pub saved_at: Option<Timestamp>,
}

impl ContractTemplate {
    /// The one that is built in.
    #[must_use]
    pub fn standard() -> Self {
        standard::template()
    }

    /// Whether it is there.
    #[must_use]
    pub fn exists(&self) -> bool {
        !self.code.is_empty()
    }

    /// Whether contracts may be drafted from it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.exists() && self.retired_at.is_none()
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Saved { template } => self.clone_from(template),
            Event::Retired { at } => self.retired_at = Some(*at),
        }
    }
}
