//! Requests, as everybody outside writes them. Unknown members are refused.

pub mod account;
mod act;
mod alert;
mod bulk;
mod care;
mod catalogue;
mod child;
mod contract;
mod credit;
mod hold;
mod identifier;
mod import;
mod lane;
mod life;
mod onboarding;
mod order;
mod organisation;
mod price;
mod risk;
mod scorecard;
mod screening;
mod tax;
mod team;
mod vehicle;
mod webhook;

pub use account::{AccountCreate, AccountPatch, ReviewInput};
pub use act::{
    AskRequest, BatchDecision, BreakGlass, ChangeComment, ChangeRemark, DelegationMake, DiscardReason,
    DuplicateDismiss, DuplicateMerge, NoteAdd, NotificationSnooze, QuarantineAct, QuarantineAssign,
    QuarantineDecide, QuarantineRepair, RestoreRequest, ReviewRecord, TalkLog, TouchpointEvent, ViewSave,
};
pub use alert::AlertClose;
pub use bulk::{BulkActGiven, BulkStart, BulkTags, BulkTask};
pub use care::Transfer;
pub use catalogue::{CatalogueAdd, CataloguePatch, CodeAdd, CodePatch, CustomFieldAdd, CustomFieldPatch};
pub use child::{
    AddressInput, AddressPatch, AgreementInput, AgreementPatch, ChildAction, ContactInput, ContactPatch,
    DimensionInput, DimensionPatch, IdentifierInput, IdentifierPatch, LaneInput, LanePatch, TaxIdInput,
};
pub use contract::{
    ContractAuthority, ContractInput, ContractRelink, ContractSend, ContractSign, ContractTerminate,
    PartyInput, SignerInput, SlaInput, TaskOpen, TemplateFieldInput, TemplateSave, VolumeInput,
};
pub use credit::{CreditCheck, CreditSourcesSave, ReservationAmend, ReservationCommit, ReservationMake};
pub use hold::{HoldPlace, WatchSet};
pub use identifier::{IdentifierItem, IdentifierValidate};
pub use import::{FeedSave, ImportRequest, ImportRestage, MappingSave};
pub use lane::{LaneAsk, ShipmentPlace};
pub use life::{
    Deactivate, MergePreviewRequest, MergeRequest, ParentSet, PickInput, RelationshipAdd, RelationshipPatch,
    StageMove, UnmergeRequest,
};
pub use onboarding::{
    AccountGiven, OnboardingPatch, OnboardingReject, OnboardingStart, OwnerGiven, PortalUserGiven,
    StepJudged, StepReason,
};
pub use order::{
    OrderCancel, OrderCharge, OrderHazmat, OrderLine, OrderParties, OrderParty, OrderPlace, OrderRelease,
    OrderSource, OrderStop, OrderedBy, QueueRelease,
};
pub use organisation::{
    EntityAdd, EntityPatch, OrganisationPatch, PreferencesSet, RateInput, RatesLoad, RolesSet, TokenCreate,
    UserAdd,
};
pub use price::{PriceAsk, PriceLine, PriceListCreate, PriceListPatch, PriceTierInput, PriceTierPatch};
pub use risk::{BooksRecord, BureauRecord, ClassOverrideRequest};
pub use scorecard::{ScorecardActivate, ScorecardLearn};
pub use screening::{HitDisposition, MatchQuery, OwnerInput, OwnersSet, ScreenAsk};
pub use tax::{ReasonGiven, ShipTo, TaxAsk, TaxProfileInput, TaxProfilePatch};
pub use team::{TeamCreate, TeamMember, TeamPatch};
pub use vehicle::{VehicleInput, WarrantyInput};
pub use webhook::{WebhookCreate, WebhookPatch};
