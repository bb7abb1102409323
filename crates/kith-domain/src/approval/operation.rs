//! The operations that commands are: the names that policy, grants and the audit trail use.

use serde::{Deserialize, Serialize};

use crate::access::Grant;

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $grant:ident;)*) => {
        /// What is done to which noun; on the wire `noun_verb`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Operation { $($(#[$doc])* $name,)* }

        impl Operation {
            /// Every operation.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code, for example `account_create`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The grant that it needs.
            #[must_use]
            pub fn grant(self) -> Grant {
                match self { $(Self::$name => Grant::$grant),* }
            }
        }
    };
}

operations! {
    /// Found the organisation.
    OrganisationFound = "organisation_found", Operate;
    /// Change the organisation's name, entities, terms, or close its set-up.
    OrganisationChange = "organisation_change", OrganisationManage;
    /// Load exchange rates.
    RatesLoad = "rates_load", OrganisationManage;
    /// Open a business day.
    DayOpen = "day_open", Operate;
    /// Add a user.
    UserAdd = "user_add", UsersManage;
    /// Give and take roles.
    UserSetRoles = "user_set_roles", UsersManage;
    /// Set a password: one's own, or anybody's for whoever manages users.
    UserSetPassword = "user_set_password", TokensManageOwn;
    /// Set how a person reads the pages: oneself, or anybody for whoever manages users.
    UserSetPreferences = "user_set_preferences", TokensManageOwn;
    /// Suspend or reinstate a user.
    UserSuspend = "user_suspend", UsersManage;
    /// End the sessions of a user: one's own, or anybody's for whoever manages users.
    UserEndSessions = "user_end_sessions", TokensManageOwn;
    /// Make a token.
    TokenCreate = "token_create", TokensManageOwn;
    /// Revoke a token.
    TokenRevoke = "token_revoke", TokensManageOwn;
    /// Create an account.
    AccountCreate = "account_create", AccountsWrite;
    /// Update an account.
    AccountUpdate = "account_update", AccountsWrite;
    /// Add a note to an account.
    AccountAddNote = "account_add_note", NotesWrite;
    /// Record a review of an account.
    AccountReview = "account_review", NotesWrite;
    /// Deactivate an account.
    AccountDeactivate = "account_deactivate", AccountsWrite;
    /// Make an inactive account a customer again.
    AccountReactivate = "account_reactivate", AccountsWrite;
    /// Close an account for good.
    AccountClose = "account_close", AccountsWrite;
    /// Open a closed account again.
    AccountReopen = "account_reopen", AccountsWrite;
    /// Delete an account that nothing ever happened to.
    AccountDelete = "account_delete", AccountsWrite;
    /// Let a prospect apply to become a customer.
    AccountApply = "account_apply", AccountsWrite;
    /// Let a rejected account apply again.
    AccountApplyAgain = "account_apply_again", AccountsWrite;
    /// Turn an account down.
    AccountReject = "account_reject", AccountsWrite;
    /// Take an account on.
    AccountAdmit = "account_admit", AccountsWrite;
    /// Take an account out of probation.
    AccountActivate = "account_activate", AccountsWrite;
    /// Remember how far the condition of a rule has come.
    AccountNoteCondition = "account_note_condition", Operate;
    /// Merge an account into another.
    AccountMerge = "account_merge", AccountsWrite;
    /// Take a merged account out again.
    AccountUnmerge = "account_unmerge", AccountsWrite;
    /// Give an account a parent, or take it away.
    AccountSetParent = "account_set_parent", AccountsWrite;
    /// Relate an account to another, change or end that.
    AccountRelate = "account_relate", AccountsWrite;
    /// Erase the personal data of an account.
    AccountErase = "account_erase", AccountsWrite;
    /// Put a hold on an account.
    HoldPlace = "hold_place", HoldsWrite;
    /// Take a credit, dispute or manual hold off an account.
    HoldRelease = "hold_release", HoldsWrite;
    /// Take a compliance, fraud or legal hold off an account.
    ComplianceHoldRelease = "compliance_hold_release", HoldsWrite;
    /// Keep an eye on an account.
    WatchSet = "watch_set", HoldsWrite;
    /// Keep no eye on an account any more.
    WatchClear = "watch_clear", HoldsWrite;
    /// Go on in spite of a true match of a sanctions list.
    MatchOverride = "match_override", AccountsWrite;
    /// Change the approval policy.
    PolicySet = "policy_set", OrganisationManage;
    /// Let somebody else decide for a while.
    DelegationMake = "delegation_make", ChangesApprove;
    /// End a delegation.
    DelegationEnd = "delegation_end", ChangesRead;
    /// Tell somebody something.
    NotificationSend = "notification_send", Operate;
    /// Mark a notification as read or not, or put it off.
    NotificationRead = "notification_read", AccountsRead;
    /// Record that the certificate of a tax profile was checked.
    TaxProfileVerify = "tax_profile_verify", VerificationsWrite;
    /// Take a tax profile back.
    TaxProfileRevoke = "tax_profile_revoke", VerificationsWrite;
    /// Create a price list or a price group.
    PriceListCreate = "price_list_create", OrganisationManage;
    /// Update a price list or a price group.
    PriceListUpdate = "price_list_update", OrganisationManage;
    /// Create a team.
    TeamCreate = "team_create", UsersManage;
    /// Change a team: its name, its lead, its members, whether it is retired.
    TeamUpdate = "team_update", UsersManage;
    /// Take in a document.
    DocumentReceive = "document_receive", DocumentsWrite;
    /// Verify or reject a document, or hold it.
    DocumentDecide = "document_decide", VerificationsWrite;
    /// Delete a document.
    DocumentDelete = "document_delete", DocumentsWrite;
    /// Submit an application: a case of onboarding begins.
    OnboardingStart = "onboarding_start", AccountsWrite;
    /// Submit an application of an account that was rejected.
    OnboardingStartAgain = "onboarding_start_again", AccountsWrite;
    /// Change an application.
    OnboardingAmend = "onboarding_amend", AccountsWrite;
    /// Wait for the customer in a step of onboarding.
    OnboardingAwait = "onboarding_await", AccountsWrite;
    /// Complete or fail a step of onboarding by hand.
    OnboardingJudge = "onboarding_judge", VerificationsWrite;
    /// Go without a step of onboarding.
    OnboardingWaive = "onboarding_waive", AccountsWrite;
    /// Agree to take a customer on.
    OnboardingApprove = "onboarding_approve", AccountsWrite;
    /// Turn an application down, or let it be withdrawn.
    OnboardingReject = "onboarding_reject", AccountsWrite;
    /// Turn an application down for a match with a list of sanctions.
    OnboardingRejectMatch = "onboarding_reject_match", AccountsWrite;
    /// Move a case of onboarding on, by its work or by the clock.
    OnboardingTend = "onboarding_tend", Operate;
    /// Save a contract template.
    ContractTemplateSave = "contract_template_save", OrganisationManage;
    /// Retire a contract template.
    ContractTemplateRetire = "contract_template_retire", OrganisationManage;
    /// Draft a contract.
    ContractCreate = "contract_create", AccountsWrite;
    /// Edit a draft, submit, return or recall it.
    ContractUpdate = "contract_update", AccountsWrite;
    /// Send a contract to its signers.
    ContractSend = "contract_send", AccountsWrite;
    /// Sign a contract, or decline to.
    ContractSign = "contract_sign", AccountsRead;
    /// Bring the scan of a contract that was signed with ink.
    ContractUploadSigned = "contract_upload_signed", DocumentsWrite;
    /// Confirm a scan, or who may sign.
    ContractConfirm = "contract_confirm", VerificationsWrite;
    /// End a contract.
    ContractTerminate = "contract_terminate", AccountsWrite;
    /// Do what the clock asks of a contract.
    ContractTend = "contract_tend", Operate;
    /// Open a task.
    TaskOpen = "task_open", NotesWrite;
    /// Finish or cancel a task.
    TaskClose = "task_close", NotesWrite;
    /// Give a customer's person access to the portal.
    UserProvision = "user_provision", UsersManage;
    /// Activate one's own access with the link that was sent.
    UserActivate = "user_activate", Operate;
    /// Add a vehicle.
    VehicleAdd = "vehicle_add", AccountsWrite;
    /// Update a vehicle.
    VehicleUpdate = "vehicle_update", AccountsWrite;
    /// Submit a change.
    ChangeSubmit = "change_submit", ChangesSubmit;
    /// Approve a change.
    ChangeApprove = "change_approve", ChangesApprove;
    /// Reject a change.
    ChangeReject = "change_reject", ChangesApprove;
    /// Cancel one's own change.
    ChangeCancel = "change_cancel", ChangesSubmit;
    /// Edit a change that waits, or submit a stale one again.
    ChangeEdit = "change_edit", ChangesSubmit;
    /// Say something on a change.
    ChangeComment = "change_comment", ChangesRead;
    /// Look at a change before it is decided with others.
    ChangeOpen = "change_open", ChangesRead;
    /// Apply a change without its steps.
    ChangeBreakGlass = "change_break_glass", ChangesApprove;
    /// Review a change that was applied without its steps.
    ChangeReviewGlass = "change_review_glass", AuditRead;
    /// Bring a change to its end after the approvals, or by the clock.
    ChangeSettle = "change_settle", Operate;
    /// Save a view.
    ViewSave = "view_save", ViewsWrite;
    /// Delete a view.
    ViewDelete = "view_delete", ViewsWrite;
    /// Put two accounts that may be one before a person, or take that back.
    DuplicateRaise = "duplicate_raise", Operate;
    /// Say that two accounts are two.
    DuplicateDismiss = "duplicate_dismiss", AccountsWrite;
    /// Train a scorecard.
    ScorecardTrain = "scorecard_train", ScorecardsTrain;
    /// Record what a bureau or the books say of an account.
    RiskRecord = "risk_record", AccountsWrite;
    /// Move the class of an account's risk by a notch.
    RiskOverride = "risk_override", AccountsWrite;
    /// Raise a credit limit to what behaviour is worth.
    LimitRaise = "limit_raise", AccountsWrite;
    /// Cut a credit limit to what behaviour is worth.
    LimitCut = "limit_cut", AccountsWrite;
    /// Put an alert before a person, or clear it.
    AlertRaise = "alert_raise", Operate;
    /// Look at an alert.
    AlertAcknowledge = "alert_acknowledge", AlertsDecide;
    /// Close an alert with what it was.
    AlertClose = "alert_close", AlertsDecide;
    /// Load a list for screening, or take it out of force.
    ScreeningListLoad = "screening_list_load", Operate;
    /// Keep what screening found, or take it back.
    HitRaise = "hit_raise", Operate;
    /// Take up a hit.
    HitReview = "hit_review", VerificationsWrite;
    /// Decide a hit.
    HitDispose = "hit_dispose", VerificationsWrite;
    /// Set the owners of an account.
    OwnersSet = "owners_set", AccountsWrite;
    /// Put a touchpoint into quarantine.
    QuarantineHold = "quarantine_hold", TouchpointsWrite;
    /// Decide what waits in quarantine.
    QuarantineDecide = "quarantine_decide", TouchpointsDecide;
    /// Stage a file: validate it and keep the report.
    ImportStage = "import_stage", ImportsWrite;
    /// Execute a staged file.
    ImportExecute = "import_execute", ImportsWrite;
    /// Undo what an import did.
    ImportRevert = "import_revert", ImportsWrite;
    /// Save a mapping.
    MappingSave = "mapping_save", ImportsWrite;
    /// Delete a mapping.
    MappingDelete = "mapping_delete", ImportsWrite;
    /// Save a feed.
    FeedSave = "feed_save", ImportsWrite;
    /// Delete a feed.
    FeedDelete = "feed_delete", ImportsWrite;
    /// Record the progress of a running import.
    ImportProgress = "import_progress", Operate;
}
