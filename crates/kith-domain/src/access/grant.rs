//! What a role allows.

use serde::{Deserialize, Serialize};

use super::Role;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// Something that may be done. Whatever no role grants is denied.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Grant { $($(#[$doc])* $name,)* }

        impl Grant {
            /// Every grant.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code, for example `accounts_read`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }
        }
    };
}

names! {
    /// Read accounts, profiles, timelines and lists.
    AccountsRead = "accounts_read";
    /// Create and edit accounts (through the change gate).
    AccountsWrite = "accounts_write";
    /// Place holds and watches, and ask for their release.
    HoldsWrite = "holds_write";
    /// Write notes and record reviews.
    NotesWrite = "notes_write";
    /// See changes.
    ChangesRead = "changes_read";
    /// Submit changes, and cancel one's own.
    ChangesSubmit = "changes_submit";
    /// Approve and reject changes. People only.
    ChangesApprove = "changes_approve";
    /// Bring touchpoints.
    TouchpointsWrite = "touchpoints_write";
    /// Decide what waits in quarantine.
    TouchpointsDecide = "touchpoints_decide";
    /// Bring files and see their reports.
    ImportsWrite = "imports_write";
    /// Read credit limits, exposure and margins.
    CreditRead = "credit_read";
    /// Look at alerts, and close them with what they were.
    AlertsDecide = "alerts_decide";
    /// Train scorecards from files and from history.
    ScorecardsTrain = "scorecards_train";
    /// Reserve credit for orders, commit and void.
    CreditReserve = "credit_reserve";
    /// Read personal data in the clear.
    PersonalRead = "personal_read";
    /// Bring documents of accounts, and delete them.
    DocumentsWrite = "documents_write";
    /// Verify certificates and documents, and hold documents. People only.
    VerificationsWrite = "verifications_write";
    /// Ask questions.
    Ask = "ask";
    /// Save views.
    ViewsWrite = "views_write";
    /// Read the audit trail and its proofs.
    AuditRead = "audit_read";
    /// Make and revoke one's own tokens.
    TokensManageOwn = "tokens_manage_own";
    /// Make and revoke tokens of programs and, in set-up, of others.
    TokensManage = "tokens_manage";
    /// Add users, give and take roles.
    UsersManage = "users_manage";
    /// Change the organisation, its entities and its rates.
    OrganisationManage = "organisation_manage";
    /// Load and retire the lists that names are screened against.
    ListsWrite = "lists_write";
    /// Run the installation: ticks, jobs, rebuilds.
    Operate = "operate";
}

impl Grant {
    /// Whether only people may use it: programs, agents and Kith itself never approve or verify.
    #[must_use]
    pub fn people_only(self) -> bool {
        matches!(self, Self::ChangesApprove | Self::VerificationsWrite)
    }

    /// Whether the grant is about the whole organisation, so that a role for one entity never carries it.
    #[must_use]
    pub fn organisation_wide(self) -> bool {
        matches!(
            self,
            Self::TouchpointsDecide
                | Self::ScorecardsTrain
                | Self::AuditRead
                | Self::TokensManage
                | Self::UsersManage
                | Self::OrganisationManage
                | Self::ListsWrite
                | Self::Operate
        )
    }
}

const READ: &[Grant] =
    &[Grant::AccountsRead, Grant::Ask, Grant::ViewsWrite, Grant::ChangesRead, Grant::TokensManageOwn];
const SELL: &[Grant] = &[
    Grant::AccountsRead,
    Grant::HoldsWrite,
    Grant::AccountsWrite,
    Grant::NotesWrite,
    Grant::ChangesRead,
    Grant::ChangesSubmit,
    Grant::PersonalRead,
    Grant::Ask,
    Grant::ViewsWrite,
    Grant::TokensManageOwn,
    Grant::CreditRead,
    Grant::DocumentsWrite,
    Grant::CreditReserve,
];
const ANALYSE: &[Grant] = &[
    Grant::AccountsRead,
    Grant::HoldsWrite,
    Grant::AccountsWrite,
    Grant::NotesWrite,
    Grant::ChangesRead,
    Grant::ChangesSubmit,
    Grant::ChangesApprove,
    Grant::PersonalRead,
    Grant::Ask,
    Grant::ViewsWrite,
    Grant::TokensManageOwn,
    Grant::CreditRead,
    Grant::AlertsDecide,
    Grant::ScorecardsTrain,
    Grant::CreditReserve,
];
const SUPPORT: &[Grant] = &[
    Grant::AccountsRead,
    Grant::NotesWrite,
    Grant::ChangesRead,
    Grant::PersonalRead,
    Grant::Ask,
    Grant::ViewsWrite,
    Grant::TokensManageOwn,
    Grant::DocumentsWrite,
];
const APPROVE: &[Grant] = &[
    Grant::AccountsRead,
    Grant::HoldsWrite,
    Grant::AccountsWrite,
    Grant::NotesWrite,
    Grant::ChangesRead,
    Grant::ChangesSubmit,
    Grant::ChangesApprove,
    Grant::CreditRead,
    Grant::AlertsDecide,
    Grant::ScorecardsTrain,
    Grant::PersonalRead,
    Grant::Ask,
    Grant::ViewsWrite,
    Grant::TokensManageOwn,
    Grant::ImportsWrite,
    Grant::AuditRead,
    Grant::DocumentsWrite,
    Grant::VerificationsWrite,
    Grant::CreditReserve,
];
const OVERSEE: &[Grant] = &[
    Grant::AccountsRead,
    Grant::ListsWrite,
    Grant::HoldsWrite,
    Grant::NotesWrite,
    Grant::ChangesRead,
    Grant::ChangesSubmit,
    Grant::ChangesApprove,
    Grant::CreditRead,
    Grant::AlertsDecide,
    Grant::PersonalRead,
    Grant::Ask,
    Grant::ViewsWrite,
    Grant::TokensManageOwn,
    Grant::AuditRead,
    Grant::DocumentsWrite,
    Grant::VerificationsWrite,
];
const OPS: &[Grant] = &[
    Grant::AccountsRead,
    Grant::ListsWrite,
    Grant::HoldsWrite,
    Grant::AccountsWrite,
    Grant::NotesWrite,
    Grant::ChangesRead,
    Grant::ChangesSubmit,
    Grant::TouchpointsWrite,
    Grant::TouchpointsDecide,
    Grant::ImportsWrite,
    Grant::PersonalRead,
    Grant::Ask,
    Grant::ViewsWrite,
    Grant::TokensManageOwn,
    Grant::DocumentsWrite,
    Grant::CreditReserve,
];
const INTEGRATION: &[Grant] = &[
    Grant::AccountsRead,
    Grant::ListsWrite,
    Grant::HoldsWrite,
    Grant::AccountsWrite,
    Grant::ChangesRead,
    Grant::ChangesSubmit,
    Grant::TouchpointsWrite,
    Grant::ImportsWrite,
    Grant::TokensManageOwn,
    Grant::DocumentsWrite,
    Grant::CreditReserve,
    Grant::CreditRead,
];
const AUDIT: &[Grant] = &[
    Grant::AccountsRead,
    Grant::ChangesRead,
    Grant::CreditRead,
    Grant::PersonalRead,
    Grant::Ask,
    Grant::AuditRead,
    Grant::TokensManageOwn,
];
const ADMIN: &[Grant] = &[
    Grant::AccountsRead,
    Grant::ListsWrite,
    Grant::HoldsWrite,
    Grant::AccountsWrite,
    Grant::NotesWrite,
    Grant::ChangesRead,
    Grant::ChangesSubmit,
    Grant::TouchpointsWrite,
    Grant::TouchpointsDecide,
    Grant::ImportsWrite,
    Grant::CreditRead,
    Grant::AlertsDecide,
    Grant::ScorecardsTrain,
    Grant::PersonalRead,
    Grant::Ask,
    Grant::ViewsWrite,
    Grant::AuditRead,
    Grant::TokensManageOwn,
    Grant::TokensManage,
    Grant::UsersManage,
    Grant::OrganisationManage,
    Grant::Operate,
    Grant::DocumentsWrite,
    Grant::VerificationsWrite,
    Grant::CreditReserve,
];

/// What a role allows. The portal's roles reach nothing here: the portal has doors of its own.
#[must_use]
pub fn grants(role: Role) -> &'static [Grant] {
    match role {
        Role::Viewer => READ,
        Role::SalesRep | Role::AccountManager => SELL,
        Role::CreditAnalyst => ANALYSE,
        Role::ArManager | Role::Manager | Role::Controller | Role::Cfo => APPROVE,
        Role::Compliance | Role::PrivacyOfficer | Role::Legal => OVERSEE,
        Role::SupportAgent => SUPPORT,
        Role::Ops => OPS,
        Role::Integration => INTEGRATION,
        Role::Admin => ADMIN,
        Role::Auditor => AUDIT,
        Role::PortalAdmin | Role::PortalUser => &[],
    }
}
