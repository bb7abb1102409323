//! Everything that may be asked of the record, in one type: what a waiting change holds.

use serde::{Deserialize, Serialize};

use crate::access::Grant;
use crate::approval::Operation;
use crate::value::{
    AccountId, AlertId, ChangeId, ContractId, DelegationId, DocumentId, DuplicateId, FeedId, HitId, ImportId,
    MappingId, NotificationId, OnboardingId, QuarantineId, TaskId, TokenId, UserId, VehicleId, ViewId,
};
use crate::{
    account, alert, approval, contract, contract_template, delegation, document, duplicate, feed, import,
    mapping, notification, onboarding, organisation, policy, price_list, quarantine, risk, scorecard,
    screening, task, team, token, user, vehicle, view,
};

/// A command with the thing it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// To the organisation: there is one.
    Organisation(organisation::Command),
    /// To a user.
    User {
        /// Which user.
        id: UserId,
        /// What is asked.
        command: user::Command,
    },
    /// To an access token.
    Token {
        /// Which token.
        id: TokenId,
        /// What is asked.
        command: token::Command,
    },
    /// To a customer account.
    Account {
        /// Which account.
        id: AccountId,
        /// What is asked.
        command: account::Command,
    },
    /// To a price list or a price group.
    PriceList {
        /// Which one, as [`price_list::price_list_id`] names it.
        id: String,
        /// What is asked.
        command: price_list::Command,
    },
    /// To a team.
    Team {
        /// Its code, as [`team::team_code`] writes it.
        id: String,
        /// What is asked.
        command: team::Command,
    },
    /// To a document of an account.
    Document {
        /// Which document.
        id: DocumentId,
        /// What is asked.
        command: document::Command,
    },
    /// To a contract template.
    ContractTemplate {
        /// Which one: its code.
        id: String,
        /// What is asked.
        command: contract_template::Command,
    },
    /// To a contract.
    Contract {
        /// Which contract.
        id: ContractId,
        /// What is asked.
        command: contract::Command,
    },
    /// To a task.
    Task {
        /// Which task.
        id: TaskId,
        /// What is asked.
        command: task::Command,
    },
    /// To a vehicle.
    Vehicle {
        /// Which vehicle.
        id: VehicleId,
        /// What is asked.
        command: vehicle::Command,
    },
    /// To a change that waits.
    Change {
        /// Which change.
        id: ChangeId,
        /// What is asked.
        command: approval::Command,
    },
    /// To the approval policy: there is one.
    Policy(policy::Command),
    /// To a delegation.
    Delegation {
        /// Which delegation.
        id: DelegationId,
        /// What is asked.
        command: delegation::Command,
    },
    /// To a notification.
    Notification {
        /// Which notification.
        id: NotificationId,
        /// What is asked.
        command: notification::Command,
    },
    /// To a case of onboarding.
    Onboarding {
        /// Which case.
        id: OnboardingId,
        /// What is asked.
        command: onboarding::Command,
    },
    /// To a saved view.
    View {
        /// Which view.
        id: ViewId,
        /// What is asked.
        command: view::Command,
    },
    /// To two accounts that may be one customer.
    Duplicate {
        /// Which pair.
        id: DuplicateId,
        /// What is asked.
        command: duplicate::Command,
    },
    /// To a version of the company's scorecard.
    Scorecard {
        /// Which version, in digits.
        id: String,
        /// What is asked.
        command: scorecard::Command,
    },
    /// To what is known of an account's credit risk.
    Risk {
        /// Which account.
        id: AccountId,
        /// What is asked.
        command: risk::Command,
    },
    /// To an alert.
    Alert {
        /// Which alert.
        id: AlertId,
        /// What is asked.
        command: alert::Command,
    },
    /// To a list for screening.
    ScreeningList {
        /// Its name.
        id: String,
        /// What is asked.
        command: screening::list::Command,
    },
    /// To a hit of an account on an entry of a list.
    Hit {
        /// Which hit.
        id: HitId,
        /// What is asked.
        command: screening::hit::Command,
    },
    /// To the owners of an account.
    Owners {
        /// Whose owners.
        id: AccountId,
        /// What is asked.
        command: screening::owners::Command,
    },
    /// To a touchpoint in quarantine.
    Quarantine {
        /// Which item.
        id: QuarantineId,
        /// What is asked.
        command: quarantine::Command,
    },
    /// To an import.
    Import {
        /// Which import.
        id: ImportId,
        /// What is asked.
        command: import::Command,
    },
    /// To a saved mapping.
    Mapping {
        /// Which mapping.
        id: MappingId,
        /// What is asked.
        command: mapping::Command,
    },
    /// To a feed.
    Feed {
        /// Which feed.
        id: FeedId,
        /// What is asked.
        command: feed::Command,
    },
}

/// The operation that a command is, for policy and for the audit trail.
#[must_use]
pub fn operation(command: &Command) -> Operation {
    match command {
        Command::Organisation(command) => command.operation(),
        Command::User { command, .. } => command.operation(),
        Command::Token { command, .. } => command.operation(),
        Command::Account { command, .. } => command.operation(),
        Command::PriceList { command, .. } => command.operation(),
        Command::Team { command, .. } => command.operation(),
        Command::Document { command, .. } => command.operation(),
        Command::ContractTemplate { command, .. } => command.operation(),
        Command::Scorecard { command, .. } => command.operation(),
        Command::Contract { command, .. } => command.operation(),
        Command::Task { command, .. } => command.operation(),
        Command::Vehicle { command, .. } => command.operation(),
        Command::Change { command, .. } => command.operation(),
        Command::Policy(command) => command.operation(),
        Command::Delegation { command, .. } => command.operation(),
        Command::Notification { command, .. } => command.operation(),
        Command::Onboarding { command, .. } => command.operation(),
        Command::View { command, .. } => command.operation(),
        Command::Duplicate { command, .. } => command.operation(),
        Command::Risk { command, .. } => command.operation(),
        Command::Alert { command, .. } => command.operation(),
        Command::ScreeningList { command, .. } => command.operation(),
        Command::Hit { command, .. } => command.operation(),
        Command::Owners { command, .. } => command.operation(),
        Command::Quarantine { command, .. } => command.operation(),
        Command::Import { command, .. } => command.operation(),
        Command::Mapping { command, .. } => command.operation(),
        Command::Feed { command, .. } => command.operation(),
    }
}

/// The grant without which a command is not even decided. Row scope is asked besides, with the entity that
/// owns the account: see [`crate::access::Principal::may`].
#[must_use]
pub fn required(command: &Command) -> Grant {
    operation(command).grant()
}
