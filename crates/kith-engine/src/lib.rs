//! The order of things: what happens after what, for commands, touchpoints and questions.
//!
//! [`Engine`] executes, ingests, asks and reads; nothing else is public. It knows no SQL text and no HTTP.
//! Start reading at `execute`, then `gate`, `ingest` and `feed`.

mod alert;
mod answer;
mod ask;
mod bulk;
mod caller;
mod catalogue;
mod checkpoint;
mod commerce;
mod contract;
mod credit;
mod csrf;
mod decide_many;
mod delegation;
mod directory;
mod document;
mod duplicate;
mod effect;
mod engine;
mod execute;
mod facts;
mod feed;
mod find;
mod found;
mod gate;
mod heard;
mod home;
mod hook;
mod import;
mod ingest;
mod job;
mod kept;
mod life;
mod lifecycle;
mod list;
mod live;
mod mail;
mod merge;
mod note;
mod notification;
mod noun;
mod onboarding;
mod order;
mod outlook;
mod outward;
mod past;
mod permit;
mod policy;
mod portal;
mod proof;
mod quarantine;
mod react;
mod read;
mod rebuild;
mod remind;
mod replay;
mod restore;
mod risk;
mod scorecard;
mod screening;
mod show;
mod table;
mod tasks;
mod threads;
mod trail;
mod transfer;

pub use alert::AlertRequest;
pub use answer::{Answer, Outcome, Receipt};
pub use ask::{QUESTION_MAX, Question};
pub use bulk::{BULK_MAX, BULK_SHOWN, BulkAct, BulkLine, BulkSelection};
pub use caller::{Caller, SignedIn, TOKEN_PREFIX};
pub use contract::{DoorView, Offered, SentLink};
pub use credit::{CreditAsk, ReserveAsk, Reserved, Resolve, decision_view};
pub use decide_many::{BATCH_DECIDED_MAX, Batch};
pub use document::{Content, Upload};
pub use duplicate::{ClusterRequest, DuplicateRequest};
pub use engine::{Engine, Settings};
pub use execute::Request;
pub use find::FIND_MAX;
pub use found::{Founded, Founding, Unfounded, found};
pub use gate::Edit;
pub use hook::{DeliveryRequest, HookSaved};
pub use import::{FaultPage, ImportFile, ImportOptions, Pieces, Restage, Watched};
pub use ingest::{BATCH_MAX, CHANNELS, Talk, Unread};
pub use kith_connect::mail::Mailer;
pub use kith_connect::provider::Providers;
pub use kith_connect::sheet::{ROWS_MAX as SHEET_ROWS_MAX, SheetFormat};
pub use kith_query::catalogue::Kind as FieldKind;
pub use kith_query::condition::{Condition, ME, Relation, Unwritable};
pub use kith_store::Fault;
pub use list::{Export, LIMIT, LIMIT_MAX, ListRequest, Unreadable};
pub use live::{Numbered, TOPICS};
pub use mail::MailRequest;
pub use onboarding::{ApplicationRequest, Applied, CaseRequest};
pub use order::{OrderRequest, Placed, QueueRequest};
pub use outward::Speaker;
pub use portal::Opening;
pub use read::{
    AsOf, AuditRequest, ChangeRequest, ContractRequest, DRAWN_COLUMNS, ExpiryRequest, GROUPS, PriceAnswer,
    ProfileRequest, QUALITY_TARGET, ReviewRequest, RollupRequest, TimelineRequest, VehicleRequest, Viewpoint,
    usual_view,
};
pub use rebuild::Verified;
pub use restore::Restoring;
pub use risk::LimitAsked;
pub use scorecard::{ScorecardFile, Scored};
pub use screening::{HitRequest, ListUpload, screen_faults};
pub use tasks::TaskRequest;
pub use threads::Threads;
pub use uuid::Uuid;

#[cfg(test)]
mod tests;
