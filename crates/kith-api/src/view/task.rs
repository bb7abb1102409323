//! Tasks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What somebody must do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaskView {
    /// `tsk_…`.
    pub id: String,
    /// `acc_…` that it is about.
    pub account: Option<String>,
    /// Name of the account.
    pub account_name: Option<String>,
    /// What kind of work, for example `contract_renewal`.
    pub kind: String,
    /// What is to be done; null when it is not yours to see.
    pub title: Option<String>,
    /// By which day.
    pub due: Option<String>,
    /// That day has passed, on the open business day.
    pub overdue: bool,
    /// `usr_…` who does it.
    pub assignee: Option<String>,
    /// Their name.
    pub assignee_name: Option<String>,
    /// `open`, `done`, `cancelled`.
    pub state: String,
    /// What it comes from.
    pub cause: Option<String>,
    /// When it was opened.
    pub opened_at: String,
    /// `usr_…` who closed it.
    pub closed_by: Option<String>,
    /// Their name.
    pub closed_by_name: Option<String>,
    /// When.
    pub closed_at: Option<String>,
}
