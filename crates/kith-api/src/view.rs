//! Replies: what is on record and what the living profile says, as everybody outside sees it.
//!
//! Times are RFC 3339 text in UTC, days are ISO dates, money is `{"amount","currency"}`.

mod account;
mod accuracy;
mod alert;
mod answer;
mod audit;
mod bulk;
mod care;
mod catalogue;
mod change;
mod contract;
mod credit;
mod delegation;
mod document;
mod duplicate;
mod effective;
mod family;
mod hold;
mod home;
mod identifier;
mod import;
mod intake;
mod list;
mod onboarding;
mod order;
mod outward;
mod payment_behaviour;
mod people;
mod policy;
mod price;
mod profile;
mod risk;
mod scorecard;
mod screening;
mod task;
mod tax;
mod team;
mod timeline;

pub use account::{
    AccountView, AddressView, AgreementView, ContactView, DimensionView, IdentifierView, LaneView, MoneyView,
    NoteView, ReviewView, TaxIdView,
};
pub use accuracy::{
    AdequacyView, ConfusionRow, CreditAccuracyView, DecisionAccuracyView, FalseView, LimitAccuracyView,
    OtherDecisionView, ShareView, WrongLimitView,
};
pub use alert::{AlertTouchpoint, AlertView, SignView, ThresholdView};
pub use answer::{AnswerKind, AnswerView, AskReply, ChipView, UnderstoodView};
pub use audit::{
    AccessView, AuditChange, AuditView, ConsistencyView, InclusionView, LedgerRecordView, TreeHeadView,
};
pub use bulk::{BulkForecast, BulkForecastItem, BulkItemView, BulkJobView};
pub use care::{CarriedView, ManagerView, PortfolioTransferView, PortfolioView, QualityView, TransferView};
pub use catalogue::{CatalogueView, CodeView, CustomFieldView, InstallmentView, TermsView};
pub use change::{
    BatchItem, BatchView, ChangeView, ConflictView, CreditEffectView, DeciderView, DecisionView, DiffView,
    FormerView, GlassView, GroupEffectView, ReasonView, RebaseView, RemarkView, StepView, WarningView,
};
pub use contract::{
    ActivationView, ContractPartyView, ContractTemplateView, ContractView, NoticeView, PortalUserView,
    PortalView, SignatureView, SignerLink, SignerView, SlaView, TemplateFieldView, VolumeView,
};
pub use credit::{
    BreakView, BucketsView, CreditDecisionView, CreditDeskView, CreditReasonView, CreditRow, CreditRulesView,
    CreditSourceView, CreditSourcesView, CreditView, GroupCreditView, ReconciliationFault,
    ReconciliationFiled, ReconciliationView, ReservationView,
};
pub use delegation::{DelegationView, NotificationView, ReadCount};
pub use document::{DocumentView, VehicleView, WarrantyView};
pub use duplicate::{
    CandidateView, ClusterPair, ClusterVeto, DuplicateAccount, DuplicateClusterView, DuplicateScanView,
    DuplicateView, WaterfallStep,
};
pub use effective::{EffectiveField, EffectiveView, ProvenanceView};
pub use family::{
    AccountRef, BranchView, FieldMergeView, HierarchyView, MergePreview, MergedView, OutlookView, ParentView,
    RelationshipView, RollupScore, RollupView,
};
pub use hold::{HoldView, WatchView};
pub use home::{
    FoundAccount, HappeningView, HomeView, LimitUseView, NeedView, OutcomeView, RevenueRiskView, RevenueWeek,
};
pub use identifier::{IdentifierReply, IdentifierVerdict};
pub use import::{
    FeedView, ImportColumn, ImportCounts, ImportLine, ImportOptionsView, ImportPair, ImportQuestion,
    ImportRevert, ImportView, MappingView, RevertReason, RowFault,
};
pub use intake::{
    QuarantineBatch, QuarantineCause, QuarantineDesk, QuarantineOutcome, QuarantineView, QuarantinedEvent,
    TouchpointReply,
};
pub use list::{AccountPage, FieldView, Page, SavedView, WorkRow, Worklist};
pub use onboarding::{
    BulkError, BulkRow, BulkView, CaseOwnerView, CaseStepView, EntityStatus, EvidenceItem, LifecycleView,
    MoveView, ObstacleView, OnboardingKpi, OnboardingView, PaperView, StepDwell, StepEntry,
};
pub use order::{
    OrderAuthorityView, OrderCandidateView, OrderHeldView, OrderLineView, OrderMatchView, OrderReasonView,
    OrderReleaseView, OrderRuleView, OrderRulesView, OrderView, QueueItem, QueueView,
};
pub use outward::{DeliveryView, MailView, OutboxView, WebhookSecret, WebhookView};
pub use payment_behaviour::{AgingView, CollectionView, PaymentBehaviourView};
pub use people::{EntityView, OrganisationView, PersonView, RateView, TokenView, UserView};
pub use policy::{
    CalendarView, HolidayView, PolicyRow, PolicyRules, PolicyStep, PolicyTimes, PolicyView, SuccessorView,
};
pub use price::{
    BandView, ConversionView, PriceListView, PriceRuleView, PriceTierView, PriceView, PricesView,
    RejectedView,
};
pub use profile::{DriverView, EvidenceView, LaneRevenue, MetricView, ProfileView, RollupScope, ScoreView};
pub use risk::{
    BooksView, BureauView, ContributionView, CounterfactualView, LimitGroundView, LimitProposalView,
    OverrideView, RailView, RiskDriverView, RiskView, ScorecardUsed,
};
pub use scorecard::{
    ScorecardBinView, ScorecardLeftOut, ScorecardMeasures, ScorecardOrigin, ScorecardReason, ScorecardRow,
    ScorecardScores, ScorecardVariable, ScorecardView,
};
pub use screening::{
    HitView, ListFileView, MatchReply, MatchView, OpinionView, OwnerView, OwnershipView, PartyView,
    ScreenReply, ScreeningListView, ScreeningView, SnapshotView,
};
pub use task::TaskView;
pub use tax::{ExpiryView, TaxProfileView, TaxedView};
pub use team::{TeamMemberView, TeamView};
pub use timeline::{LiveEvent, TimelineItem};
