//! The pages, one file each.

mod account;
mod accounts;
mod again;
mod alert;
mod audit;
mod catalogue;
mod change;
mod contract;
mod credit;
mod door;
mod duplicate;
mod error;
mod hold;
mod import;
mod imports;
mod life;
mod merge;
mod metric;
mod notification;
mod offline;
mod onboarding;
mod order;
mod outbox;
mod policy;
mod portal;
mod portfolio;
mod quarantine;
mod review;
mod screening;
pub(crate) mod settings;
mod sign_in;
mod task;
mod team;
mod webhook;

pub use account::{
    AccountPage, AccountTab, Agreed, Credit, Group, NoteDraft, OwnFieldsPage, account, account_live,
    own_fields,
};
pub use accounts::{AccountsPage, Choice, Column, FilterFault, accounts, accounts_rows};
pub use again::{Again, again};
pub use alert::{AlertsPage, alerts};
pub use audit::{AuditPage, AuditTyped, audit};
pub use catalogue::{CataloguesPage, catalogues};
pub use change::{Acts, ChangesPage, Decision, change, changes};
pub use contract::{ContractPage, ContractsPage, contract, contracts};
pub use credit::{CreditPage, credit};
pub use door::{ActivationPage, SigningPage, TextLine, activation, notice, signing};
pub use duplicate::{DuplicatesPage, duplicates};
pub use error::error;
pub use hold::{HoldAct, HoldPage, HoldTyped, hold};
pub use import::{ImportPage, import, import_live};
pub use imports::{ImportsPage, imports};
pub use life::{Act, ActPage, act};
pub use merge::{MergePage, merge};
pub use metric::{MetricPage, metric};
pub use notification::{NotificationsPage, notifications};
pub use offline::offline;
pub use onboarding::{ApplyPage, CasePage, OWNERS, OnboardingPage, apply, case, onboarding};
pub use order::{LINES, OrderPage, OrdersPage, PlacePage, order, orders, place};
pub use outbox::{MailPage, OutboxPage, mail, outbox};
pub use policy::{ApprovalsPage, approvals};
pub use portal::portal;
pub use portfolio::{PortfolioPage, TransferPage, portfolio, transfer};
pub use quarantine::{QuarantinePage, quarantine};
pub use review::{ReviewsPage, reviews};
pub use screening::{ScreeningPage, screening};
pub use settings::{
    AppearancePage, DelegationsPage, FeedsPage, FieldsPage, OrganisationPage, OwnSignInPage, PeoplePage,
    PersonPage, RatesPage, TokensPage, appearance, delegations, feeds, fields, organisation, own_sign_in,
    people, person, rates, settings, tokens,
};
pub use sign_in::{SignIn, sign_in};
pub use task::{TasksPage, tasks};
pub use team::{TeamPage, TeamsPage, team, teams};
pub use webhook::{WebhooksPage, webhooks};

pub(crate) use contract::rows as contract_rows;
