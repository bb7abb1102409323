//! The pages, one file each.

mod account;
pub(crate) mod accounts;
mod again;
mod alert;
mod ask;
mod audit;
mod catalogue;
mod change;
mod contract;
mod credit;
mod door;
mod duplicate;
pub mod edit;
mod error;
mod hold;
mod home;
mod import;
mod imports;
mod inbox;
pub(crate) mod life;
mod merge;
mod metric;
mod offline;
mod onboarding;
mod order;
mod outbox;
mod past;
mod policy;
mod portal;
mod portfolio;
mod quarantine;
mod review;
mod scorecard;
mod screening;
pub(crate) mod settings;
mod sign_in;
mod task;
mod team;
mod webhook;
mod welcome;

pub use account::{
    AccountPage, AccountTab, Agreed, Credit, Group, NoteDraft, TalkDraft, Work, account, account_live,
};
pub use accounts::{
    AccountsPage, Adding, Choice, Clause, Column, FilterFault, ViewsPage, accounts, accounts_rows,
    usual_columns, views,
};
pub use again::{Again, again};
pub use alert::{AlertsPage, alerts};
pub use ask::{AskPage, Fact, Place, ask, ask_options};
pub use audit::{AuditPage, AuditTyped, audit};
pub use catalogue::{CataloguesPage, catalogues};
pub use change::{Acts, ChangesPage, Decision, change, changes};
pub use contract::{ContractPage, ContractsPage, UnfitForm, contract, contracts};
pub use credit::{CreditPage, credit};
pub use door::{ActivationPage, SigningPage, TextLine, activation, notice, signing};
pub use duplicate::{DuplicatesPage, duplicates};
pub use error::error;
pub use hold::{HoldAct, HoldPage, HoldTyped, hold};
pub use home::{HomePage, home, home_live};
pub use import::{ImportPage, import, import_live};
pub use imports::{ImportsPage, imports};
pub use inbox::{InboxPage, inbox, inbox_live};
pub use life::{Act, ActPage, act};
pub use merge::{MergePage, merge};
pub use metric::{MetricPage, metric};
pub use offline::offline;
pub use onboarding::{ApplyPage, CasePage, OWNERS, OnboardingPage, apply, case, onboarding};
pub use order::{LINES, OrderPage, OrdersPage, PlacePage, order, orders, place};
pub use outbox::{MailPage, OutboxPage, mail, outbox};
pub use past::{PastPage, past};
pub use policy::{ApprovalsPage, approvals};
pub use portal::portal;
pub use portfolio::{PortfolioPage, TransferPage, portfolio, transfer};
pub use quarantine::{QuarantinePage, QuarantineTyped, quarantine};
pub use review::{ReviewsPage, reviews};
pub use scorecard::{ScorecardTyped, ScorecardsPage, scorecard, scorecards};
pub use screening::{ScreeningListsPage, ScreeningPage, screening, screening_lists};
pub use settings::{
    AppearancePage, DelegationsPage, FeedsPage, FieldsPage, OrganisationPage, OwnSignInPage, PeoplePage,
    PersonPage, RatesPage, TokensPage, appearance, delegations, feeds, fields, organisation, own_sign_in,
    people, person, rates, settings, tokens,
};
pub use sign_in::{SignIn, sign_in};
pub use task::{TasksPage, tasks};
pub use team::{TeamPage, TeamsPage, team, teams};
pub use webhook::{WebhooksPage, webhooks};
pub use welcome::{WelcomePage, welcome};

pub(crate) use contract::rows as contract_rows;
