//! Replies: what is on record and what the living profile says, as everybody outside sees it.
//!
//! Times are RFC 3339 text in UTC, days are ISO dates, money is `{"amount","currency"}`.

mod account;
mod answer;
mod audit;
mod change;
mod duplicate;
mod intake;
mod list;
mod people;
mod profile;
mod timeline;

pub use account::{
    AccountView, AddressView, AgreementView, ContactView, IdentifierView, LaneView, MoneyView, NoteView,
    ReviewView, TaxIdView,
};
pub use answer::{AnswerKind, AnswerView, AskReply, ChipView, UnderstoodView};
pub use audit::{
    AccessView, AuditChange, AuditView, ConsistencyView, InclusionView, LedgerRecordView, TreeHeadView,
};
pub use change::{ChangeView, DiffView, StepView, WarningView};
pub use duplicate::{CandidateView, DuplicateAccount, DuplicateScanView, DuplicateView, WaterfallStep};
pub use intake::{ImportCounts, ImportView, QuarantineView, QuarantinedEvent, RowFault, TouchpointReply};
pub use list::{AccountPage, FieldView, Page, SavedView, WorkRow, Worklist};
pub use people::{EntityView, OrganisationView, TokenView, UserView};
pub use profile::{DriverView, EvidenceView, LaneRevenue, MetricView, ProfileView, ScoreView};
pub use timeline::{LiveEvent, TimelineItem};
