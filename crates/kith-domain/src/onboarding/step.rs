//! The twelve steps: what each needs, how long it may take, and the states it goes through (D§2.3).

use serde::{Deserialize, Serialize};

use crate::account::words;
use crate::policy::Lane;

/// Hours of waiting for the customer after which somebody is reminded.
pub const REMINDERS_HOURS: [i64; 3] = [4, 24, 72];

words! {
    /// A step of onboarding.
    StepName {
        /// The application is complete.
        Intake = "intake",
        /// The customer is not on record yet.
        DuplicateCheck = "duplicate_check",
        /// A register knows it, under that name, as active.
        Registry = "registry",
        /// An authority knows its number.
        TaxId = "tax_id",
        /// Who owns and who controls it is on record.
        Owners = "owners",
        /// Nobody of them is on a list.
        Screening = "screening",
        /// Its papers are verified.
        Documents = "documents",
        /// How much it may owe.
        Credit = "credit",
        /// AR Manager and Controller agree.
        Approvals = "approvals",
        /// The contract is signed and valid.
        Contract = "contract",
        /// People, roles and prices are set up.
        Provisioning = "provisioning",
        /// The customer knows, and can order.
        Welcome = "welcome",
    } default Intake

    /// Where a step stands.
    StepState {
        /// Nobody has begun it.
        NotStarted = "not_started",
        /// It is worked on.
        Running = "running",
        /// It is done.
        Passed = "passed",
        /// It was done and came out badly: it is repeated, waived, or the case is turned down.
        Failed = "failed",
        /// Somebody outside does not answer; they are asked again.
        PendingExternal = "pending_external",
        /// The customer must do something; the clock stands still.
        AwaitingCustomer = "awaiting_customer",
        /// It is gone without, for a reason.
        Waived = "waived",
    } default NotStarted

    /// Where a case stands.
    CaseState {
        /// It is worked on.
        Open = "open",
        /// The customer was taken on.
        Completed = "completed",
        /// It was turned down.
        Rejected = "rejected",
        /// The customer does not want any more.
        Withdrawn = "withdrawn",
    } default Open

    /// Why a case is turned down.
    RejectCode {
        /// A true match with a list of sanctions.
        SanctionsMatch = "sanctions_match",
        /// It is not who it says it is.
        KybFailed = "kyb_failed",
        /// No credit, and no payment in advance.
        CreditDeclined = "credit_declined",
        /// The customer does not want any more.
        Withdrawn = "withdrawn",
        /// Nothing happened for 30 days.
        Idle = "idle",
        /// Something else.
        Other = "other",
    } default Other
}

impl StepName {
    /// The steps that are settled before this one begins. Those from the third to the seventh go side by side.
    #[must_use]
    pub fn needs(self) -> &'static [Self] {
        use StepName::{
            Approvals, Contract, Credit, Documents, DuplicateCheck, Intake, Owners, Provisioning, Registry,
            Screening, TaxId,
        };
        match self {
            Self::Intake => &[],
            Self::DuplicateCheck
            | Self::Registry
            | Self::TaxId
            | Self::Owners
            | Self::Screening
            | Self::Documents => &[Intake],
            Self::Credit => &[Registry, TaxId, Owners, Screening],
            Self::Approvals => &[Credit],
            Self::Contract => &[Screening],
            Self::Provisioning => &[DuplicateCheck, Documents, Approvals, Contract],
            Self::Welcome => &[Provisioning],
        }
    }

    /// Minutes that it may take.
    #[must_use]
    pub fn budget_minutes(self) -> u32 {
        match self {
            Self::Intake | Self::DuplicateCheck => 5,
            Self::Registry => 15,
            Self::TaxId => 10,
            Self::Owners | Self::Screening => 20,
            Self::Documents | Self::Credit | Self::Contract => 30,
            Self::Approvals => 45,
            Self::Provisioning => 2,
            Self::Welcome => 3,
        }
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Intake => "Intake and completeness",
            Self::DuplicateCheck => "Duplicate check",
            Self::Registry => "Registry identity",
            Self::TaxId => "Tax ID, VAT, LEI",
            Self::Owners => "Beneficial owners",
            Self::Screening => "Sanctions and PEP screening",
            Self::Documents => "Document verification",
            Self::Credit => "Credit check and limit",
            Self::Approvals => "Approvals",
            Self::Contract => "Contract",
            Self::Provisioning => "Provisioning",
            Self::Welcome => "Welcome and first-order readiness",
        }
    }

    /// The lane in which it is waived; none where nobody goes without it.
    #[must_use]
    pub fn waived_in(self) -> Option<Lane> {
        match self {
            Self::Intake | Self::Approvals => None,
            Self::Owners | Self::Screening => Some(Lane::Red),
            _ => Some(Lane::Yellow),
        }
    }
}

impl StepState {
    /// Whether nothing more is done about a step.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Passed | Self::Waived)
    }
}
