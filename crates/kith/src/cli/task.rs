//! `kith task`: what somebody must do.

use clap::Subcommand;
use kith_api::request::TaskOpen;
use serde_json::Value;

use super::input::PageArgs;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Tasks
#[derive(Debug, Subcommand)]
pub enum Task {
    /// List tasks
    List {
        /// Only those about an account
        #[arg(long)]
        account: Option<String>,
        /// open, done, cancelled
        #[arg(long)]
        state: Option<String>,
        /// usr_…, or me
        #[arg(long)]
        assignee: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Open a task
    Open {
        /// What kind of work, a code such as `call_back`
        kind: String,
        /// What is to be done
        title: String,
        /// acc_… or account number
        #[arg(long)]
        account: Option<String>,
        /// By which day
        #[arg(long, value_name = "DATE")]
        due: Option<String>,
        /// usr_… who does it
        #[arg(long)]
        assignee: Option<String>,
    },
    /// Finish a task
    Done {
        /// tsk_…
        task: String,
    },
    /// Cancel a task
    Cancel {
        /// tsk_…
        task: String,
    },
}

impl Task {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::List { account, state, assignee, page } => {
                let call = Call::to("task_list").with("account", account.as_ref());
                page.on(call.with("state", state.as_ref()).with("assignee", assignee.as_ref()))
            }
            Self::Open { kind, title, account, due, assignee } => Call::to("task_open").json(&TaskOpen {
                account: account.clone(),
                kind: kind.clone(),
                title: title.clone(),
                due: due.clone(),
                assignee: assignee.clone(),
            })?,
            Self::Done { task } => Call::to("task_done").place(task),
            Self::Cancel { task } => Call::to("task_cancel").place(task),
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        let columns =
            ["id", "kind", "title", "account_name", "due", "assignee_name", "state"].map(Column::of);
        screen.show(&reply, |value: &Value| match self {
            Self::List { .. } => render::page(&columns, value),
            _ => pairs(value),
        })
    }
}
